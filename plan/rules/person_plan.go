package rules

import "github.com/coachlog/coachlog/logparse"

var personPlan = &Rule{
	ID: "person-plan", Title: "Everybody who is coached has a written plan",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{1, 15}, NeedsLogbook: true,
	Why:  "Without a plan, sessions are about whatever came up last. The plan says where the person wants to go and what the sessions are for.",
	Bad:  "people/rep1/2026-07-06.md, and no people/rep1/plan.md",
	Good: "people/rep1/plan.md, written with: coachlog new plan rep1",
	find: func(f *finder) {
		if f.person.Plan == nil && len(f.person.Logs) > 0 { // without logs, the coaching hasn't begun
			f.at(f.title(), "%s has sessions and no development plan that says what they are for", f.person.Name).
				todo("coachlog new plan %s writes one to fill in together", f.person.ID)
		}
	},
}
