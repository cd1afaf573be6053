package rules

import "github.com/coachlog/coachlog/logparse"

var sessionUnfilled = &Rule{
	ID: "session-unfilled", Title: "A log says whether its session took place",
	Tier: Method, Severity: logparse.Warning, looksAt: anyLogs, Requirements: []int{13},
	Why:  "A planned log promises nothing yet. If it stays planned after its day, nothing that the two said and agreed counts.",
	Bad:  "date: 2026-07-06\nstatus: planned",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		if f.log.Status.V == logparse.Planned && f.log.Date.Before(f.today) {
			f.at(f.log.Status.Span, "this session's day, %s, has passed, but the log still says planned", f.log.Date).
				todo("write `status: held` and fill it in together, or write missed or cancelled; if it was moved, change the date and the file's name")
		}
	},
}
