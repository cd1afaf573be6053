package rules

import (
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var sessionUnfilled = &Rule{
	ID: "session-unfilled", Title: "A log says whether its session took place",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13},
	Why:  "A planned log promises nothing yet. If it stays planned after its day, nothing that the two said and agreed counts. Nor does it in a log that says missed or cancelled.",
	Bad:  "date: 2026-07-06\nstatus: planned",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		for _, log := range f.person.Logs {
			switch results := resultsIn(log); {
			case log.Held():
			case log.Status.V == logparse.Planned && log.Date.Before(f.today):
				f.turnTo(log)
				f.at(log.Status.Span, "%s has passed, and the log still says planned, so nothing in it counts", on(log.Date)).
					todo("write held and fill it in together, or write missed or cancelled; to move it: coachlog move %s DATE", f.person.ID)
			case log.Status.V != logparse.Planned && results > 0:
				f.turnTo(log)
				f.at(log.Status.Span, "the log says %s and has %s under Follow-through, so nothing in it counts", log.Status.V, sentence.Count(results, "result")).
					todo("write held if the session took place, or take the results over into the next log")
			}
		}
	},
}

// resultsIn counts what a log says of actions that were agreed before.
func resultsIn(log *plan.Log) int {
	found := 0
	for _, goal := range log.FollowThrough {
		for _, action := range goal.Actions {
			if slices.Contains([]logparse.State{logparse.Done, logparse.Partly, logparse.NotDone, logparse.Blocked}, action.State) {
				found++
			}
		}
	}
	return found
}
