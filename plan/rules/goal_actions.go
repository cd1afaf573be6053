package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalActions = &Rule{
	ID: "goal-actions", Title: "Each goal says how: it is backed by actions",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{21, 72},
	Why:  "A goal alone is a wish. The actions are what people can do, and what they can be asked about.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n  - [ ] Keep the checklist open on the second screen ^checklist2",
	log: func(f *finder, log *plan.Log) {
		for _, goal := range plannedGoals(log) {
			if len(goal.Actions) == 0 && goal.State != logparse.Done && !carriesActions(log, goal) {
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("the goal %q has no action", goal.Text), "nest one to three actions below it: `  - [ ] ...`")
			}
		}
	},
}

// carriesActions says whether Follow-through carries on an action of the goal,
// or an action agreed earlier is still to be accounted for.
func carriesActions(log *plan.Log, goal *logparse.Goal) bool {
	for _, g := range log.Person.Goals {
		for _, s := range g.Stated {
			if s.Goal != goal {
				continue
			}
			for _, a := range g.Agreements {
				if a.Agreed.Date.Before(log.Date) && (a.Account == nil || log.Date.Before(a.Account.Date)) {
					return true
				}
			}
		}
	}
	return false
}
