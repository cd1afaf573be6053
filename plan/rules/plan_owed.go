package rules

import "github.com/coachlog/coachlog/logparse"

var planOwed = &Rule{
	ID: "plan-owed", Title: "Actions done and goal missed: agree new actions",
	Tier: Method, Severity: logparse.Warning, looksAt: latest, Requirements: []int{80, 81},
	Why:  "The coachee did what was agreed and the goal was missed, so the plan fell short. Finding a better one is the coach's job; the same actions would give the same result.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] (the same actions as before)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] Ask a colleague to listen in on three calls ^listen",
	find: func(f *finder) {
		for _, v := range f.person.OwedPlans() {
			if len(v.Expected) < 2 {
				continue // there is time until the next session
			}
			f.at(f.goalSpan(v.Goal), "the plan for %q fell short on %s and needs new actions", v.Goal.Text, on(v.Log.Date)).
				todo("agree at least one action that wasn't in the old plan, or drop the goal with [-]")
		}
	},
}
