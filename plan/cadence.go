package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A cadence says when sessions are due: how far apart they are, and on which days there is
// none, since one of the two is on leave.
type cadence struct {
	step string // of logparse.Cadences; "" is weekly
	away []logparse.DateRange
}

// cadenceOf is the cadence of a person's sessions, with their leave and that of their coach on
// a day.
func (r *Roster) cadenceOf(f *Facts, day logparse.Date) cadence {
	p := r.Someone(f.ID)
	c := cadence{step: r.CadenceOf(p)}
	for _, side := range []*Person{p, r.Someone(r.CoachOn(f, day))} {
		plan, _ := side.said()
		for _, away := range plan.Away {
			c.away = append(c.away, away.V)
		}
	}
	return c
}

// after is n steps after a day (method 76). Leave stretches it: the days on which somebody is
// away don't count.
func (c cadence) after(from logparse.Date, n int) logparse.Date {
	to := from
	switch c.step {
	case "fortnightly":
		to = from.AddDays(14 * n)
	case "monthly":
		to = from.AddMonths(n)
	default:
		to = from.AddDays(7 * n)
	}
	for day := from.AddDays(1); len(c.away) > 0 && !to.Before(day); day = day.AddDays(1) {
		if c.isAway(day) {
			to = to.AddDays(1)
		}
	}
	return to
}

func (c cadence) isAway(day logparse.Date) bool {
	return slices.ContainsFunc(c.away, func(r logparse.DateRange) bool { return !day.Before(r.From) && !r.To.Before(day) })
}

// Forgotten are the days before today that were agreed for a session, that no log
// mentions, and that no other session replaced: one held before that day since it was agreed,
// or less than half a step of the cadence after it. A day agreed later in its place takes
// it back.
func (r *Roster) Forgotten(f *Facts, today logparse.Date) []logparse.Date {
	var days []logparse.Date
	for i, s := range f.Sessions {
		day := s.Next
		if day.IsZero() || !day.Before(today) || slices.Contains(days, day) || s.Status == logparse.Planned || !s.inRhythm() {
			continue
		}
		if slices.ContainsFunc(f.Sessions, func(l SessionFact) bool { return l.Date == day && l.inRhythm() }) {
			continue // as nearly always
		}
		c := r.cadenceOf(f, day)
		step := day.DaysUntil(c.after(day, 1))
		replaced := false
		for _, l := range f.Sessions[i+1:] {
			soon := 2*day.DaysUntil(l.Date) < step
			replaced = replaced || l.Held() && !l.Adopted && l.inRhythm() && soon || !day.Before(l.Date) && l.inRhythm() && l.Status != logparse.Planned && !l.Next.IsZero() && l.Next != day
		}
		if !replaced && !c.isAway(day) {
			days = append(days, day)
		}
	}
	return days
}
