package plan

import (
	"github.com/coachlog/coachlog/logparse"
)

// SessionsKept is how many sessions in the rhythm took place with somebody in a period, over
// those that the cadence asks for in the part of it in which they were coached: as many as
// its steps fit. More than it asks for don't count. Of one coach it is what fell into their
// days; of "" everybody's.
func (r *Roster) SessionsKept(f *Facts, coach string, period Period) Rate {
	theirs := func(day logparse.Date) bool { return coach == "" || r.CoachOn(f, day) == coach }
	p := r.Someone(f.ID)
	from, to := period.From, period.To
	if p.Plan != nil && p.Plan.Left.Set && p.Plan.Left.V.Before(to) {
		to = p.Plan.Left.V
	}
	held, due, met := 0, 0, false
	for _, s := range f.Sessions {
		if !s.Held() {
			continue
		}
		if !met && from.Before(s.Date) {
			from = s.Date
		}
		met = true
		if period.Contains(s.Date) && s.inRhythm() && theirs(s.Date) {
			held++
		}
	}
	for met {
		from = r.cadenceOf(f, from).after(from, 1)
		if to.AddDays(1).Before(from) {
			break
		}
		if theirs(from) {
			due++
		}
	}
	return Rate{Part: min(held, due), Whole: due}
}
