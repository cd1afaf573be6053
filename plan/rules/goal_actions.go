package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalActions = &Rule{
	ID: "goal-actions", Title: "Each goal has actions that say how",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{21, 72},
	Why:  "A goal alone is a wish. Actions are what people can do and talk about next time.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n  - [ ] Keep the checklist open on the second screen ^checklist2",
	find: func(f *finder) {
		for _, goal := range plannedGoals(f.log) {
			if len(goal.Actions) == 0 && goal.State != logparse.Done && len(openFor(f.log, goal)) == 0 {
				f.at(goal.TextSpan, "the goal %q has no action", goal.Text).todo("nest one to three actions below it: `  - [ ] ...`")
			}
		}
	},
}

// openFor are the actions of a goal that an earlier session agreed and whose
// account was still to come after log: carried on, or with a later date.
func openFor(log *plan.Log, goal *logparse.Goal) []*plan.Agreement {
	var open []*plan.Agreement
	for _, g := range log.Person.Goals {
		if !slices.ContainsFunc(g.Stated, func(s *plan.Statement) bool { return s.Goal == goal }) {
			continue
		}
		for _, a := range g.Agreements {
			if a.Agreed.Before(log) && (a.Account == nil || log.Before(a.Account)) {
				open = append(open, a)
			}
		}
	}
	return open
}
