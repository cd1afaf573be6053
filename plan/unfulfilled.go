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
// their goal is running and nobody took them up: by a verdict, by agreeing them
// or others again, by ticking or dropping them.
func (p *Person) Unfulfilled(today logparse.Date) []Unfulfilled {
	held := p.HeldLogs()
	var out []Unfulfilled
	for _, a := range p.Agreements {
		if fulfilled(a) || a.Closed() && (!a.Goal.Running() || a.TakenUp()) {
			continue
		}
		u := Unfulfilled{Agreement: a, Person: p, By: a.Due, Days: a.Agreed.Date.DaysUntil(today)}
		u.Sessions = len(held) - 1 - slices.Index(held, a.Agreed)
		if u.By.IsZero() {
			u.By = p.Facts().nextDate()
		}
		// An account that nobody asked for is the coach's, and never the owner's delay.
		u.Overdue = a.Result != NoAccount && (a.Closed() || !u.By.IsZero() && u.By.Before(today))
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

// TakenUp says whether somebody dealt with an action that was not kept, or of
// which no account was given: a verdict counted it, its goal has got new actions
// since, or a later session says that it is done or dropped (method 61).
func (a *Agreement) TakenUp() bool {
	if a.Late != nil && (a.Late.Item.State == logparse.Done || a.Late.Item.State == logparse.Dropped) {
		return true
	}
	for _, v := range a.Goal.Verdicts {
		if slices.Contains(v.Set, a) && v.Outcome != NoVerdict {
			return true
		}
	}
	for _, other := range a.Goal.Agreements {
		since := other != a && !other.Agreed.Before(a.Account)
		if since && (a.Result != NoAccount || other.identity.match(a.identity) != noMatch) {
			return true
		}
	}
	return false
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
