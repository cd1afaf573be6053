package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var accountMissing = &Rule{
	ID: "account-missing", Title: "Every action due gets a result in the next session",
	Tier: Always, Severity: logparse.Error, looksAt: heldLogs, Requirements: []int{79},
	Why:  "Coaching fails on follow-through. An action that nobody speaks of again teaches both people that agreements don't matter, and it is the coach who leads the account.",
	Bad:  "## Follow-through\n\n(nothing about `^greet`, which was agreed last week)",
	Good: "## Follow-through\n\n- [ ] Bring handle time to 390 s or less ^aht\n  - [/] Open every call with the standard greeting ^greet",
	find: func(f *finder) {
		for _, a := range f.log.Person.Agreements {
			if a.Account != f.log || !a.FollowUpMiss {
				continue
			}
			message := fmt.Sprintf("nothing is said of %s, agreed on %s", nameOf(a), a.Agreed.Date)
			if a.Result == plan.Kept {
				message += " and ticked since"
			}
			f.at(f.section(logparse.FollowUp), "%s", message).
				todo("write it under Follow-through with [x], [/], [ ], [-] dropped by agreement or [>] carried on")
		}
	},
}

// nameOf is how a message names an action: its id, and its text.
func nameOf(a *plan.Agreement) string {
	if a.ID != "" {
		return fmt.Sprintf("^%s (%s)", a.ID, a.Text)
	}
	return fmt.Sprintf("%q", a.Text)
}
