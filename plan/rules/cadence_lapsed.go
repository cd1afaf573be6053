package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var cadenceLapsed = &Rule{
	ID: "cadence-lapsed", Title: "Sessions go on at the agreed cadence",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13, 69, 76}, NeedsLogbook: true,
	Why:  "Coaching mostly ends because nobody books the next session. After two missed turns and with nothing booked, it is the coach's job to start again; the coachee did nothing wrong.",
	Bad:  "date: 2026-07-06\nstatus: held\nnext:\n\n(cadence: weekly, and no session since)",
	Good: "date: 2026-07-06\nstatus: held\nnext: 2026-08-03   # after the holidays",
	find: func(f *finder) {
		s := f.ScheduleOf(f.person.Facts(), f.today)
		if s.Standing != plan.CadenceLapsed {
			return
		}
		f.turnTo(f.person.LastHeld())
		f.at(f.title(), "no session with %s for %d days (agreed: %s), and none is booked",
			f.person.ID, s.Last.Date.DaysUntil(f.today), s.Cadence).
			todo("book one: write `next: DATE` here, or plan it with coachlog new session %s --date DATE", f.person.ID)
	},
}
