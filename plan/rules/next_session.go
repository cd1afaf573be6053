package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var nextSession = &Rule{
	ID: "next-session", Title: "A session ends with the day of the next",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{13, 19}, NeedsLogbook: true,
	Why:  "A day that both wrote down is kept free, reaches their calendars and gives the actions a date. Without one, the next session waits for a quiet week.",
	Bad:  "status: held\nnext:",
	Good: "status: held\nnext: 2026-07-13",
	person: func(f *finder, p *plan.Person) {
		s := f.ScheduleOf(p.Facts(), f.today)
		if s.Last == nil || s.Next != nil || s.Standing == plan.CadenceLapsed { // cadence-lapsed says that
			return
		}
		last := p.LastHeld()
		for _, log := range p.Logs {
			if log.Status.V != logparse.Planned {
				last = log // one that was missed or cancelled is where a new day would stand
			}
		}
		f.at(last.Doc, title(last), fmt.Sprintf("no day is agreed for the next session with %s", p.ID),
			"write `next: DATE` here, or plan it: coachlog new session "+p.ID)
	},
}
