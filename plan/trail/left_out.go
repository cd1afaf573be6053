package trail

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// LeftOut finds what merges left out of what one of their sides had agreed to. Where a
// merge keeps all of the other side, git says that it changed nothing.
type LeftOut struct {
	read    Documents
	signers func(path, id string) []string
	became  versions
	was     versions
	made    map[fileID]*plan.Commit // the newest that made a version
	lost    map[fileID]bool         // what the present version wasn't made of
	told    map[fileID]bool
}

// A fileID is one version of a file.
type fileID struct{ path, id string }

// NewLeftOut takes the commits of all sides, the newest first, the files that there are
// now, and who has signed off which version.
func NewLeftOut(commits []*plan.Commit, now map[string]string, read Documents, signers func(path, id string) []string) *LeftOut {
	l := &LeftOut{
		read: read, signers: signers, became: newerVersions(commits), was: make(versions),
		made: make(map[fileID]*plan.Commit), lost: make(map[fileID]bool), told: make(map[fileID]bool),
	}
	for _, c := range commits {
		for _, f := range c.Files {
			if v := (fileID{f.Path, f.After}); f.After != "" && l.made[v] == nil {
				l.made[v] = c
			}
			for _, before := range append([]string{f.Before}, f.Others...) {
				l.was.add(f.Path, f.After, before)
			}
		}
	}
	used := make(map[fileID]bool)
	for name := range l.was {
		for _, id := range l.was.from(name, now[name]) {
			used[fileID{name, id}] = true
		}
	}
	for v := range l.made {
		if !used[v] {
			l.lost[v] = true
		}
	}
	return l
}

// Any says whether there is a version that the present ones weren't made of.
func (l *LeftOut) Any() bool { return len(l.lost) > 0 }

// Told are those files of a commit that Events have told the loss of.
func (l *LeftOut) Told(c *plan.Commit) []plan.FileVersion {
	return slices.DeleteFunc(slices.Clone(c.Files), func(f plan.FileVersion) bool { return !l.told[fileID{f.Path, f.After}] })
}

// Events are what a merge left out of one file, by the versions that its parents have:
// all that one of them has, or items of it.
func (l *LeftOut) Events(c *plan.Commit, name, id string, parents []string) ([]Event, error) {
	t := &reader{read: l.read}
	var events []Event
	for i, side := range parents {
		if side == "" || side == id || slices.Contains(parents[:i], side) {
			continue
		}
		whole := l.lost[fileID{name, side}] && !l.became.reaches(name, side, id)
		mixed := id != "" && !slices.Contains(parents, id)
		if !whole && !mixed {
			continue
		}
		merged := t.text(name, id)
		gone := takenBack(t.text(name, l.base(name, side, parents)), t.text(name, side), merged)
		gone = slices.DeleteFunc(gone, func(e Event) bool { // told as what the merge made
			return !slices.ContainsFunc(parents, func(other string) bool {
				return other != side && !slices.ContainsFunc(fileEvents(t.text(name, other), merged), e.same)
			})
		})
		signers := l.signers(name, side)
		if len(gone) == 0 && (mixed || len(signers) == 0) {
			continue
		}
		events = append(events, l.header(c, name, side, signers))
		for _, e := range gone {
			e.Commit, e.Path, e.Person = c, name, personOf(name)
			events = append(events, e)
		}
		for _, older := range l.was.from(name, side) {
			if v := (fileID{name, older}); whole && l.lost[v] {
				l.told[v] = true
			}
		}
	}
	return events, t.err
}

func (l *LeftOut) header(c *plan.Commit, name, side string, signers []string) Event {
	from := ""
	if made := l.made[fileID{name, side}]; made != nil {
		from = made.ID
	}
	return newEvent(c, name, VerbLeftOut, "commit", from, strings.Join(signers, ", "))
}

// base is the newest version that one side of a merge and another were made of.
func (l *LeftOut) base(name, side string, parents []string) string {
	var others []string
	for _, other := range parents {
		if other != side {
			others = append(others, l.was.from(name, other)...)
		}
	}
	for _, older := range l.was.from(name, side) {
		if slices.Contains(others, older) {
			return older
		}
	}
	return ""
}

// takenBack are the events between what one side of a merge had agreed to and what came
// out, of those items that this side had changed and the merge has otherwise.
func takenBack(base, side, merged *logparse.Document) []Event {
	if side == nil || !held(side) && side.Plan == nil {
		return nil // nothing in it is agreed
	}
	own, kept := fileEvents(base, side), fileEvents(base, merged)
	return slices.DeleteFunc(fileEvents(side, merged), func(e Event) bool {
		return e.Minor || e.Verb == plan.VerbEdited && e.ID == "" && e.Text == "" || merged != nil && !slices.ContainsFunc(own, func(o Event) bool {
			return o.What == e.What && o.ID == e.ID && (o.ID != "" || o.Text == e.Text) && o.Verb != plan.VerbEdited && !slices.ContainsFunc(kept, o.same)
		})
	})
}
