package plan

import (
	"cmp"
	"slices"
	"sort"

	"github.com/coachlog/coachlog/logparse"
)

// An Outstanding says how things stand with an action that somebody agreed and that
// nobody has said enough of.
type Outstanding string

// How things stand, the most pressing first.
const (
	Overdue   Outstanding = "overdue"   // its day has passed
	NotNoted  Outstanding = "not noted" // a session was due to talk about it, and didn't: for its coach
	BlockedOn Outstanding = "blocked"   // it waits for somebody
	LeftOver  Outstanding = "unsettled" // partly or not done, and nothing else is agreed
	DueNext   Outstanding = "due next"  // at the next session
	DueLater  Outstanding = "due later" // not before a day after the next session
)

// Outstandings lists them, in the order in which they are told.
var Outstandings = []Outstanding{Overdue, NotNoted, BlockedOn, LeftOver, DueNext, DueLater}

// An Unfulfilled action is one that was agreed and that stays on the list until somebody
// says what became of it, as seen on one day.
type Unfulfilled struct {
	*Agreement
	Person   *Person
	Stands   Outstanding
	By       logparse.Date // when it is to be done: its date, else the next session's; zero where neither is known
	Days     int           // since it was agreed
	Sessions int           // held since it was agreed; a talk is none
}

// Unfulfilled lists a person's actions that aren't settled, the most pressing first, then
// by date. All but those that are due later are what a session on the day of the next one
// asks about.
func (p *Person) Unfulfilled(today, next logparse.Date) []Unfulfilled {
	sessions := p.Sessions()
	agreed := p.Facts().nextDate()
	if agreed.Before(today) {
		agreed = logparse.Date{} // that session didn't take place, or nobody wrote so
	}
	var out []Unfulfilled
	for _, a := range p.Agreements {
		if !a.asks() {
			continue
		}
		u := Unfulfilled{Agreement: a, Person: p, By: agreed, Days: a.Agreed.Date.DaysUntil(today)}
		u.Sessions = len(sessions) - sort.Search(len(sessions), func(i int) bool { return a.Agreed.Before(sessions[i]) })
		if a.dated {
			u.By = a.Due
		}
		u.Stands = a.stands(today, next)
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(x, y Unfulfilled) int {
		return cmp.Or(cmp.Compare(slices.Index(Outstandings, x.Stands), slices.Index(Outstandings, y.Stands)),
			compareBool(x.By.IsZero(), y.By.IsZero()), x.By.Compare(y.By), cmp.Compare(y.Days, x.Days))
	})
	return out
}

// asks says whether anybody still has to say what became of an action. What is ticked is
// done once a session has it in its Follow-through.
func (a *Agreement) asks() bool {
	switch {
	case !a.Live() || a.after != nil:
		return false
	case a.Closed() && !a.goesOn():
		return a.Unsettled()
	}
	return a.Progress != logparse.Done
}

// Asked lists the actions that a session held on a day asks about, in the order in which
// they were agreed: what is due by then, ticked or not, and what isn't settled.
func (p *Person) Asked(day logparse.Date) []*Agreement {
	return slices.DeleteFunc(slices.Clone(p.Agreements), func(a *Agreement) bool {
		return !a.Live() || a.after != nil || !a.DueOn(day) && !a.Unsettled()
	})
}

func (a *Agreement) stands(today, next logparse.Date) Outstanding {
	switch {
	case a.Result == Blocked && a.Unsettled():
		return BlockedOn
	case a.Unsettled():
		return LeftOver
	case !a.Closed() && a.Untold != nil:
		return NotNoted
	case !a.DueOn(next):
		return DueLater
	case a.dated && a.Every == "" && a.Due.Before(today):
		return Overdue
	}
	return DueNext
}

// An OpenGoal is a running goal of which the sessions have left something open.
type OpenGoal struct {
	*Goal
	Mentioned logparse.Date // when a log last spoke of it
	Forgotten bool          // neither Follow-through nor plan of the last session speaks of it (method 61)
}

// OpenGoals are the running goals whose date has come by today without a word, and those
// that the last session doesn't mention.
func (p *Person) OpenGoals(today logparse.Date) []OpenGoal {
	var open []OpenGoal
	last := p.LastSession()
	for _, g := range p.Goals {
		if !g.Running() {
			continue
		}
		said := g.lastSaid()
		of := OpenGoal{Goal: g, Mentioned: said.Date, Forgotten: last != nil && said.Before(last)}
		if of.Forgotten || g.Waits != nil || g.Horizon == ShortTerm && g.hasCome(today) {
			open = append(open, of)
		}
	}
	return open
}

// lastSaid is the last log that speaks of the goal or of one of its actions.
func (g *Goal) lastSaid() *Log {
	last := g.Said[len(g.Said)-1].Log
	for _, a := range g.Agreements {
		for _, m := range a.Said {
			if last.Before(m.Log) {
				last = m.Log
			}
		}
	}
	return last
}

// OwedPlans are the verdicts of plans that fell short and that nobody has answered with
// new actions yet, by the date of the verdict (method 80).
func (p *Person) OwedPlans() []*Verdict {
	return p.verdictsThat((*Verdict).Owed)
}

// OwedSupport are the verdicts beside which support was missing, of goals that live.
func (p *Person) OwedSupport() []*Verdict {
	return p.verdictsThat(func(v *Verdict) bool {
		return v.Support && v.Goal.ended == nil && v == v.Goal.Verdicts[len(v.Goal.Verdicts)-1]
	})
}

func (p *Person) verdictsThat(holds func(*Verdict) bool) []*Verdict {
	var all []*Verdict
	for _, g := range p.Goals {
		for _, v := range g.Verdicts {
			if holds(v) {
				all = append(all, v)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y *Verdict) int { return x.Log.Date.Compare(y.Log.Date) })
	return all
}
