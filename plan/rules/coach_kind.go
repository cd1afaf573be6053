package rules

import "github.com/coachlog/coachlog/logparse"

var coachKind = &Rule{
	ID: "coach-kind", Title: "A session of coaching the coach is about somebody who coaches",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{43}, NeedsLogbook: true,
	Why:  "These sessions show whether coaches are coached. If the coachee coaches nobody, it is a regular session.",
	Bad:  "kind: coach\ncoachee: rep1     # who coaches nobody",
	Good: "kind: coach\ncoachee: josh",
	find: func(f *finder) {
		if id := f.log.Person.ID; f.log.Kind.V == "coach" && len(coachedBy(f.Roster, id)) == 0 {
			f.at(f.log.Kind.Span, "%s coaches nobody in this logbook", id).
				todo("remove the kind, or name %s as `coach:` in a plan", id).unlessCoach = id
		}
	},
}
