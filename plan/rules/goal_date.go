package rules

import "github.com/coachlog/coachlog/logparse"

var goalDate = &Rule{
	ID: "goal-date", Title: "A goal has a date",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{5},
	Why:  "A date says when both will look at whether the plan worked. Giving a goal its first date isn't a move.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	find: func(f *finder) {
		for goal, g := range f.worked() {
			switch {
			case g.Due.IsZero():
				f.at(goal.TextSpan, "%q has no date, so it is never time to look at it", goal.Text).todo("write due:YYYY-MM-DD after it")
			case !f.log.Date.Before(g.Due) && g.Waits == nil:
				f.at(goal.TextSpan, "the date of %q, %s, has passed", goal.Text, on(g.Due)).
					todo("set a new one, as in due:YYYY-MM-DD, or close the goal with [-]")
			}
		}
	},
}
