package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unexpectedAccount = &Rule{
	ID: "unexpected-account", Title: "A result belongs to an action that was agreed",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{61, 79},
	Why:  "A result for something that no earlier session agreed doesn't count. Mostly the id or the text is a letter off.",
	Bad:  "- [x] Open every call with the standard greeting ^gret",
	Good: "- [x] Open every call with the standard greeting ^greet",
	find: func(f *finder) {
		if f.log.Person.CountedLogs()[0] == f.log {
			return // what was agreed before the first log, nobody can say
		}
		for _, m := range f.log.Person.Unexpected {
			if m.Log == f.log && !accountedBefore(f.log, m.Item) {
				f.at(m.Item.TextSpan, "there is no open action %q", m.Item.Text).todo("use the id or the text with which it was agreed")
			}
		}
	},
}

// accountedBefore says whether an item speaks of an action whose account is
// closed: a later word on it is no slip.
func accountedBefore(log *plan.Log, it *logparse.Item) bool {
	return slices.ContainsFunc(log.Person.Agreements, func(a *plan.Agreement) bool {
		return a.Account != nil && a.Account != log && (it.ID.Set && a.ID == it.ID.V || a.Text == it.Text)
	})
}
