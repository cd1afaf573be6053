package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var coachKind = &Rule{
	ID: "coach-kind", Title: "A session of coaching the coach is about somebody who coaches",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{43}, NeedsLogbook: true,
	Why:  "Such sessions are counted where it is asked whether coaches are coached. One whose coachee coaches nobody is a regular session.",
	Bad:  "kind: coach\ncoachee: rep1     # who coaches nobody",
	Good: "kind: coach\ncoachee: josh",
	log: func(f *finder, log *plan.Log) {
		if log.Kind.V == "coach" && len(coachedBy(f.Roster, log.Person.ID)) == 0 {
			f.at(log.Doc, log.Kind.Span, fmt.Sprintf("%s coaches nobody in this logbook", log.Person.ID), "take the kind away, or name "+log.Person.ID+" as `coach:` in a plan")
			if n := len(f.findings); n > 0 {
				f.findings[n-1].UnlessCoach = log.Person.ID
			}
		}
	},
}
