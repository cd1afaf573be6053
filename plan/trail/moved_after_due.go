package trail

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var movedAfterDue = &Check{
	ID:    "moved-after-due",
	Title: "A target, a date or a line of a held session's log changed after it was due",
	Why:   "A goal is checked on its day, against what it said then. Moving a target afterwards changes both people's figures.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, e := range a.edits {
			if !held(e.after) {
				continue
			}
			for _, change := range plan.Changes(e.before, e.after) {
				if e.taken(func(other *logparse.Document) bool {
					return !slices.ContainsFunc(plan.Changes(other, e.after), change.Same)
				}) {
					continue
				}
				a.noteMoved(c, e.path, change)
			}
		}
	},
}

// noteMoved notes a change to a term that was due already.
func (a *Audit) noteMoved(c *plan.Commit, path string, change plan.Change) {
	was := change.Before
	if was == nil || change.Account || change.What != "goal" && change.What != "action" {
		return
	}
	var what, from, to string
	switch change.Verb {
	case plan.VerbMoved:
		from, to = cmp.Or(was.Due.V.String(), "none"), cmp.Or(change.After.Due.V.String(), "none")
		what = fmt.Sprintf("the date of %s was moved from %s to %s", named(was), from, to)
	case plan.VerbTarget:
		from, to = cmp.Or(target(was), "none"), cmp.Or(target(change.After), "none")
		what = fmt.Sprintf("the target of %s was moved from %s to %s", named(was), from, to)
	case plan.VerbRemoved:
		what = named(was) + " was taken out"
	default:
		return
	}
	key := path + "\x00" + change.Verb + "\x00" + named(was)
	if first, ok := a.moved[key]; ok && first.was == to {
		a.Findings[first.finding].Check = "" // brought back as it was
		delete(a.moved, key)
		return
	}
	when := "its date " + was.Due.V.String()
	if !was.Due.Set {
		next := a.nextHeld(c, path)
		if next.IsZero() {
			return
		}
		when = "the session of " + next.String() + ", at which it was due,"
	} else if !was.Due.V.Before(lastDay(c)) {
		return
	}
	if _, ok := a.moved[key]; !ok && change.Verb != plan.VerbRemoved {
		a.moved[key] = movedTerm{from, len(a.Findings)}
	}
	a.note(c, path, what+" on "+lastDay(c).String()+", when "+when+" had passed",
		"restore the line; new agreements belong in the next session's log")
}

// A movedTerm is a date or target that was moved: what it was, and the number of the
// finding that says so.
type movedTerm struct {
	was     string
	finding int
}
