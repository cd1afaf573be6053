package rules

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var cadenceLapsed = &Rule{
	ID: "cadence-lapsed", Title: "Sessions go on at the agreed cadence",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{13, 15, 69, 76}, NeedsLogbook: true,
	Why:  "Coaching mostly ends because nobody books the next session, and a talk in between makes nothing due. Starting again is the coach's job; the coachee did nothing wrong.",
	Bad:  "date: 2026-07-06\nstatus: held\nnext:\n\n(cadence: weekly, and no session since)",
	Good: "date: 2026-07-06\nstatus: held\nnext: 2026-08-03   # after the holidays",
	find: func(f *finder) {
		name, s := f.person.Name, f.ScheduleOf(f.person.Facts(), f.today)
		talks := f.talksInstead(s)
		book := "book one: coachlog new session " + f.person.ID + " --date DATE"
		switch {
		case s.Next != nil && !s.Next.Date.Before(f.today): // booked
		case s.Standing == plan.CadenceLapsed:
			f.turnTo(f.person.LastHeld())
			f.at(f.title(), "no session with %s for %s (cadence: %s)", name, sentence.Count(s.Last.Date.DaysUntil(f.today), "day"), s.Cadence).todo("%s", book)
		case s.Last == nil && s.Next == nil:
			f.neverMet(book)
		case len(talks) > 1:
			f.turnTo(talks[len(talks)-1])
			f.at(f.title(), "%s with %s since the session of %s, and no session", sentence.Count(len(talks), "talk"), name, on(f.last.Date)).
				todo("talks make nothing due, so %s", book)
		}
	},
}

// talksInstead are the talks since the last session, where the next one was due before today.
func (f *finder) talksInstead(s plan.Scheduled) []*plan.Log {
	if f.last == nil || s.Due.IsZero() || !s.Due.Before(f.today) {
		return nil
	}
	return slices.DeleteFunc(f.person.CountedLogs(), func(l *plan.Log) bool { return !l.IsTalk() || l.Before(f.last) })
}

// neverMet notes that there was no session yet with somebody who has a coach: unless the
// plan, or the logbook, began only a few weeks ago.
func (f *finder) neverMet(book string) {
	dp := cmp.Or(f.person.Plan, &logparse.DevelopmentPlan{})
	since := dp.Focus.V.From
	if since.IsZero() && len(dp.Agreed) > 0 {
		since = dp.Agreed[0].Date
	}
	if !since.IsZero() && since.DaysUntil(f.today) < growingDays {
		return
	}
	span := logparse.Span{}
	switch {
	case f.person.Plan != nil:
		span = f.title()
	case f.person.Settings != nil:
		span = f.person.Settings.Span
	}
	f.at(span, "no session with %s yet, and none is planned", f.person.Name).todo("%s", book).unlessYoung = since.IsZero()
}
