package trail

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A laterChange is one thing that the logbook had recorded, and that a later commit
// changed or took away.
type laterChange struct {
	check   *Check
	commit  *plan.Commit
	path    string
	key     string // what it is of, in this file
	was, is string
	intro   string // of all such changes of one file, said once
	message string
	remedy  string
	people  []string // whose figures it may move: ids, or everybody

	onlyIf effect // without it there is nothing to tell
	moved  []figureMove
	agreed bool // both have agreed to the new text since
}

// An effect is what a change has to do to be told.
type effect int

const (
	anyEffect   effect = iota // it is told in any case
	movesFigure               // a verdict, a result or a rate is another one
	movesGiven                // a verdict or result that was there is another one
)

// everybody stands for all people of the logbook.
const everybody = "*"

// findLater looks for what a commit changed of what was recorded on an earlier day.
func (a *Audit) findLater(c *plan.Commit) {
	from := len(a.later)
	a.valuesChanged(c)
	for _, f := range a.files {
		switch {
		case a.Migrations.Covers(c, f.Path) || f.After == "" || f.Before == f.After && f.Path == f.was:
		case f.Path == settingsName:
			a.settingsChanged(c, f)
		case personOf(f.Path) == "" || !strings.HasSuffix(f.Path, ".md"):
		case f.Before == "":
			a.logAdded(c, f)
		case a.recordedBy(c, f.was) && !onItsDay(c, f.was):
			a.fileChanged(c, f)
		}
	}
	if len(a.later) > from && a.err == nil {
		a.keepTold(c, from)
	}
}

const settingsName = "coachlog.yaml"

// recordedBy says whether a file was recorded on a day before that of a commit. What is
// put right on the same day is no later change.
func (a *Audit) recordedBy(c *plan.Commit, name string) bool {
	first := a.seen[name]
	return first == nil || lastDay(first).Before(lastDay(c))
}

// onItsDay says whether a commit is of a log's own day, or an earlier one: nothing is late
// then, so that most logs aren't read.
func onItsDay(c *plan.Commit, name string) bool {
	day, ok := session(name)
	return ok && !day.Before(lastDay(c))
}

// fileChanged compares two versions of a log or plan. Of a merge, a change counts that is
// one to each of its parents; where those differ themselves, it settles a conflict.
func (a *Audit) fileChanged(c *plan.Commit, f changedFile) {
	before, after := a.text(f.was, f.Before), a.text(f.Path, f.After)
	if before == nil || after == nil || notText(before) || notText(after) || f.Path == f.was && plan.SameText(before.Text, after.Text) {
		return
	}
	changes := a.changesOf(c, f, before, after)
	for _, id := range f.Others {
		other := a.text(f.Path, id)
		if other == nil {
			continue
		}
		theirs := a.changesOf(c, f, other, after)
		changes = slices.DeleteFunc(changes, func(l laterChange) bool {
			return !slices.ContainsFunc(theirs, func(o laterChange) bool { return o.key == l.key && o.was == l.was && o.is == l.is })
		})
	}
	a.later = append(a.later, changes...)
}

func (a *Audit) changesOf(c *plan.Commit, f changedFile, before, after *logparse.Document) []laterChange {
	l := &differences{audit: a, commit: c, day: lastDay(c), file: f, people: []string{a.ownerOf(f.Path)}}
	switch {
	case before.Session != nil && before.Session.Status.V != logparse.Planned:
		l.ofLog(before, after)
	case before.Plan != nil && after.Plan != nil:
		l.ofPlan(before, after)
	case before.Assessment != nil:
		l.ofAssessment(before, after)
	}
	return l.found
}

// differences gathers what is another thing in a later version of one file.
type differences struct {
	audit  *Audit
	commit *plan.Commit
	day    logparse.Date // the commit's
	file   changedFile
	people []string
	found  []laterChange
}

// add returns what it has added; nil where nothing is another thing.
func (d *differences) add(check *Check, key, was, is, message, remedy string, onlyIf effect) *laterChange {
	if was == is {
		return nil
	}
	d.found = append(d.found, laterChange{check: check, commit: d.commit, path: d.file.Path, key: key, was: was, is: is, message: message, remedy: remedy, people: d.people, onlyIf: onlyIf})
	return &d.found[len(d.found)-1]
}

// changed adds a value that was given and is another one, or gone.
func (d *differences) changed(check *Check, key, what, was, is, remedy string) *laterChange {
	return d.add(check, key, was, is, d.words(what, was, is), remedy, anyEffect)
}

