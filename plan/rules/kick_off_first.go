package rules

import (
	"cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var kickOffFirst = &Rule{
	ID: "kick-off-first", Title: "A period starts with a kick-off",
	Tier: Method, Severity: logparse.Info, looksAt: plans, Requirements: []int{51}, NeedsLogbook: true,
	Why:  "The first session settles what the coaching is for and what both expect. Without it, each side has its own idea. Asked for in the first four weeks of a period.",
	Bad:  "kind: regular     # in the first session of the plan's period",
	Good: "kind: kick-off     # coachlog new session rep1 --kind kick-off",
	find: func(f *finder) {
		period := f.plan.Focus
		var first *plan.Log
		for _, log := range f.person.CountedLogs() {
			if !period.Set || log.Date.Before(period.V.From) || period.V.To.Before(log.Date) {
				continue // the rule focus-period asks for a period
			}
			if log.Kind.V == "kick-off" || log.Kind.V == "coach" { // a coach's own sessions have one kind throughout
				return
			}
			first = cmp.Or(first, log)
		}
		if first != nil && first.Date.DaysUntil(f.today) < growingDays {
			f.turnTo(first)
			f.at(f.title(), "the period started on %s without a kick-off, so each side may expect something else", on(period.V.From)).
				todo("if this session set its scope, write `kind: kick-off`; else hold one: coachlog new session %s --kind kick-off", f.person.ID)
		}
	},
}
