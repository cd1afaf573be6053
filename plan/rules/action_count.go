package rules

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var actionCount = &Rule{
	ID: "action-count", Title: "One to three actions for each short-term goal",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{78},
	Why:  "More than three things at once for one person is a list, not a plan, and going through it takes the whole session.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht\n  - [ ] (four actions of the coachee's)",
	Good: "- [ ] Bring handle time to 390 s or less ^aht\n  - [ ] (one to three actions of the coachee's)\n  - [ ] (one of the coach's)",
	find: func(f *finder) {
		for goal, g := range f.worked() {
			if g.Horizon != plan.ShortTerm {
				continue
			}
			by := make(map[string]int)
			f.countActions(goal.Item, by)
			for _, owner := range slices.Sorted(maps.Keys(by)) {
				if n := by[owner]; n > 3 {
					f.at(goal.TextSpan, "%s has %d actions for %q, more than a week holds", f.name(owner), n, goal.Text).todo("keep the three that matter most for now")
				}
			}
		}
	},
}

// countActions counts the actions of an item by their owners, without the steps that are
// nested in an action.
func (f *finder) countActions(it *logparse.Item, by map[string]int) {
	for _, child := range it.Items {
		switch {
		case !child.IsTask():
			f.countActions(child, by)
		case child.Text != "" && isAhead(child):
			by[f.ownerOf(child)]++
		}
	}
}

// ownerOf is the id of whose action an item of the log is.
func (f *finder) ownerOf(it *logparse.Item) string {
	if !it.Owner.Set {
		return f.log.Person.ID
	}
	return f.Resolve(it.Owner.V)
}
