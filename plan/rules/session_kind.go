package rules

import (
	"cmp"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var sessionKind = &Rule{
	ID: "session-kind", Title: "A log says what kind of session it was",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{12, 31, 32}, NeedsLogbook: true,
	Why:  "Sessions make actions due, and talks come on top of them. The kind also says whether a peer led.",
	Bad:  "date: 2026-07-08     # two days after a session, with `next: 2026-07-13` in it\nstatus: held",
	Good: "date: 2026-07-08\nstatus: held\nkind: ad-hoc     # or requested, if the coachee asked for it",
	find: func(f *finder) {
		id, kind := f.log.Person.ID, f.log.Kind
		before := f.sessionBefore()
		switch {
		case kind.V == "peer" && f.log.Coach == f.CoachOn(f.log.Person.Facts(), f.log.Date):
			f.at(cmp.Or(f.log.Session.Coach.Span, kind.Span), "this is a peer session, but %s is %s's coach", f.name(f.log.Coach), f.name(id)).
				todo("write the colleague's id after `coach:`, or another `kind:`")
		case kind.V != "" || before == nil:
		case before.Next.Set && f.log.Date.Before(before.Next.V):
			f.at(f.title(), "nobody had planned this day: the next session was agreed for %s", on(before.Next.V)).todo("%s", whichKind)
		case !before.Next.Set && 2*before.Date.DaysUntil(f.log.Date) < stepDays[f.CadenceOf(f.log.Person)]:
			f.at(f.title(), "this was %s after the last session (cadence: %s)", sentence.Count(before.Date.DaysUntil(f.log.Date), "day"), f.CadenceOf(f.log.Person)).todo("%s", whichKind)
		}
	},
}

const whichKind = "if it was a talk on top, write `kind: ad-hoc`, or requested if the coachee asked for it; if the session was moved, `kind: regular`"

// stepDays are the days of a cadence's step, more or less.
var stepDays = map[string]int{"weekly": 7, "fortnightly": 14, "monthly": 30}

// sessionBefore is the session before the log, or nil.
func (f *finder) sessionBefore() (before *plan.Log) {
	for _, log := range f.log.Person.Sessions() {
		if log.Before(f.log) {
			before = log
		}
	}
	return before
}
