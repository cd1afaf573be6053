package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var planOwed = &Rule{
	ID: "plan-owed", Title: "Actions followed and goal missed: a new set of actions follows",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{80, 81},
	Why:  "The coachee did what was agreed and the goal was not reached, so the plan was wrong. The coach owes a new one; the same actions again would give the same result.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] (the same actions as before)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht due:2026-08-31\n  - [ ] Ask a colleague to listen in on three calls ^listen",
	log: func(f *finder, log *plan.Log) {
		for _, g := range log.Person.Goals {
			for _, v := range g.Verdicts {
				if !v.Owed() || len(v.Expected) < 2 || v.Expected[1] != log {
					continue
				}
				f.at(log.Doc, goalSpan(log, g), fmt.Sprintf("the actions for %q were followed and the goal was not reached: the plan is due a new set of actions", g.Text),
					"agree at least one action that was not in the old set, or drop the goal with [-]")
			}
		}
	},
}
