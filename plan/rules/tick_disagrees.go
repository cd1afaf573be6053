package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var tickDisagrees = &Rule{
	ID: "tick-disagrees", Title: "A goal's tick and its metric agree",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{36, 72},
	Why:  "A tick says what the two people saw, and it counts. If the figure says something else, one of the two is worth another look.",
	Bad:  "metrics: {aht: 405}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "metrics: {aht: 388}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	find: func(f *finder) {
		for _, g := range f.log.Person.Goals {
			for _, v := range g.Verdicts {
				if v.Log != f.log || !v.Disagrees() {
					continue
				}
				f.at(f.goalSpan(g), "%q is ticked as reached, but %s was %s on %s", g.Text, v.Target.V.Metric, logparse.FormatNumber(v.Reading.Median), v.Reading.To).
					todo("the tick counts; if it or the figure is wrong, correct it")
			}
		}
	},
}

// goalSpan is where a session's log speaks of a goal.
func (f *finder) goalSpan(g *plan.Goal) logparse.Span {
	for _, goal := range slices.Concat(f.log.FollowThrough, f.log.ShortTerm, f.log.MidTerm) {
		if g.Is(goal.Item) {
			return goal.TextSpan
		}
	}
	return f.section(logparse.FollowUp, logparse.ShortTerm)
}
