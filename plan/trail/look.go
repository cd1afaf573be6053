package trail

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A changedFile is one file of a commit, with what its text is compared with.
type changedFile struct {
	plan.FileVersion
	was string // its path before
}

// look finds out which files a commit changed, and what each has to be compared with.
func (a *Audit) look(c *plan.Commit) {
	a.renamed, a.lost, a.files = a.renames(c), a.lostIn(c), nil
	for to, from := range a.renamed {
		if a.leaves(from.Path, to) {
			delete(a.renamed, to)
		}
	}
	gone := goneFrom(a.renamed)
	for _, f := range slices.Concat(c.Files, a.lost) {
		file := changedFile{f, f.Path}
		if from, ok := a.renamed[f.Path]; ok {
			file.Before, file.was = from.Before, from.Path
		}
		if old := cmp.Or(a.gone[f.Path].text, a.goneSettings[f.Path]); f.Before == "" && old != "" {
			file.Before, file.was = old, f.Path
			delete(a.renamed, f.Path) // it is the file that was there before
		}
		if !gone[f.Path] && a.followHeld(c, &file) {
			a.files = append(a.files, file)
		}
	}
}

// leaves says whether a file that got another name isn't what it was any more: a log that
// isn't named as one, or that isn't that person's.
func (a *Audit) leaves(from, to string) bool {
	if isLog(from) && !isLog(to) || personOf(from) != "" && !strings.HasSuffix(to, ".md") {
		return true
	}
	plans := a.renamed[path.Join(path.Dir(to), "plan.md")]
	return personOf(from) != "" && personOf(to) == "" || personOf(to) != personOf(from) && path.Dir(plans.Path) != path.Dir(from) &&
		a.Book.Resolve(personOf(to)) != a.Book.Resolve(personOf(from))
}

// followHeld takes note since when a log says that its session was held. While it doesn't
// any more, its last text that did is what later ones are compared with; false where there
// is nothing to compare. Nothing is late on a log's own day.
func (a *Audit) followHeld(c *plan.Commit, f *changedFile) bool {
	id := a.unheld[f.was]
	f.Before = cmp.Or(id, f.Before)
	log := personOf(f.Path) != "" && path.Base(f.Path) != "plan.md" && strings.HasSuffix(f.Path, ".md") // a log may have any name
	if !log || f.Before == "" || f.After == "" || f.Before == f.After || onItsDay(c, f.Path) {
		return true
	}
	before, after := a.text(f.was, f.Before), a.text(f.Path, f.After)
	switch {
	case !held(before):
		if held(after) {
			a.heldOn[f.was] = lastDay(c)
		}
	case held(after) && id != "":
		delete(a.unheld, f.was)
		a.restored(f.Path, "status", string(logparse.Held))
	case held(after):
	case id != "":
		return false // told already
	default:
		a.unheld[f.was] = f.Before
	}
	return true
}

// remember takes note of what a commit recorded, once it was looked at.
func (a *Audit) remember(c *plan.Commit) {
	for _, f := range c.Files {
		if f.Before == "" && a.seen[f.Path] == nil {
			a.seen[f.Path] = c
		}
		if f.Path == settingsName && f.After == "" {
			a.goneSettings[f.Path] = f.Before
		}
		if day, ok := session(f.Path); ok && f.After != "" && a.latestLog[path.Dir(f.Path)].Before(day) {
			a.latestLog[path.Dir(f.Path)] = day
		}
	}
	for to, from := range a.renamed {
		a.moveTo(from.Path, to)
	}
}
