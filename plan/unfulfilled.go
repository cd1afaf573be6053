package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An Unfulfilled action is one that was agreed and isn't done yet, as seen on
// one day.
type Unfulfilled struct {
	*Agreement
	Person   *Person
	By       logparse.Date // when it is to be done: its date, else the next session's; zero where neither is known
	Overdue  bool          // By has passed, or its account was due and the action wasn't kept
	Days     int           // since it was agreed
	Sessions int           // held since it was agreed
}

// Unfulfilled lists a person's actions that nobody has fulfilled, overdue
// first, then by date. Besides those whose account is still to come there are
// those that were not kept, or of which no account was given, for as long as
// their goal is running and nobody ticked, dropped or agreed them again.
func (p *Person) Unfulfilled(today logparse.Date) []Unfulfilled {
	held := p.HeldLogs()
	var out []Unfulfilled
	for _, a := range p.Agreements {
		if !a.Goal.Running() && a.Closed() || fulfilled(a) || p.settledLater(a) {
			continue
		}
		u := Unfulfilled{Agreement: a, Person: p, By: a.Due, Days: a.Agreed.Date.DaysUntil(today)}
		u.Sessions = len(held) - 1 - slices.Index(held, a.Agreed)
		if u.By.IsZero() {
			u.By = p.nextDate()
		}
		u.Overdue = a.Closed() || !u.By.IsZero() && u.By.Before(today)
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(x, y Unfulfilled) int {
		return cmp.Or(compareBool(y.Overdue, x.Overdue), compareBool(x.By.IsZero(), y.By.IsZero()), x.By.Compare(y.By), cmp.Compare(y.Days, x.Days))
	})
	return out
}

// fulfilled says whether an action needs nobody's attention any more.
func fulfilled(a *Agreement) bool {
	if a.Result == Open {
		return a.Progress == logparse.Done || a.Progress == logparse.Dropped
	}
	return a.Result == Kept || a.Result == Dropped
}

// settledLater says whether a closed account was taken up again: agreed anew,
// or mentioned in a later account as done or dropped.
func (p *Person) settledLater(a *Agreement) bool {
	if !a.Closed() {
		return false
	}
	later := p.Agreements[slices.Index(p.Agreements, a)+1:]
	if slices.ContainsFunc(later, func(l *Agreement) bool { return l.identity.match(a.identity) != noMatch }) {
		return true
	}
	return slices.ContainsFunc(p.Unexpected, func(m *Mention) bool {
		return (m.Item.State == logparse.Done || m.Item.State == logparse.Dropped) &&
			identityOf(m.Item).match(a.identity) != noMatch && a.Account.Date.Before(m.Log.Date)
	})
}

// nextDate is when the person's next session is meant to be: the first planned
// log after the last held one, else what that one says.
func (p *Person) nextDate() logparse.Date {
	last := p.LastHeld()
	for _, log := range p.Logs {
		if log.Status.V == logparse.Planned && (last == nil || last.Date.Before(log.Date)) {
			return log.Date
		}
	}
	if last == nil {
		return logparse.Date{}
	}
	return last.Next.V
}

// OwedPlans are the verdicts of plans that were wrong and that no session has
// answered with new actions yet, by the date of the verdict (method 80).
func (p *Person) OwedPlans() []*Verdict {
	var owed []*Verdict
	for _, g := range p.Goals {
		for _, v := range g.Verdicts {
			if v.Owed() {
				owed = append(owed, v)
			}
		}
	}
	slices.SortStableFunc(owed, func(x, y *Verdict) int { return x.Log.Date.Compare(y.Log.Date) })
	return owed
}
