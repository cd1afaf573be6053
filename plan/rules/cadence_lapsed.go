package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var cadenceLapsed = &Rule{
	ID: "cadence-lapsed", Title: "Sessions go on at the agreed cadence",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13, 69, 76}, NeedsLogbook: true,
	Why:  "Coaching mostly ends because nobody agrees the next day. Two steps of the cadence without a session, of whatever kind, and none to come: that is the coach's to pick up again, and nothing that the coachee left undone.",
	Bad:  "date: 2026-07-06\nstatus: held\nnext:\n\n(cadence: weekly, and no session since)",
	Good: "date: 2026-07-06\nstatus: held\nnext: 2026-08-03   # after the holidays",
	find: func(f *finder) {
		s := f.ScheduleOf(f.person.Facts(), f.today)
		if s.Standing != plan.CadenceLapsed {
			return
		}
		f.turnTo(f.person.LastHeld())
		f.at(f.title(), "this is the last session held with %s, %d days ago; the cadence is %s, and no day to come is agreed",
			f.person.ID, s.Last.Date.DaysUntil(f.today), s.Cadence).
			todo("agree a day and write `next: DATE` here, or plan it: coachlog new session %s --date DATE", f.person.ID)
	},
}
