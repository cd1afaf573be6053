package rules

import "github.com/coachlog/coachlog/logparse"

var sessionUnfilled = &Rule{
	ID: "session-unfilled", Title: "A log says whether its session took place",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13},
	Why:  "A planned log promises nothing yet. If it stays planned after its day, nothing that the two said and agreed counts.",
	Bad:  "date: 2026-07-06\nstatus: planned",
	Good: "date: 2026-07-06\nstatus: held",
	find: func(f *finder) {
		for _, log := range f.person.Logs {
			if log.Status.V == logparse.Planned && log.Date.Before(f.today) {
				f.turnTo(log)
				f.at(log.Status.Span, "%s has passed, and the log still says planned, so nothing in it counts", on(log.Date)).
					todo("write held and fill it in together, or write missed or cancelled; to move it: coachlog move %s DATE", f.person.ID)
			}
		}
	},
}
