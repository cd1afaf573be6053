package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var personPlan = &Rule{
	ID: "person-plan", Title: "Everybody who is coached has a written plan with goals",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{1, 15}, NeedsLogbook: true,
	Why:  "Sessions without a plan turn around whatever came up last. The plan says where the person wants to go, and what the sessions are for.",
	Bad:  "people/rep1/2026-07-06.md, and no people/rep1/plan.md",
	Good: "people/rep1/plan.md, written with: coachlog new plan rep1",
	person: func(f *finder, p *plan.Person) {
		switch {
		case p.Plan == nil && len(p.Logs) > 0:
			f.at(p.Logs[0].Doc, title(p.Logs[0]), fmt.Sprintf("%s has sessions and no development plan", p.ID), "coachlog new plan "+p.ID+" writes one to fill in together")
		case p.Plan == nil: // somebody in the settings whose coaching hasn't begun
		case len(p.Goals) == 0 && len(p.Plan.Aims) == 0 && len(p.CountedLogs()) > 0:
			f.at(p.PlanDoc, planTitle(p), fmt.Sprintf("neither the plan of %s nor a session names a goal", p.ID), "write one under `## Aims` here, or under `## Short-term goals` in the next session")
		}
	},
}
