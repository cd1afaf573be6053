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
	t := &reader{read: read}
	return t.renames(c), t.err
}

func (t *reader) renames(c *plan.Commit) map[string]plan.FileVersion {
	var added, removed []plan.FileVersion
	for _, file := range c.Files {
		switch {
		case file.Before == "" && file.After != "":
			added = append(added, file)
		case file.After == "" && file.Before != "":
			removed = append(removed, file)
		}
	}
	renamed := make(map[string]plan.FileVersion)
	taken := make(map[string]bool)
	pair := func(fits func(from, to plan.FileVersion) bool) {
		for _, to := range added {
			for _, from := range removed {
				if renamed[to.Path].Path == "" && !taken[from.Path] && fits(from, to) {
					renamed[to.Path], taken[from.Path] = from, true
				}
			}
		}
	}
	sameName := func(from, to plan.FileVersion) bool { return path.Base(from.Path) == path.Base(to.Path) }
	sameText := func(from, to plan.FileVersion) bool { return from.Before == to.After }
	pair(func(from, to plan.FileVersion) bool { return sameText(from, to) && sameName(from, to) })
	pair(sameText)
	pair(func(from, to plan.FileVersion) bool { return sameName(from, to) && t.alike(from, to) })
	pair(t.alike)
	return renamed
}

// alike says whether a file that was taken away and one that was added have at least
// half of their lines in common.
func (t *reader) alike(from, to plan.FileVersion) bool {
	old, now := t.text(from.Path, from.Before), t.text(to.Path, to.After)
	if old == nil || now == nil {
		return false
	}
	if old.Session != nil && now.Session != nil && old.Session.Date.V != now.Session.Date.V {
		return false // two sessions' logs, alike as two blanks of one template are
	}
	count := make(map[string]int)
	lines, all, common := 0, 0, 0
	for line := range bytes.Lines(old.Text) {
		count[string(line)]++
		lines++
	}
	for line := range bytes.Lines(now.Text) {
		all++
		if count[string(line)] > 0 {
			count[string(line)]--
			common++
		}
	}
	return common > 0 && 2*common >= max(lines, all)
}
