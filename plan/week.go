package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Week is the accounts that were given in the sessions of one week.
type Week struct {
	Monday logparse.Date
	Commitment
}

// WeekOf is the Monday of a day's week.
func WeekOf(day logparse.Date) logparse.Date {
	return day.AddDays(-(int(day.Time().Weekday()) + 6) % 7)
}

// Weeks counts what became of the actions of those owners whom keep chooses, by the
// week of the account. Weeks without accounts are left out.
func (p *Person) Weeks(period Period, keep func(owner string) bool) []Week {
	var weeks []Week
	for _, a := range p.Agreements {
		if a.Account != nil && period.Contains(a.Account.Date) && keep(a.Owner) {
			var c Commitment
			c.Count(a)
			weeks = addWeek(weeks, Week{WeekOf(a.Account.Date), c})
		}
	}
	return weeks
}

// WeeksOf counts what became of one owner's actions among all people's sessions.
func (b *Logbook) WeeksOf(owner string, period Period) []Week {
	var weeks []Week
	for _, p := range b.People {
		for _, w := range p.Weeks(period, func(o string) bool { return o == owner }) {
			weeks = addWeek(weeks, w)
		}
	}
	return weeks
}

// addWeek adds a week's counts to those of weeks, which stay in order.
func addWeek(weeks []Week, w Week) []Week {
	i, found := slices.BinarySearchFunc(weeks, w.Monday, func(w Week, day logparse.Date) int { return w.Monday.Compare(day) })
	if !found {
		return slices.Insert(weeks, i, w)
	}
	weeks[i].Add(w.Commitment)
	return weeks
}
