package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalDate = &Rule{
	ID: "goal-date", Title: "A goal has a date",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{5},
	Why:  "A goal without a date is checked at the very next session, or never. A date says when both will look at whether the plan worked.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	find: func(f *finder) {
		for _, goal := range plannedGoals(f.log) {
			if goal.State == logparse.Done {
				continue
			}
			switch due := dateOf(f.log, goal); {
			case due.IsZero():
				f.at(goal.TextSpan, "the goal %q has no date", goal.Text).todo("write due:YYYY-MM-DD after it")
			case !f.log.Date.Before(due):
				f.at(goal.TextSpan, "the date of the goal %q, %s, has passed, so it won't be checked again", goal.Text, due).
					todo("set a new date, as in due:YYYY-MM-DD, or drop the goal with [-]")
			}
		}
	},
}

// dateOf is the goal's date: the one written here, else the last that an earlier
// session gave it.
func dateOf(log *plan.Log, goal *logparse.Goal) logparse.Date {
	if goal.Due.Set {
		return goal.Due.V
	}
	var due logparse.Date
	for _, g := range log.Person.Goals {
		for _, s := range g.Stated {
			if s.Goal.Due.Set {
				due = s.Goal.Due.V
			}
			if s.Goal == goal {
				return due
			}
		}
		due = logparse.Date{}
	}
	return due
}

// plannedGoals are the short-term and mid-term goals that a session's plan
// holds, dropped ones left out.
func plannedGoals(log *plan.Log) []*logparse.Goal {
	return slices.DeleteFunc(slices.Concat(log.ShortTerm, log.MidTerm), func(g *logparse.Goal) bool { return g.State == logparse.Dropped })
}

// plannedActions are those of the planned goals.
func plannedActions(log *plan.Log) (actions []*logparse.Action) {
	for _, goal := range plannedGoals(log) {
		actions = append(actions, goal.Actions...)
	}
	return actions
}

// runningGoals are those of a session's plan, and those that its Follow-through
// carries on.
func runningGoals(log *plan.Log, horizons ...plan.Horizon) (goals []*plan.Goal) {
	for _, g := range log.Person.Goals {
		if slices.Contains(horizons, g.Horizon) &&
			slices.ContainsFunc(g.Stated, func(s *plan.Statement) bool { return s.Log == log && s.Goal.State != logparse.Dropped }) {
			goals = append(goals, g)
		}
	}
	return goals
}
