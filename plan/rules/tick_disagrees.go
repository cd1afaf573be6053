package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var tickDisagrees = &Rule{
	ID: "tick-disagrees", Title: "A goal's tick and its metric say the same",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{36, 72},
	Why:  "A tick states what the two people saw, and it stands. Where the figure says otherwise, one of the two is worth another look.",
	Bad:  "metrics: {aht: 405}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "metrics: {aht: 388}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	log: func(f *finder, log *plan.Log) {
		for _, g := range log.Person.Goals {
			for _, v := range g.Verdicts {
				if v.Log != log || !v.Disagrees() {
					continue
				}
				f.at(log.Doc, goalSpan(log, g), fmt.Sprintf("%q is ticked as reached, and %s was %s on %s", g.Text, v.Target.V.Metric, logparse.FormatNumber(v.Value.Value), v.Value.Date),
					"the tick stands; correct it or the figure if one of them is wrong")
			}
		}
	},
}

// goalSpan is where a session's log speaks of a goal.
func goalSpan(log *plan.Log, g *plan.Goal) logparse.Span {
	for _, goals := range [][]*logparse.Goal{log.FollowThrough, log.ShortTerm, log.MidTerm} {
		for _, goal := range goals {
			if g.Is(goal.Item) {
				return goal.TextSpan
			}
		}
	}
	return section(log, logparse.FollowUp, logparse.ShortTerm)
}
