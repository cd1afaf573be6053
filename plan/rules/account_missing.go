package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var accountMissing = &Rule{
	ID: "account-missing", Title: "Every action due gets a result in the next session",
	Tier: Always, Severity: logparse.Error, looksAt: heldLogs, Requirements: []int{79},
	Why:  "Coaching fails on follow-through. If nobody mentions an action again, both people learn that agreements don't matter. Asking is the coach's job.",
	Bad:  "## Follow-through\n\n(nothing about `^greet`, which was agreed last week)",
	Good: "## Follow-through\n\n- [ ] Bring handle time to 390 s or less ^aht\n  - [/] Open every call with the standard greeting ^greet",
	find: func(f *finder) {
		for _, a := range resultsDue(f.log) {
			if a.AskedAt == f.log {
				continue
			}
			ticked := ""
			if a.Result == plan.Done {
				ticked = " and ticked since"
			}
			f.at(f.section(logparse.FollowUp), "nobody noted what came of %s, agreed on %s%s", nameOf(a), a.Agreed.Date, ticked).
				todo("write it under Follow-through with [x], [/], [ ], [-] dropped by agreement or [>] carried on")
		}
	},
}

// resultsDue are the actions that a session asks about.
func resultsDue(log *plan.Log) (due []*plan.Agreement) {
	for _, a := range log.Person.Agreements {
		if a.DueAt == log {
			due = append(due, a)
		}
	}
	return due
}

// nameOf is how a message names an action: its id, and its text.
func nameOf(a *plan.Agreement) string {
	if a.ID != "" {
		return fmt.Sprintf("^%s (%s)", a.ID, a.Text)
	}
	return fmt.Sprintf("%q", a.Text)
}
