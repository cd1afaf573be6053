package trail

import (
	"bytes"
	"path"

	"github.com/coachlog/coachlog/plan"
)

// Renames pairs the files that a commit added with those that it took away: by
// path, where a file was before. The same content is the same file; else the one
// that has at least half of its lines, as git has it, and the same name first.
func Renames(c *plan.Commit, read Documents) (map[string]plan.FileVersion, error) {
	var added, removed []plan.FileVersion
	for _, file := range c.Files {
		switch {
		case file.Before == "" && file.After != "":
			added = append(added, file)
		case file.After == "" && file.Before != "":
			removed = append(removed, file)
		}
	}
	if len(added) == 0 || len(removed) == 0 {
		return nil, nil
	}
	renamed := make(map[string]plan.FileVersion)
	taken := make(map[string]bool)
	pair := func(fits func(from, to plan.FileVersion) (bool, error)) error {
		for _, to := range added {
			if _, ok := renamed[to.Path]; ok {
				continue
			}
			for _, from := range removed {
				if taken[from.Path] {
					continue
				}
				ok, err := fits(from, to)
				if err != nil {
					return err
				}
				if ok {
					renamed[to.Path] = from
					taken[from.Path] = true
					break
				}
			}
		}
		return nil
	}
	sameName := func(from, to plan.FileVersion) bool { return path.Base(from.Path) == path.Base(to.Path) }
	alike := func(from, to plan.FileVersion) (bool, error) {
		old, err := read(from.Path, from.Before)
		if err != nil || old == nil {
			return false, err
		}
		now, err := read(to.Path, to.After)
		if err != nil || now == nil {
			return false, err
		}
		if old.Session != nil && now.Session != nil && old.Session.Date.V != now.Session.Date.V {
			return false, nil // two sessions' logs, alike as two blanks of one template are
		}
		return Alike(old.Text, now.Text), nil
	}
	for _, fits := range []func(from, to plan.FileVersion) (bool, error){
		func(from, to plan.FileVersion) (bool, error) {
			return from.Before == to.After && sameName(from, to), nil
		},
		func(from, to plan.FileVersion) (bool, error) { return from.Before == to.After, nil },
		func(from, to plan.FileVersion) (bool, error) {
			if !sameName(from, to) {
				return false, nil
			}
			return alike(from, to)
		},
		alike,
	} {
		if err := pair(fits); err != nil {
			return nil, err
		}
	}
	return renamed, nil
}

// Alike says whether two texts have at least half of their lines in common.
func Alike(old, now []byte) bool {
	count := make(map[string]int)
	lines := 0
	for line := range bytes.Lines(old) {
		count[string(line)]++
		lines++
	}
	common, all := 0, 0
	for line := range bytes.Lines(now) {
		all++
		if count[string(line)] > 0 {
			count[string(line)]--
			common++
		}
	}
	return common > 0 && 2*common >= max(lines, all)
}
