package rules

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unexpectedAccount = &Rule{
	ID: "unexpected-account", Title: "A result belongs to one action that was agreed",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{61, 79},
	Why:  "A result for something that nobody agreed doesn't count, nor does a second one for the same action. Mostly the id is a letter off, or an action without an id was put in other words.",
	Bad:  "- [x] Open every call with the standard greeting ^gret",
	Good: "- [x] Open every call with the standard greeting ^greet",
	find: func(f *finder) {
		person := f.log.Person
		for _, m := range person.Twice {
			if m.Log == f.log {
				f.at(m.Item.TextSpan, "this is a second line about %q; the first one counts", m.Item.Text).todo("delete one of the two, or give this its own id")
			}
		}
		for _, m := range person.Unexpected {
			if m.Log != f.log || person.CountedLogs()[0] == f.log || closedBefore(f.log, m.Item) {
				continue // what was agreed before the first log, nobody can say
			}
			finding := f.at(m.Item.TextSpan, "nobody had agreed %q", m.Item.Text).todo("use the id or the text with which it was agreed")
			if a := f.likely(m.Item, nil); a != nil {
				finding.todo("is it %s, agreed on %s? then use its id or its words", nameOf(a), on(a.Agreed.Date))
			}
		}
		for _, a := range person.Agreements {
			if a.Agreed != f.log || a.StatedIn != f.log {
				continue
			}
			if old := f.likely(a.Stated.Item, a.Goal); old != nil {
				f.at(a.Stated.TextSpan, "is %q the same as %s, which is still open?", a.Text, nameOf(old)).
					todo("if it is, give both one ^id, or drop the old one with [-]; if not, leave both")
			}
		}
	},
}

// closedBefore says whether an item speaks of an action that has its result: what is said of
// it later is no slip.
func closedBefore(log *plan.Log, it *logparse.Item) bool {
	return slices.ContainsFunc(log.Person.Agreements, func(a *plan.Agreement) bool {
		return a.Account != nil && a.Account != log && (it.ID.Set && a.ID == it.ID.V || a.Text == it.Text)
	})
}

// likely is an earlier action that the log doesn't speak of and that an item may mean in
// other words, or nil. Under one goal, ids tell two actions apart.
func (f *finder) likely(it *logparse.Item, goal *plan.Goal) *plan.Agreement {
	for _, a := range f.log.Person.Agreements {
		apart := goal != nil && (a.Goal != goal || a.ID != "" && it.ID.Set)
		if !a.Closed() && !apart && a.Agreed.Before(f.log) && a.StatedIn != f.log && lineAbout(a, f.log) == nil && alike(a.Text, it.Text) {
			return a
		}
	}
	return nil
}

// alike says whether most words of the shorter of two texts are in the other one too.
func alike(x, y string) bool {
	a, b := strings.Fields(plainWords(x)), strings.Fields(plainWords(y))
	if len(a) > len(b) {
		a, b = b, a
	}
	same := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			same++
		}
	}
	return same >= 2 && 3*same >= 2*len(a)
}
