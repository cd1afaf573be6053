package trail

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Renames pairs the files that a commit added with those that it took away: by
// path, where a file was before. The same content is the same file; else the one
// that has at least half of its lines, as git has it, and the same name first. A log
// with nothing but its day changed is that of a session that was moved.
func Renames(c *plan.Commit, read Documents) (map[string]plan.FileVersion, error) {
	t := &reader{read: read}
	return t.moves(c), t.err
}

// goneFrom are the paths that renamed files had before.
func goneFrom(renamed map[string]plan.FileVersion) map[string]bool {
	gone := make(map[string]bool, len(renamed))
	for _, from := range renamed {
		gone[from.Path] = true
	}
	return gone
}

// RenameOf is the change that gives a file another path.
func RenameOf(from, to string) plan.Change {
	if isLog(from) && isLog(to) && path.Base(from) != path.Base(to) {
		return plan.Change{Verb: plan.VerbMoved, What: "session", From: from}
	}
	return plan.Change{Verb: plan.VerbRenamed, What: "file", From: from}
}

// otherDay says whether two logs in one folder are the same but for the day, or have two
// thirds of what was written in them in common: headings and front matter are in any log.
func (t *reader) otherDay(from, to plan.FileVersion) bool {
	old, now := t.text(from.Path, from.Before), t.text(to.Path, to.After)
	if old == nil || now == nil || old.Session == nil || now.Session == nil || path.Dir(from.Path) != path.Dir(to.Path) {
		return false
	}
	written := func(doc *logparse.Document) (lines []string) {
		for line := range bytes.Lines(doc.Text[doc.Front.Span.End:]) {
			if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
				lines = append(lines, string(line))
			}
		}
		return lines
	}
	common, most := inCommon(written(old), written(now))
	return common > 0 && 3*common >= 2*most || ButForDay(old, now)
}

// ButForDay says whether two logs are the same but for the day, and a title that may
// have it in words.
func ButForDay(old, now *logparse.Document) bool {
	if old == nil || now == nil || old.Session == nil || now.Session == nil {
		return false
	}
	text := func(doc *logparse.Document) string {
		var lines []string
		for line := range bytes.Lines(doc.Text) {
			if !bytes.HasPrefix(line, []byte("# ")) && !bytes.HasPrefix(line, []byte("time:")) {
				lines = append(lines, strings.ReplaceAll(string(line), doc.Session.Date.V.String(), ""))
			}
		}
		return strings.Join(lines, "")
	}
	return text(old) == text(now)
}

// renames are those that git sees too.
func (t *reader) renames(c *plan.Commit) map[string]plan.FileVersion {
	return pairs(c, t.remembering().alike)
}

// moves are renames, and sessions that were moved to another day.
func (t *reader) moves(c *plan.Commit) map[string]plan.FileVersion {
	known := t.remembering()
	return pairs(c, known.alike, known.otherDay)
}

// remembering reads each version once, since every file is compared with every other.
func (t *reader) remembering() *reader {
	docs := make(map[fileVersion]*logparse.Document)
	return &reader{read: func(path, id string) (*logparse.Document, error) {
		v := fileVersion{path, id}
		if docs[v] == nil {
			docs[v] = t.text(path, id)
		}
		return docs[v], nil
	}}
}

func pairs(c *plan.Commit, alike ...func(from, to plan.FileVersion) bool) map[string]plan.FileVersion {
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
	for _, fits := range alike {
		pair(func(from, to plan.FileVersion) bool { return sameName(from, to) && fits(from, to) })
	}
	for _, fits := range alike {
		pair(fits)
	}
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
	common, most := inCommon(slices.Collect(strings.Lines(string(old.Text))), slices.Collect(strings.Lines(string(now.Text))))
	return common > 0 && 2*common >= most
}

// inCommon counts the lines that two texts share, and those of the longer one.
func inCommon(old, now []string) (common, most int) {
	count := make(map[string]int)
	for _, line := range old {
		count[line]++
	}
	for _, line := range now {
		if count[line] > 0 {
			count[line]--
			common++
		}
	}
	return common, max(len(old), len(now))
}
