package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalCount = &Rule{
	ID: "goal-count", Title: "One or two short-term goals in a session",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{77},
	Why:  "People change one or two things in a week. A third goal takes its time from the first.",
	Bad:  "## Short-term goals\n\n(three goals)",
	Good: "## Short-term goals\n\n(one or two goals)",
	find: func(f *finder) {
		switch n := len(runningGoals(f.log, plan.ShortTerm)); {
		case n > 2:
			f.at(f.section(logparse.ShortTerm, logparse.FollowUp), "%d short-term goals are running, including those carried on", n).
				todo("keep one or two, and agree to drop or postpone the rest")
		case n == 0 && len(f.log.MidTerm) > 0:
			f.at(f.section(logparse.ShortTerm), "no short-term goal is running").
				todo("agree one until the next session, or carry one on with [>]")
		}
	},
}
