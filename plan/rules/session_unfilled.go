package rules

import "github.com/coachlog/coachlog/logparse"

var sessionUnfilled = &Rule{
	ID: "session-unfilled", Title: "A log says what became of its session",
	Tier: Method, Severity: logparse.Warning, looksAt: anyLogs, Requirements: []int{13},
	Why:  "A planned log promises nothing yet. Left as it is after its day, what the two said of the last actions, and what they agreed anew, counts nowhere.",
	Bad:  "date: 2026-07-06\nstatus: planned",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		if f.log.Status.V == logparse.Planned && f.log.Date.Before(f.today) {
			f.at(f.log.Status.Span, "the day of this session, %s, has passed, and its log still says planned", f.log.Date).
				todo("write `status: held` and fill it in together, or write missed or cancelled; for another day, change the date and the file's name")
		}
	},
}
