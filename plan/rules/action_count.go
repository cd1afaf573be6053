package rules

import "github.com/coachlog/coachlog/logparse"

var actionCount = &Rule{
	ID: "action-count", Title: "One to three actions for each short-term goal",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{78},
	Why:  "More than three things at once is a list, not a plan, and going through it takes the whole session.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht\n  - [ ] (four actions)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht\n  - [ ] (one to three actions)",
	find: func(f *finder) {
		for _, goal := range f.log.ShortTerm {
			n := countActions(goal.Item)
			if n > 3 && goal.State != logparse.Dropped {
				f.at(goal.TextSpan, "the goal %q has %d actions", goal.Text, n).todo("keep the three that matter most for now")
			}
		}
	},
}

// countActions counts the actions of an item, without the steps that are nested
// in an action.
func countActions(it *logparse.Item) int {
	n := 0
	for _, child := range it.Items {
		switch {
		case !child.IsTask():
			n += countActions(child)
		case child.Text != "" && child.State != logparse.Dropped:
			n++
		}
	}
	return n
}
