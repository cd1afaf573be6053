package rules

import "github.com/coachlog/coachlog/logparse"

var heldInFuture = &Rule{
	ID: "held-in-future", Title: "A held session isn't in the future, nor is a tick",
	Tier: Always, Severity: logparse.Error, looksAt: heldLogs, Requirements: []int{79},
	Why:  "A log that was held tomorrow counts results today. Mostly the year or month is a typo.",
	Bad:  "date: 2062-07-06\nstatus: held",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		if f.today.Before(f.log.Date) {
			f.at(f.log.Status.Span, "the session is marked as held on %s, which is in the future", on(f.log.Date)).todo("write `status: planned`, or correct the date")
		}
		for it := range itemsOf(f.log.FollowThrough, f.log.ShortTerm, f.log.MidTerm) {
			if day := it.Ticked; day.Set && f.today.Before(day.V) {
				f.at(day.Span, "%q says that it was ticked on %s, which is in the future", it.Text, on(day.V)).todo("correct the date")
			}
		}
	},
}
