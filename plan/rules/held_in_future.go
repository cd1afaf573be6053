package rules

import "github.com/coachlog/coachlog/logparse"

var heldInFuture = &Rule{
	ID: "held-in-future", Title: "A held session isn't in the future",
	Tier: Always, Severity: logparse.Error, looksAt: heldLogs, Requirements: []int{79},
	Why:  "A log that was held tomorrow counts results today. Mostly the year or month is a typo.",
	Bad:  "date: 2062-07-06\nstatus: held",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		if f.today.Before(f.log.Date) {
			f.at(f.log.Status.Span, "the session is marked as held on %s, which is in the future", on(f.log.Date)).todo("write `status: planned`, or correct the date")
		}
	},
}
