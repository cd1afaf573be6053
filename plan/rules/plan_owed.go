package rules

import "github.com/coachlog/coachlog/logparse"

var planOwed = &Rule{
	ID: "plan-owed", Title: "Actions followed and goal missed: a new set of actions follows",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{80, 81},
	Why:  "The coachee did what was agreed and the goal was not reached, so the plan was wrong. The coach owes a new one; the same actions again would give the same result.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] (the same actions as before)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] Ask a colleague to listen in on three calls ^listen",
	find: func(f *finder) {
		for _, g := range f.log.Person.Goals {
			for _, v := range g.Verdicts {
				if !v.Owed() || len(v.Expected) < 2 || v.Expected[1] != f.log {
					continue
				}
				f.at(f.goalSpan(g), "the actions for %q were followed and the goal was not reached: the plan is due a new set of actions", g.Text).
					todo("agree at least one action that was not in the old set, or drop the goal with [-]")
			}
		}
	},
}
