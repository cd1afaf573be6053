package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var peerCoach = &Rule{
	ID: "peer-coach", Title: "A peer session is led by a peer",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{12}, NeedsLogbook: true,
	Why:  "Peers hear things from each other that no lead can say. The log names the colleague, so that what both promised is counted for the right people.",
	Bad:  "kind: peer\ncoach: josh     # who is the coach in rep1's plan",
	Good: "kind: peer\ncoach: tom",
	log: func(f *finder, log *plan.Log) {
		if log.Kind.V != "peer" {
			return
		}
		if log.Coach == f.CoachOf(log.Person) {
			span := log.Session.Coach.Span
			if span.End == 0 {
				span = log.Kind.Span
			}
			f.at(log.Doc, span, fmt.Sprintf("%s is %s's coach, and this is a peer session", log.Coach, log.Person.ID), "write the colleague's id behind `coach:`, or another `kind:`")
		}
	},
}
