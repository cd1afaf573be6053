package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var planLapsed = &Rule{
	ID: "plan-lapsed", Title: "A plan's period is followed by the next one",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{13, 49},
	Why:  "Development has no end date; a period has. When it is over, a review and a new period keep the plan alive, and it is the coach who sees to that.",
	Bad:  "focus: 2026-01-01..2026-06-30     # and it is August",
	Good: "focus: 2026-07-01..2026-12-31",
	person: func(f *finder, p *plan.Person) {
		if p.Plan == nil || !p.Plan.Focus.Set || !p.Plan.Focus.V.To.Before(f.today) {
			return
		}
		f.at(p.PlanDoc, p.Plan.Focus.Span, fmt.Sprintf("the plan's period ended on %s", p.Plan.Focus.V.To),
			"look back together (coachlog new session "+p.ID+" --kind review), and agree the next three or six months")
	},
}
