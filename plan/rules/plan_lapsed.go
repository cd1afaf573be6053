package rules

import "github.com/coachlog/coachlog/logparse"

var planLapsed = &Rule{
	ID: "plan-lapsed", Title: "After a plan's period comes the next one",
	Tier: Method, Severity: logparse.Warning, looksAt: plans, Requirements: []int{13, 49},
	Why:  "Development has no end date, but a period does. When it is over, a review and a new period keep the plan alive. That is the coach's job.",
	Bad:  "focus: 2026-01-01..2026-06-30     # and it is August",
	Good: "focus: 2026-07-01..2026-12-31",
	find: func(f *finder) {
		if focus := f.plan.Focus; focus.Set && focus.V.To.Before(f.today) {
			f.at(focus.Span, "the plan's period ended on %s, and no new one is agreed", on(focus.V.To)).
				todo("look back together (coachlog new session %s --kind review), and agree the next three or six months", f.person.ID)
		}
	},
}
