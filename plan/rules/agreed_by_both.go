package rules

import "github.com/coachlog/coachlog/logparse"

var agreedByBoth = &Rule{
	ID: "agreed-by-both", Title: "Both have agreed to the actions of a session",
	Tier: Strict, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{59},
	Why:  "An action that one side wrote down alone is an order or a hope. So each side confirms once that this is what was agreed.",
	Bad:  "status: held     # and no `agreed:`",
	Good: "status: held\nagreed: {rep1: 2026-07-06, josh: 2026-07-06}",
	find: func(f *finder) {
		if len(f.log.ShortTerm)+len(f.log.MidTerm) == 0 {
			return
		}
		for _, id := range f.Unsigned(f.log.Path(), f.log.Agreed, f.log.Person.ID, f.log.Coach) {
			f.at(f.title(), "%s hasn't confirmed this log yet", id).todo("%s", signOff(f.log.Path(), id, f.log.Date))
		}
	},
}
