package rules

import "github.com/coachlog/coachlog/logparse"

var heldInFuture = &Rule{
	ID: "held-in-future", Title: "A session is held on a day that has come",
	Tier: Always, Severity: logparse.Error, looksAt: heldLogs, Requirements: []int{79},
	Why:  "A log held tomorrow takes accounts today. Mostly the year or the month is a slip of the pen.",
	Bad:  "date: 2062-07-06\nstatus: held",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		if f.today.Before(f.log.Date) {
			f.at(f.log.Status.Span, "the session is marked as held on %s, which is still to come", f.log.Date).todo("write `status: planned`, or correct the date")
		}
	},
}
