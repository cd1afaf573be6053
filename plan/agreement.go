package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Result is what became of an agreed action.
type Result string

// The results. Partly, NotDone and Blocked leave something to settle.
const (
	Open      Result = "open"             // to come, or due and not talked about yet
	Done      Result = "done"             //
	Partly    Result = "partly"           //
	NotDone   Result = "not done"         //
	Blocked   Result = "blocked"          // what the coachee needed from somebody didn't come: in no rate
	Dropped   Result = "dropped"          // by agreement: in no rate
	NotTalked Result = "not talked about" // a turn of a repeated action that ended without a word: in no rate
	Ended     Result = "ended"            // with its goal: in no rate
)

// leaves says whether a result leaves something to settle.
func (r Result) leaves() bool { return r == Partly || r == NotDone || r == Blocked }

// An Agreement is one action that was agreed, with its one result; of a repeated
// action, one of its turns.
type Agreement struct {
	Goal   *Goal
	ID     string // without ^; "" where it has none
	Text   string // as last stated
	Owner  string // id; the coachee where nobody is named
	Due    logparse.Date
	Every  string // "week" or "month" of a repeated action; else ""
	Skill  string // that it practises, by name (method 8); "" where no log says
	By     string // id of who proposed it (method 65); "" where no log says
	Agreed *Log   // the session or talk in which it was agreed
	Began  *Log   // the same; of a later turn of a repeated action the session in which the turn began

	Counters []logparse.Counter // what somebody would rather do (method 60), as any log says below the action
	Stated   *logparse.Action   // as last stated
	StatedIn *Log

	DueAt       *Log   // the first session at which it was due; nil where none was
	Untold      *Log   // the last session at which it was due and nobody talked about it; nil where it was moved on since
	AskedAt     *Log   // the first session from then on that talked about it; nil while none has
	Carried     []*Log // the sessions that moved it on once it was due
	Result      Result
	Account     *Log           // the session that gave the result, or ended it; nil while open
	AccountItem *logparse.Item // what that session says of it; nil where it says nothing
	Blocker     string         // id of who blocks it
	Settled     *Log           // of what left something to settle: the log that settled it, nil while none has
	Late        *Mention       // the last that a session says of it once it has a result
	Said        []*Mention     // every line that speaks of it, in order

	lastMark
	index       int        // among the person's
	base        *Log       // it is due from the next session of a later day on, where dated doesn't hold
	dated       bool       // it is due on its date
	stopped     bool       // no further turn comes
	underLead   bool       // it came due in a session that its owner led
	postponed   int        // how often the leading coach moved on their own
	postponedIn *Log       // the last time
	before      *Agreement // the turn before, and behind
	after       *Agreement
	fresh       bool // never agreed before under its goal
	terms       []ActionTerms
	place       Place // of the text
	identity    identity
}

func (a *Agreement) order() int { return a.index }

// Closed says whether there is a result, or none to come.
func (a *Agreement) Closed() bool { return a.Result != Open }

// Unsettled says whether its result leaves something to settle that nobody has
// settled yet.
func (a *Agreement) Unsettled() bool {
	return a.Result.leaves() && a.Settled == nil
}

// Live says whether there is still something to do or to say about it: its goal lives, and it
// has no result, one that leaves something to settle, or turns to come.
func (a *Agreement) Live() bool {
	return a.Goal.Running() && (!a.Closed() || a.Unsettled() || a.goesOn())
}

// dueNow says whether an open agreement is due at a session. Once due it stays due
// until it is moved on.
func (a *Agreement) dueNow(log *Log) bool {
	switch {
	case a.Every != "":
		return a.DueAt != nil // a turn is due in the session that begins it
	case a.dated:
		return !log.Date.Before(a.Due)
	}
	carried := slices.Contains(a.Carried, a.base) // to the next session, of whatever day
	return a.base.Date.Before(log.Date) || carried && a.base.Before(log)
}

// DueOn says whether an open agreement is due at a session on a day.
func (a *Agreement) DueOn(day logparse.Date) bool {
	if !a.Live() || a.after != nil || a.Closed() && !a.goesOn() {
		return false
	}
	return a.dueDays().has(day)
}

// A window is some days; a zero end is none.
type window struct{ from, until logparse.Date }

func (w window) has(day logparse.Date) bool {
	return !day.Before(w.from) && (w.until.IsZero() || !w.until.Before(day))
}

