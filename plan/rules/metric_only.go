package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var metricOnly = &Rule{
	ID: "metric-only", Title: "A metric is never the only goal",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{70},
	Why:  "A number moves for many reasons. Beside it there should be something that the person wants to be able to do.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n\n(and no other goal)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n- [ ] Close each call with a summary ^close due:2026-07-31",
	log: func(f *finder, log *plan.Log) {
		measured, milestones := 0, len(log.LongTerm)
		for _, g := range log.Person.Goals {
			for _, s := range g.Stated {
				if s.Log != log || s.Goal.State == logparse.Dropped {
					continue
				}
				if g.Target.Set {
					measured++
				} else {
					milestones++
				}
			}
		}
		if measured > 0 && milestones == 0 {
			f.at(log.Doc, section(log, logparse.ShortTerm, logparse.MidTerm), "every goal of this session is a metric", "add a milestone: something to be able to do")
		}
	},
}
