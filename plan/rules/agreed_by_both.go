package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var agreedByBoth = &Rule{
	ID: "agreed-by-both", Title: "Both have agreed to the plan, and to the actions of a session",
	Tier: Strict, Severity: logparse.Warning, looksAt: heldLogs | grownPlans, Requirements: []int{4, 59},
	Why:  "What one side wrote down alone is an order or a hope. So each side confirms once that this is what was agreed. A plan is checked from the fifth week of coaching on.",
	Bad:  "status: held     # and no `agreed:`",
	Good: "status: held\nagreed: {rep1: 2026-07-06, josh: 2026-07-06}",
	find: func(f *finder) {
		what, day := "plan", f.today
		if f.doc.Plan == nil {
			what, day = "log", f.log.Date
			if len(f.log.ShortTerm)+len(f.log.MidTerm) == 0 {
				return
			}
		}
		dates := f.DatesByHand(f.doc)
		for _, id := range f.Missing(f.doc.Path, f.Sides(f.doc)...) {
			doubt := ""
			if s, ok := f.Doubted(f.doc.Path, id); ok && s.How != plan.ByHand {
				doubt = ": the sign-off" + plan.OfDay(s.Day) + " doesn't count, since " + s.Doubt
			} else if _, dated := dates[id]; dated {
				continue
			}
			f.at(f.title(), "%s hasn't confirmed this %s yet%s", f.name(id), what, doubt).
				todo("%s runs coachlog agree %s; by hand: `agreed: {%s: %s}`", f.name(id), f.doc.Path, id, day)
		}
	},
}
