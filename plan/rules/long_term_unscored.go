package rules

import "github.com/coachlog/coachlog/logparse"

var longTermUnscored = &Rule{
	ID: "long-term-unscored", Title: "A long-term goal has no target",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{87},
	Why:  "Long-term goals are the coachee's own, and changing, delaying or dropping one never counts. A metric on one does nothing, but looks as if it did.",
	Bad:  "- [ ] Lead a team ^lead metric:qa>=95",
	Good: "- [ ] Lead a team ^lead",
	find: func(f *finder) {
		for _, goal := range f.log.LongTerm {
			if goal.Item.Target.Set {
				f.at(goal.Item.Target.Span, "the target of %q is ignored: long-term goals are never measured", goal.Item.Text).
					todo("remove the metric, or make it a mid-term goal")
			}
		}
	},
}
