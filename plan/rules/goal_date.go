package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalDate = &Rule{
	ID: "goal-date", Title: "A goal has a date",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{5},
	Why:  "A goal without a date is judged at the very next session, or never. A date says when both will look at whether the plan worked.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	log: func(f *finder, log *plan.Log) {
		for _, goal := range plannedGoals(log) {
			if goal.State == logparse.Done {
				continue
			}
			switch due := dateOf(log, goal); {
			case due.IsZero():
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("the goal %q has no date", goal.Text), "write due:YYYY-MM-DD behind it")
			case !log.Date.Before(due):
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("the date of the goal %q, %s, has come; it won't be judged again", goal.Text, due),
					"give it a new date, as in due:YYYY-MM-DD, or drop it with [-]")
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
	var goals []*logparse.Goal
	for _, goal := range log.ShortTerm {
		if goal.State != logparse.Dropped {
			goals = append(goals, goal)
		}
	}
	for _, goal := range log.MidTerm {
		if goal.State != logparse.Dropped {
			goals = append(goals, goal)
		}
	}
	return goals
}

// shortTerm are a session's running short-term goals: those in its plan, and
// those that its Follow-through carries on.
func shortTerm(log *plan.Log) []*plan.Goal {
	var goals []*plan.Goal
	for _, g := range log.Person.Goals {
		for _, s := range g.Stated {
			if s.Log == log && g.Horizon == plan.ShortTerm && s.Goal.State != logparse.Dropped {
				goals = append(goals, g)
				break
			}
		}
	}
	return goals
}
