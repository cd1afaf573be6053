package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var metricOnly = &Rule{
	ID: "metric-only", Title: "A metric is never the only goal",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{70},
	Why:  "A number moves for many reasons. Add something that the person wants to be able to do.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n\n(and no other goal)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n- [ ] Close each call with a summary ^close due:2026-07-31",
	find: func(f *finder) {
		isMilestone := func(g *plan.Goal) bool { return !g.Target.Set }
		running := runningGoals(f.log, plan.ShortTerm, plan.MidTerm)
		if len(running) > 0 && len(f.log.LongTerm) == 0 && !slices.ContainsFunc(running, isMilestone) {
			f.at(f.section(logparse.ShortTerm, logparse.MidTerm), "every goal of this session is a metric").todo("add a milestone: something to be able to do")
		}
	},
}
