package rules

import (
	"github.com/coachlog/coachlog/logparse"
)

var actionLeft = &Rule{
	ID: "action-left", Title: "No action is silently dropped",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{61},
	Why:  "An action that wasn't done can be carried on, agreed again or dropped; each is fine. If nobody says which, agreements wear away.",
	Bad:  "- [ ] Walk the resolution checklist ^checklist\n\n(not done, and nowhere in the new plan, while its goal goes on)",
	Good: "- [>] Walk the resolution checklist ^checklist",
	find: func(f *finder) {
		for _, a := range resultsDue(f.log) {
			if a.AccountItem == nil || !a.Goal.Running() || !a.Unsettled() {
				continue
			}
			f.at(a.AccountItem.TextSpan, "%s isn't done, and the log doesn't say what happens to it now", nameOf(a)).
				todo("carry it on with [>], agree it again under its goal, or drop it by agreement with [-]")
		}
	},
}
