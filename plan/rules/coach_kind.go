package rules

import "github.com/coachlog/coachlog/logparse"

var coachKind = &Rule{
	ID: "coach-kind", Title: "A session of coaching the coach is about somebody who coaches",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{43}, NeedsLogbook: true,
	Why:  "Such sessions are counted where it is asked whether coaches are coached. One whose coachee coaches nobody is a regular session.",
	Bad:  "kind: coach\ncoachee: rep1     # who coaches nobody",
	Good: "kind: coach\ncoachee: josh",
	find: func(f *finder) {
		if id := f.log.Person.ID; f.log.Kind.V == "coach" && len(coachedBy(f.Roster, id)) == 0 {
			f.at(f.log.Kind.Span, "%s coaches nobody in this logbook", id).
				todo("take the kind away, or name %s as `coach:` in a plan", id).unlessCoach = id
		}
	},
}
