package plan

import (
	"cmp"
	"slices"

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
	AgreementFact
	Index    int // among the facts' agreements
	Stands   Outstanding
	By       logparse.Date // when it is to be done: its date, else the next session's; zero where neither is known
	Days     int           // since it was agreed
	Sessions int           // held since it was agreed; a talk is none
}

// Unfulfilled lists a person's actions that aren't settled, the most pressing first, then
// by date. All but those that are due later are what a session on the day of the next one
// asks about.
func (f *Facts) Unfulfilled(today, next logparse.Date) []Unfulfilled {
	agreed := f.nextDate()
	if agreed.Before(today) {
		agreed = logparse.Date{} // that session didn't take place, or nobody wrote so
	}
	var out []Unfulfilled
	for i, a := range f.Agreements {
		if a.Asks == nil {
			continue
		}
		u := Unfulfilled{AgreementFact: a, Index: i, By: agreed, Days: f.Sessions[a.Agreed].Date.DaysUntil(today), Sessions: f.sessionsSince(a.Agreed)}
		if a.Asks.Dated {
			u.By = a.Asks.Due
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

// sessionsSince is how many sessions were held after a log; talks and older notes are none.
func (f *Facts) sessionsSince(log int) (n int) {
	for _, s := range f.Sessions[log+1:] {
		if s.isSession() {
			n++
		}
	}
	return n
}

// isSession says whether a log is of a session that was held and gives accounts.
func (s SessionFact) isSession() bool { return s.Held() && !s.Adopted && s.inRhythm() }

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

func (a AgreementFact) stands(today, next logparse.Date) Outstanding {
	switch {
	case a.Result == Blocked && a.Unsettled():
		return BlockedOn
	case a.Unsettled():
		return LeftOver
	case a.Result == Open && a.Asks.Untold != None:
		return NotNoted
	case !window{a.Asks.From, a.Asks.Until}.has(next):
		return DueLater
	case a.Asks.Dated && a.Asks.Once && a.Asks.Due.Before(today):
		return Overdue
	}
	return DueNext
}

// Unsettled says whether the result leaves something to settle that nobody has settled yet.
func (a AgreementFact) Unsettled() bool { return a.Result.leaves() && a.Settled == None }

// An OpenGoal is a running goal of which the sessions have left something open.
type OpenGoal struct {
	GoalFact
	Index     int           // among the facts' goals
	Mentioned logparse.Date // when a log last spoke of it
	Forgotten bool          // neither Follow-through nor plan of the last session speaks of it (method 61)
}

// OpenGoals are the running goals whose date has come by today without a word, and those
// that the last session doesn't mention.
func (f *Facts) OpenGoals(today logparse.Date) []OpenGoal {
	last := f.LastSession()
	var open []OpenGoal
	for i, g := range f.Goals {
		if g.Running == nil {
			continue
		}
		said := f.Sessions[g.Running.Said]
		of := OpenGoal{g, i, said.Date, last != nil && said.before(*last)}
		come := !g.Running.Come.IsZero() && !today.Before(g.Running.Come)
		if of.Forgotten || g.Running.Waits || g.Now().Horizon == ShortTerm && come {
			open = append(open, of)
		}
	}
	return open
}

// An Owing is a verdict that leaves something to the coach.
type Owing struct {
	VerdictFact
	Goal, Index int // among the facts' goals, and among the goal's verdicts
}

// OwedPlans are the verdicts of plans that fell short, of goals that live, and that nobody has
// answered with new actions yet, by the date of the verdict (method 80).
func (f *Facts) OwedPlans() []Owing {
	return f.owing(func(v VerdictFact, last bool) bool { return v.Outcome == FellShort && v.Answer == None })
}

// OwedSupport are the verdicts beside which support was missing, of goals that live.
func (f *Facts) OwedSupport() []Owing {
	return f.owing(func(v VerdictFact, last bool) bool { return v.Support && last })
}

func (f *Facts) owing(holds func(v VerdictFact, last bool) bool) []Owing {
	var all []Owing
	for i, g := range f.Goals {
		for j, v := range g.Verdicts {
			if g.Running != nil && holds(v, j == len(g.Verdicts)-1) {
				all = append(all, Owing{v, i, j})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y Owing) int { return f.Sessions[x.Session].Date.Compare(f.Sessions[y.Session].Date) })
	return all
}

// OwedPlans are those of the facts, as the documents have them.
func (p *Person) OwedPlans() []*Verdict {
	var verdicts []*Verdict
	for _, owed := range p.Facts().OwedPlans() {
		verdicts = append(verdicts, p.Goals[owed.Goal].Verdicts[owed.Index])
	}
	return verdicts
}

// Words gives the texts of which facts have the places.
type Words interface {
	GoalText(goal int) string
	ActionText(agreement int) string
}

// GoalText is the text of a goal, by its place in the facts.
func (p *Person) GoalText(goal int) string { return p.Goals[goal].Text }

// ActionText is the text of an action, by its place in the facts.
func (p *Person) ActionText(agreement int) string { return p.Agreements[agreement].Text }
