package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var goalCount = &Rule{
	ID: "goal-count", Title: "One or two short-term goals in a session",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{77},
	Why:  "People change one or two things in a week. A third goal takes its time from the first.",
	Bad:  "## Short-term goals\n\n(three goals)",
	Good: "## Short-term goals\n\n(one or two goals)",
	find: func(f *finder) {
		if n := len(running(f.log.Person, plan.ShortTerm)); n > 2 {
			f.at(f.section(logparse.ShortTerm, logparse.FollowUp), "%s has %d short-term goals at once, and each takes time from the others", f.name(f.log.Person.ID), n).
				todo("keep one or two; end the others with [x] or [-], or move them to Mid-term goals")
		}
	},
}
