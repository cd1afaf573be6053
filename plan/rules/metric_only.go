package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var metricOnly = &Rule{
	ID: "metric-only", Title: "A metric is never the only goal",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{70},
	Why:  "A number moves for many reasons. Add something that the person wants to be able to do.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n\n(and no other goal)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n- [ ] Close each call with a summary ^close due:2026-07-31",
	find: func(f *finder) {
		all := running(f.log.Person, plan.ShortTerm, plan.MidTerm)
		if len(all) > 0 && !slices.ContainsFunc(all, func(g *plan.Goal) bool { return !g.Target.Set }) {
			f.at(f.section(logparse.ShortTerm, logparse.MidTerm), "every goal that %s has is a metric, and a number moves for many reasons", f.name(f.log.Person.ID)).todo("add a milestone: something to be able to do")
		}
	},
}
