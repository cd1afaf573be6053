package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var longTermUnscored = &Rule{
	ID: "long-term-unscored", Title: "A long-term goal has no target",
	Tier: Method, Severity: logparse.Info, Requirements: []int{87},
	Why:  "Long-term goals are the coachee's own, and changing, delaying or dropping one never counts for anything. A metric behind one does nothing, and looks as if it did.",
	Bad:  "- [ ] Lead a team ^lead metric:qa>=95",
	Good: "- [ ] Lead a team ^lead",
	log: func(f *finder, log *plan.Log) {
		for _, goal := range log.LongTerm {
			if goal.Item.Target.Set {
				f.at(log.Doc, goal.Item.Target.Span, fmt.Sprintf("the target of %q is not read: long-term goals are never measured", goal.Item.Text),
					"take the metric away, or make it a mid-term goal")
			}
		}
	},
}
