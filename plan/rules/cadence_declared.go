package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var cadenceDeclared = &Rule{
	ID: "cadence-declared", Title: "How often two people meet, and who sees to it, is on record",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{34, 76}, NeedsLogbook: true,
	Why:  "Coaching that happens when there is time doesn't happen. Weekly, every two weeks or monthly, and a coach who answers for it.",
	Bad:  "cadence:\ncoach:",
	Good: "cadence: weekly\ncoach: josh",
	person: func(f *finder, p *plan.Person) {
		if p.Plan == nil {
			return
		}
		if f.CoachOf(p) == "" {
			f.at(p.PlanDoc, planTitle(p), fmt.Sprintf("nothing says who coaches %s", p.ID), "write `coach: ID` in the plan")
		}
		if f.CadenceOf(p) == "" {
			f.at(p.PlanDoc, planTitle(p), fmt.Sprintf("nothing says how often %s is coached", p.ID),
				"write `cadence: weekly`, fortnightly or monthly, in the plan or for all in coachlog.yaml")
		}
	},
}
