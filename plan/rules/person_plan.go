package rules

import "github.com/coachlog/coachlog/logparse"

var personPlan = &Rule{
	ID: "person-plan", Title: "Everybody who is coached has a written plan with goals",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{1, 15}, NeedsLogbook: true,
	Why:  "Without a plan, sessions are about whatever came up last. The plan says where the person wants to go and what the sessions are for.",
	Bad:  "people/rep1/2026-07-06.md, and no people/rep1/plan.md",
	Good: "people/rep1/plan.md, written with: coachlog new plan rep1",
	find: func(f *finder) {
		switch {
		case f.person.Plan == nil && len(f.person.Logs) > 0:
			f.at(f.title(), "%s has sessions and no development plan that says what they are for", f.person.Name).
				todo("coachlog new plan %s writes one to fill in together", f.person.ID)
		case f.person.Plan == nil: // somebody in the settings whose coaching hasn't begun
		case len(f.person.Goals) == 0 && len(f.person.Plan.Aims) == 0 && len(f.person.CountedLogs()) > 0:
			f.at(f.title(), "neither %s's plan nor a session names a goal", f.person.Name).
				todo("write one under `## Aims` here, or under `## Short-term goals` in the next session")
		}
	},
}
