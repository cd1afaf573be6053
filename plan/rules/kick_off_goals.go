package rules

import "github.com/coachlog/coachlog/logparse"

var kickOffGoals = &Rule{
	ID: "kick-off-goals", Title: "A kick-off sets the goals of its period",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{51, 46},
	Why:  "The kick-off gives the period its direction: what should be different in three or six months, and what both sides will do for it.",
	Bad:  "kind: kick-off     # and nothing under Mid-term goals",
	Good: "kind: kick-off\n\n## Mid-term goals\n\n- [ ] Move to tier 2 ^tier2 due:2026-12-31",
	find: func(f *finder) {
		if f.log.Kind.V == "kick-off" && len(f.log.MidTerm) == 0 {
			f.at(f.section(logparse.MidTerm), "the kick-off sets no goal for the period").
				todo("agree one under `## Mid-term goals`, with an action for each side")
		}
	},
}
