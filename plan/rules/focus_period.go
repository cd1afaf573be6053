package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var focusPeriod = &Rule{
	ID: "focus-period", Title: "The focus period is three or six months",
	Tier: Method, Severity: logparse.Info, Requirements: []int{64},
	Why:  "Three or six months are long enough to change something and short enough to keep it in view. Looked for from the fifth week of coaching on.",
	Bad:  "focus: 2026-07-01..2027-06-30",
	Good: "focus: 2026-07-01..2026-09-30",
	person: func(f *finder, p *plan.Person) {
		if !grown(f, p) {
			return
		}
		focus := p.Plan.Focus
		if !focus.Set {
			f.at(p.PlanDoc, planTitle(p), "the plan names no focus period", "agree three or six months, as in `focus: 2026-07-01..2026-09-30`")
			return
		}
		after := focus.V.To.AddDays(1)
		if after != focus.V.From.AddMonths(3) && after != focus.V.From.AddMonths(6) {
			f.at(p.PlanDoc, focus.Span, fmt.Sprintf("the focus period is %d days", focus.V.From.DaysUntil(after)),
				fmt.Sprintf("make it three months (to %s) or six (to %s)", focus.V.From.AddMonths(3).AddDays(-1), focus.V.From.AddMonths(6).AddDays(-1)))
		}
	},
}
