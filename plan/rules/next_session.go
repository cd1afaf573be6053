package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var nextSession = &Rule{
	ID: "next-session", Title: "A session ends with a day for the next one",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13, 19}, NeedsLogbook: true,
	Why:  "A day that both wrote down stays free, gets into their calendars and gives the actions a date. Without one, the next session waits for a quiet week.",
	Bad:  "status: held\nnext:",
	Good: "status: held\nnext: 2026-07-13",
	find: func(f *finder) {
		s := f.ScheduleOf(f.person.Facts(), f.today)
		if s.Last == nil || s.Next != nil || s.Standing == plan.CadenceLapsed || len(f.talksInstead(s)) > 1 { // cadence-lapsed says that
			return
		}
		for _, log := range f.person.Logs {
			if log.Status.V != logparse.Planned {
				f.turnTo(log) // the last one, perhaps missed or cancelled, is where a new day would stand
			}
		}
		f.at(f.title(), "there is no day for the next session with %s, so it waits for a quiet week", f.person.Name).
			todo("write `next: DATE` here, or plan it: coachlog new session %s", f.person.ID)
	},
}
