package rules

import "github.com/coachlog/coachlog/logparse"

var goalActions = &Rule{
	ID: "goal-actions", Title: "Each goal has actions that say how",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{21, 72},
	Why:  "A goal alone is a wish. Actions are what people can do and talk about next time.",
	Bad:  "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31",
	Good: "- [ ] Bring handle time to 390 s or less ^aht metric:aht<=390 due:2026-07-31\n  - [ ] Keep the checklist open on the second screen ^checklist2",
	find: func(f *finder) {
		for goal, g := range f.worked() {
			if len(goal.Actions) == 0 && len(live(g)) == 0 {
				f.at(goal.TextSpan, "%q has no action now, so nobody can do anything for it", goal.Text).todo("nest one to three below it: `  - [ ] ...`")
			}
		}
	},
}