// replaced is the same of a value that may not have been there before.
func (d *differences) replaced(check *Check, key, what, was, is, remedy string) {
	if was != "" {
		d.changed(check, key, what, was, is, remedy)
	}
}

func (d *differences) words(what, was, is string) string {
	return what + " was changed from " + cmp.Or(was, "none") + " to " + cmp.Or(is, "none") + " on " + d.day.String()
}

// logAdded takes note of a log that comes so late that later sessions were recorded
// before it: their results may be others now.
func (a *Audit) logAdded(c *plan.Commit, f changedFile) {
	const inTime = 7 // days in which a log is written down
	day, ok := session(f.Path)
	if !ok || a.latestLog[path.Dir(f.Path)].Before(day) || day.DaysUntil(lastDay(c)) <= inTime {
		return
	}
	onlyIf := movesGiven
	if day == a.latestLog[path.Dir(f.Path)] { // a second one of its day: what the two say differently counts no more
		onlyIf = movesFigure
	}
	a.later = append(a.later, laterChange{
		check: recordChanged, commit: c, path: f.Path, key: "log", is: f.After, people: []string{a.ownerOf(f.Path)}, onlyIf: onlyIf,
		message: "this log of " + day.String() + " was added on " + lastDay(c).String() + ", after a session of that day or a later one had been recorded", remedy: "say in the log why it came so late",
	})
}

// keepTold keeps of the changes since a place those that are to be told, with what they
// moved, and takes out earlier ones that they take back.
func (a *Audit) keepTold(c *plan.Commit, from int) {
	found := slices.Clone(a.later[from:])
	a.later = a.later[:from]
	moves := a.consequences(c, found)
	for _, l := range found {
		for _, id := range l.people {
			l.moved = append(l.moved, moves[id]...)
		}
		switch {
		case l.onlyIf == movesGiven && !slices.ContainsFunc(l.moved, figureMove.ofGiven):
			continue
		case l.onlyIf == movesFigure && !slices.ContainsFunc(l.moved, figureMove.isVerdict):
			continue
		case l.onlyIf == movesGiven:
			l.moved = slices.DeleteFunc(l.moved, func(m figureMove) bool { return !m.ofGiven() })
		}
		if !a.restored(l.path, l.key, l.is) {
			a.later = append(a.later, l)
		}
	}
}

// restored takes a change out that was brought back as it was.
func (a *Audit) restored(path, key, is string) bool {
	for i := range a.later {
		if old := &a.later[i]; old.commit != nil && old.path == path && old.key == key && old.was == is {
			old.commit = nil
			return true
		}
	}
	return false
}

// tellLater makes findings of the changes: one for each commit, file and check.
func (a *Audit) tellLater() {
	type place struct {
		commit *plan.Commit
		check  *Check
		path   string
	}
	at := make(map[place]int)
	for _, l := range a.later {
		if l.commit == nil || l.agreed && l.wordsOnly() && !slices.ContainsFunc(l.moved, figureMove.isVerdict) {
			continue
		}
		i, ok := at[place{l.commit, l.check, l.path}]
		if !ok {
			i = len(a.Findings)
			at[place{l.commit, l.check, l.path}] = i
			a.Findings = append(a.Findings, Finding{Check: l.check.ID, Path: l.path, Remedy: l.remedy, Commit: l.commit})
		}
		f := &a.Findings[i]
		switch {
		case f.Message == "":
			f.Message = l.intro + l.message
		case strings.HasPrefix(f.Message, l.intro):
			f.Message += "; " + l.message
		default:
			f.Message += "; " + l.intro + l.message
		}
		f.add(l.moved, a.ownerOf(l.path))
	}
}

// add adds what a finding's commit moved, of the figures of whoever owns the file and of
// others.
func (f *Finding) add(moved []figureMove, owner string) {
	for _, m := range moved {
		if line := m.words(owner); !slices.Contains(f.Moved, line) {
			f.Moved = append(f.Moved, line)
		}
		f.verdicts = f.verdicts || m.isVerdict()
	}
}

// wordsOnly says whether a change isn't one of what people are held to: once both have
// agreed to the new text, nobody has to be told.
func (l laterChange) wordsOnly() bool {
	return l.check == recordChanged || strings.HasPrefix(l.key, textOf)
}

// ownerOf is whose a file below people/ is; "" of other files.
func (a *Audit) ownerOf(name string) string {
	if personOf(name) == "" {
		return ""
	}
	return a.Book.OwnerOf(path.Dir(name))
}
