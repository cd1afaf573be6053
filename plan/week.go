package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Week is the results of the sessions of one week.
type Week struct {
	Monday logparse.Date
	Commitment
}

// weekOf is the Monday of a day's week.
func weekOf(day logparse.Date) logparse.Date {
	return day.AddDays(-(int(day.Time().Weekday()) + 6) % 7)
}

// Weeks counts what became of an owner's actions, by the week of the account. Weeks
// without accounts are left out.
func (f *Facts) Weeks(owner string, period Period) []Week {
	var weeks []Week
	for _, a := range f.Agreements {
		if a.Owner() == owner && f.AccountIn(a, period) {
			var c Commitment
			c.Count(a.Result)
			weeks = AddWeek(weeks, Week{weekOf(f.Sessions[a.Account].Date), c})
		}
	}
	return weeks
}

// AddWeek adds a week's counts to those of weeks, which stay in order.
func AddWeek(weeks []Week, w Week) []Week {
	i, found := slices.BinarySearchFunc(weeks, w.Monday, func(w Week, day logparse.Date) int { return w.Monday.Compare(day) })
	if !found {
		return slices.Insert(weeks, i, w)
	}
	weeks[i].Add(w.Commitment)
	return weeks
}
