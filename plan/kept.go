package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// CoachOn is the id of who coached somebody on a day: whom the last session's log by then
// names, else the plan's; "" where nothing says.
func (r *Roster) CoachOn(f *Facts, day logparse.Date) string {
	for _, s := range slices.Backward(f.Sessions) {
		if !day.Before(s.Date) && s.inRhythm() && s.Coach != "" {
			return s.Coach
		}
	}
	return r.CoachOf(r.Someone(f.ID))
}

// SessionsKept is how many sessions in the rhythm one coach or, of "", anybody held with
// somebody in a period, over those that the cadence asks for while that coach was theirs:
// as many as its steps fit. More than it asks for don't count.
func (r *Roster) SessionsKept(f *Facts, coach string, period Period) Rate {
	p := r.Someone(f.ID)
	from, to := period.From, period.To
	if p.Plan != nil && p.Plan.Left.Set && p.Plan.Left.V.Before(to) {
		to = p.Plan.Left.V
	}
	held, due := 0, 0
	met := false
	for _, s := range f.Sessions {
		if !s.Held() {
			continue
		}
		if !met && from.Before(s.Date) {
			from = s.Date
		}
		met = true
		if period.Contains(s.Date) && s.inRhythm() && (coach == "" || s.Coach == coach) {
			held++
		}
	}
	for next := stepAfter(from, r.CadenceOf(p)); met && !to.AddDays(1).Before(next); next = stepAfter(next, r.CadenceOf(p)) {
		if coach == "" || r.CoachOn(f, next.AddDays(-1)) == coach {
			due++
		}
	}
	return Rate{Part: min(held, due), Whole: due}
}

// A ForgottenSession was announced for a day of which no log speaks.
type ForgottenSession struct {
	Date  logparse.Date
	Coach string // id, on that day
}

// Forgotten are the sessions that were announced for a day before today, and of which no
// log speaks. None is forgotten where one was held in its place: since it was announced,
// or less than half a step of the cadence after it; or where another day was announced.
func (r *Roster) Forgotten(f *Facts, today logparse.Date) (forgotten []ForgottenSession) {
	half := 0
	if cadence := r.CadenceOf(r.Someone(f.ID)); cadence != "" {
		half = today.DaysUntil(stepAfter(today, cadence))
	}
	for i, announced := range f.Sessions {
		day := announced.Next
		if day.IsZero() || !day.Before(today) || slices.ContainsFunc(forgotten, func(o ForgottenSession) bool { return o.Date == day }) {
			continue
		}
		spoken := slices.ContainsFunc(f.Sessions, func(s SessionFact) bool { return s.Date == day })
		for _, s := range f.Sessions[i+1:] {
			inPlace := s.Held() && s.inRhythm() && 2*day.DaysUntil(s.Date) < half
			spoken = spoken || inPlace || s.Date.Before(day) && !s.Next.IsZero() && s.Next != day
		}
		if !spoken {
			forgotten = append(forgotten, ForgottenSession{day, r.CoachOn(f, day)})
		}
	}
	return forgotten
}