// dueDays are the days of sessions at which it is due. A turn of a repeated action that was
// begun is due until it has a result, and the next one in nextTurn.
func (a *Agreement) dueDays() window {
	switch {
	case a.Every != "" && !a.Closed() && a.DueAt != nil:
		return window{}
	case a.Every != "":
		return a.nextTurn()
	case a.dated:
		return window{from: a.Due}
	}
	return window{from: a.base.Date.AddDays(1)}
}

// nextTurn are the days on which the next turn of a repeated action begins: from the next week
// or month on, until its last day.
func (a *Agreement) nextTurn() window {
	last := a.Agreed
	if a.DueAt != nil {
		last = a.DueAt
	}
	return window{turnAfter(a.Every, last.Date), a.Due}
}

// goesOn says whether this is the last turn so far of an action that is repeated.
func (a *Agreement) goesOn() bool { return a.Every != "" && a.after == nil && !a.stopped }

// laterBy says whether a line gives the action a later date that is still ahead.
func (a *Agreement) laterBy(log *Log, it *logparse.Item) bool {
	return it.Due.Set && log.Date.Before(it.Due.V) && (a.Due.IsZero() || a.Due.Before(it.Due.V))
}

// ownLead says whether a session is led by the action's owner.
func (a *Agreement) ownLead(log *Log) bool { return log.Coach != "" && a.Owner == log.Coach }

// close gives the result.
func (a *Agreement) close(log *Log, result Result, item *logparse.Item) {
	a.Result, a.Account, a.AccountItem = result, log, item
	a.Progress = logparse.Open // what is ticked from now on is of another turn
	if item != nil {
		a.addCounters(item)
	}
}

// settle takes note that nothing is left to settle.
func (a *Agreement) settle(log *Log) {
	if a.Unsettled() {
		a.Settled = log
	}
}

// state takes note of an action as a log states it; what a later line leaves out
// stays as it was.
func (a *Agreement) state(log *Log, it *logparse.Item) {
	a.Said = append(a.Said, &Mention{log, nil, it})
	a.identity = a.identity.restated(it)
	a.ID, a.Text = a.identity.id, it.Text
	if it.Every.Set {
		a.Every = it.Every.V
	}
	if it.Skill.Set {
		a.Skill = it.Skill.V
	}
	if it.By.Set {
		a.By = log.resolve(it.By.V)
	}
	if it.Due.Set {
		a.Due = it.Due.V
		if log.Date.Before(a.Due) || len(a.terms) == 0 {
			a.base, a.dated, a.Untold = log, true, nil
		}
	}
	// A line that only carries on, by id or text, doesn't replace the whole one.
	if a.Stated == nil || it.State != logparse.Carried || it.Due.Set && it.Due.V != a.Stated.Due.V || identityOf(a.Stated.Item).match(a.identity) == noMatch {
		a.Stated, a.StatedIn = &logparse.Action{Item: it}, log
	}
	a.place = Place{log.index, it.TextSpan}
	terms := ActionTerms{log.index, a.Goal.index, a.Owner, a.Due, a.Skill}
	if n := len(a.terms); n == 0 || a.terms[n-1].in(log.index) != terms {
		terms.Owner, terms.Skill = own(terms.Owner), own(terms.Skill)
		a.terms = append(a.terms, terms)
	}
	a.addCounters(it)
	if inPlan(it.State) {
		a.note(it.State, it.Ticked.V)
	}
}

// moveTo takes an action to the goal that a plan states it under now. Its results so far stay
// in the verdicts that counted them.
func (a *Agreement) moveTo(g *Goal) {
	if a.Goal != g {
		a.Goal.Agreements = slices.DeleteFunc(a.Goal.Agreements, func(other *Agreement) bool { return other == a })
		g.Agreements = append(g.Agreements, a)
		a.Goal = g
	}
}

// inPlan says whether a mark says something of an item in a goals section.
func inPlan(state logparse.State) bool {
	return state == logparse.Done || state == logparse.Partly || state == logparse.Blocked
}

// addCounters takes note of the counter-proposals below an item, each once.
func (a *Agreement) addCounters(it *logparse.Item) {
	for _, c := range it.Counters() {
		if c.Text != "" && !slices.ContainsFunc(a.Counters, func(other logparse.Counter) bool { return other.Text == c.Text }) {
			a.Counters = append(a.Counters, c)
		}
	}
}

// Turns are an agreement with those of its repetition before it, the first one first.
func (a *Agreement) Turns() []*Agreement {
	if a.before == nil {
		return []*Agreement{a}
	}
	return append(a.before.Turns(), a)
}
