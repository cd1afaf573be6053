package rules

import "github.com/coachlog/coachlog/logparse"

var tickDisagrees = &Rule{
	ID: "tick-disagrees", Title: "A goal's tick and its metric agree",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{36, 72},
	Why:  "For a goal with a metric, the figure counts; a tick says what the two people saw. If they differ, look at both again.",
	Bad:  "metrics: {aht: 405}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	Good: "metrics: {aht: 388}\n\n- [x] Bring handle time to 390 s or less ^aht metric:aht<=390",
	find: func(f *finder) {
		for _, g := range f.log.Person.Goals {
			for _, v := range g.Verdicts {
				if v.Log == f.log && v.Disagrees() && v.Reading != nil {
					f.at(f.goalSpan(g), "%q is ticked as reached, but the median of %s from %s to %s is %s (target %s), and that counts", g.Text,
						v.Target.V.Metric, on(v.Reading.From), on(v.Reading.To), logparse.FormatNumber(v.Reading.Median), v.Target.V).
						todo("if a value is wrong, correct it; else the goal goes on: agree a new date, or close it with [-]")
				}
			}
		}
	},
}
