package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var agreedByBoth = &Rule{
	ID: "agreed-by-both", Title: "Both have agreed to the actions of a session",
	Tier: Strict, Severity: logparse.Warning, Requirements: []int{59},
	Why:  "An action that one side wrote down alone is an order or a hope. Each says once that this is what was agreed.",
	Bad:  "status: held     # and no `agreed:`",
	Good: "status: held\nagreed: {rep1: 2026-07-06, josh: 2026-07-06}",
	log: func(f *finder, log *plan.Log) {
		if len(log.ShortTerm)+len(log.MidTerm) == 0 {
			return
		}
		for _, id := range f.Unsigned(log.Path(), log.Agreed, log.Person.ID, log.Coach) {
			f.at(log.Doc, title(log), "the log has no word of "+id+" that this is what was agreed", signOff(log.Path(), id, log.Date))
		}
	},
}
