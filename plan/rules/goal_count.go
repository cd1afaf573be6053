package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalCount = &Rule{
	ID: "goal-count", Title: "One or two short-term goals in a session",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{77},
	Why:  "People change one or two things in a week. A third goal takes its time from the first.",
	Bad:  "## Short-term goals\n\n(three goals)",
	Good: "## Short-term goals\n\n(one or two goals)",
	log: func(f *finder, log *plan.Log) {
		if n := len(shortTerm(log)); n > 2 {
			f.at(log.Doc, section(log, logparse.ShortTerm, logparse.FollowUp), fmt.Sprintf("%d short-term goals are running, those carried on included", n),
				"keep one or two, and drop or delay the others by agreement")
		}
		if n := len(shortTerm(log)); n == 0 && len(log.MidTerm) > 0 {
			f.at(log.Doc, section(log, logparse.ShortTerm), "no short-term goal is running", "agree one for the time until the next session, or carry one on with [>]")
		}
	},
}
