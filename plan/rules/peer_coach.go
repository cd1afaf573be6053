package rules

import (
	"cmp"

	"github.com/coachlog/coachlog/logparse"
)

var peerCoach = &Rule{
	ID: "peer-coach", Title: "A peer session is led by a peer",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{12}, NeedsLogbook: true,
	Why:  "Peers can tell each other things that no lead can. The log names the colleague, so that promises are counted for the right people.",
	Bad:  "kind: peer\ncoach: josh     # who is the coach in rep1's plan",
	Good: "kind: peer\ncoach: tom",
	find: func(f *finder) {
		if f.log.Kind.V == "peer" && f.log.Coach == f.CoachOf(f.log.Person) {
			span := cmp.Or(f.log.Session.Coach.Span, f.log.Kind.Span)
			f.at(span, "this is a peer session, but %s is %s's coach", f.log.Coach, f.log.Person.ID).
				todo("write the colleague's id after `coach:`, or another `kind:`")
		}
	},
}
