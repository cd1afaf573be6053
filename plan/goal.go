package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Horizon says how far away a goal is. Long-term goals have no Horizon and
// are no Goal: nothing that judges takes them (method 87).
type Horizon string

// The horizons of goals that are followed.
const (
	ShortTerm Horizon = "short-term"
	MidTerm   Horizon = "mid-term"
)

// An End says how a goal's life ended.
type End string

// The ends. A goal that misses its date lives on, for new actions and a new date.
const (
	EndReached  End = "reached"
	EndDropped  End = "dropped"
	EndLongTerm End = "moved to the long term"
)

// A Goal is one life of a short-term or mid-term goal: from the log that states it
// until it is reached, dropped or moved to the long term. Stated again, it begins
// another.
type Goal struct {
	Person  *Person
	ID      string // without ^; "" where it has none
	Text    string // as last stated
	Horizon Horizon
	Due     logparse.Date                   // as last stated; zero where this life has none
	Target  logparse.Value[logparse.Target] // as last stated
	By      string                          // id of who proposed it (method 65); "" where no log says

	Stated     []*Statement // in order
	Said       []*Mention   // every line that speaks of it, in order
	Agreements []*Agreement // of its actions, in the order in which they were agreed
	Verdicts   []*Verdict   // in order; short-term goals only
	Moves      []Moved      // of its date, its target or the goal itself before its date had come
	Waits      *Log         // the first session at which its date had come and something was missing; nil where it doesn't wait
	Missing    []string     // what it waits for
	Differing  string       // where that is a value: which of two that differ is right
	Ended      End          // "" while it lives

	lastMark     // since it was stated or last judged
	index    int // among the person's
	ended    *Log
	earlier  *Goal // its life before
	dates    []*goalDate
	changes  []*Log         // the logs that changed its date, its target or its actions
	waits    []WaitFact     // in order; the last one may go on
	line     *logparse.Goal // the last line of a session's Follow-through about it
	lineIn   *Log
	answered logparse.State // while it waits: the last mark that a session gave it; Plain where none has
	deferred Horizon        // to which a talk moved it when its date had come: for the next session, once it is judged
	terms    []GoalTerms
	place    Place // of the text
	identity identity
}

// A Statement is a goal as one log's plan states it.
type Statement struct {
	Log     *Log
	Goal    *logparse.Goal
	Carried bool // it stands in Follow-through, carried on, and not in the plan
}

// A Moved is what two agreed to change before a goal's date: its date, its target, or
// that it is a goal of now.
type Moved struct {
	Log      *Log
	From, To logparse.Date // zero where the date stays, or there is none any more
	Target   *logparse.Target
}

// A goalDate is one day for which a goal was agreed.
type goalDate struct {
	day    logparse.Date
	given  *Log
	judged bool
}

func (g *Goal) order() int { return g.index }

// Is says whether an item speaks of this goal.
func (g *Goal) Is(it *logparse.Item) bool { return identityOf(it).match(g.identity) != noMatch }

// Running says whether the goal is still to be worked for.
func (g *Goal) Running() bool { return g.ended == nil }

// LastStated is the goal as it was last written in a plan or carried on.
func (g *Goal) LastStated() *Statement { return g.Stated[len(g.Stated)-1] }

// A lastMark is how a goal or an action was marked last.
type lastMark struct {
	Progress logparse.State // that isn't a blank box
	tickedOn logparse.Date  // where another tool wrote when
}

// note takes note of a mark, and of the day that it has; a blank box says nothing.
func (m *lastMark) note(state logparse.State, day logparse.Date) {
	if state != logparse.Open && state != logparse.Plain && state != logparse.Unknown {
		m.Progress, m.tickedOn = state, day
	}
}

// tickedBy says whether it was ticked by a day, as far as anything says when.
func (m *lastMark) tickedBy(day logparse.Date) bool {
	return m.Progress == logparse.Done && !day.Before(m.tickedOn)
}

// mark is what a session's Follow-through says of the goal; Open where it says nothing.
func (g *Goal) mark(log *Log) logparse.State {
	if g.lineIn != log || g.line.State == logparse.Unknown {
		return logparse.Open
	}
	return g.line.State
}

// changed takes note that a log changed the plan for the goal.
func (g *Goal) changed(log *Log) {
	if n := len(g.changes); n == 0 || g.changes[n-1] != log {
		g.changes = append(g.changes, log)
	}
}

// state takes note of a goal as a log states it. What a later line leaves out stays as
// it was agreed; moving between short-term and mid-term ends the dates.
func (g *Goal) state(log *Log, goal *logparse.Goal, horizon Horizon) {
	it := goal.Item
	g.Stated = append(g.Stated, &Statement{log, goal, horizon == ""})
	g.Said = append(g.Said, &Mention{log, nil, it})
	g.identity = g.identity.restated(it)
	g.ID, g.Text = g.identity.id, it.Text
	switch {
	case horizon == "" || horizon == g.Horizon:
	case log.IsTalk() && g.Horizon == ShortTerm && g.hasCome(log.Date):
		g.deferred = horizon
	default:
		g.moveTo(log, horizon)
	}
	if it.Target.Set && (!g.Target.Set || it.Target.V != g.Target.V) {
		if g.Target.Set && g.pending() != nil && log.Date.Before(g.pending().day) {
			old := g.Target.V
			g.Moves = append(g.Moves, Moved{Log: log, Target: &old})
		}
		g.Target = it.Target
		g.changed(log)
	}
	if it.Due.Set {
		g.setDue(log, it.Due.V)
	}
	if it.By.Set {
		g.By = log.resolve(it.By.V)
	}
	g.place = Place{log.index, it.TextSpan}
	terms := GoalTerms{log.index, g.Horizon, g.Due, g.Target.V.Metric, g.By}
	if n := len(g.terms); n == 0 || g.terms[n-1].in(log.index) != terms {
		terms.Metric, terms.By = own(terms.Metric), own(terms.By)
		g.terms = append(g.terms, terms)
	}
	if inPlan(it.State) {
		g.note(it.State, it.Ticked.V)
	}
}

// moveTo moves the goal to another horizon, which ends its dates.
func (g *Goal) moveTo(log *Log, horizon Horizon) {
	g.Horizon, g.Due, g.deferred = horizon, logparse.Date{}, ""
	g.endDates(log)
	g.changed(log)
}

// hasCome says whether a date that wasn't judged has come.
func (g *Goal) hasCome(day logparse.Date) bool {
	first := g.comes()
	return !first.IsZero() && !day.Before(first)
}

// comes is the first of the dates that weren't judged; zero where there is none.
func (g *Goal) comes() (first logparse.Date) {
	for _, d := range g.dates {
		if !d.judged && (first.IsZero() || d.day.Before(first)) {
			first = d.day
		}
	}
	return first
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

// setDue gives the goal a date. One that hadn't come yet is moved; one that had is
// still judged.
func (g *Goal) setDue(log *Log, day logparse.Date) {
	if day == g.Due || g.wasJudged(day) {
		return
	}
	if g.Horizon == ShortTerm {
		if p := g.pending(); p != nil && log.Date.Before(p.day) {
			g.Moves = append(g.Moves, Moved{Log: log, From: p.day, To: day})
			g.dates = slices.DeleteFunc(g.dates, func(d *goalDate) bool { return d == p })
		}
		if !slices.ContainsFunc(g.dates, func(d *goalDate) bool { return d.day == day }) {
			g.dates = append(g.dates, &goalDate{day: day, given: log})
		}
	}
	g.Due = day
	g.changed(log)
}

// JudgedOn says whether a session on a day has to say of the goal whether it was reached:
// its date has come, or somebody ticked it since the last session.
func (g *Goal) JudgedOn(day logparse.Date) bool {
	return g.Running() && (g.Horizon == ShortTerm && (g.hasCome(day) || g.Waits != nil) || !g.Target.Set && g.tickedBy(day))
}

// wasJudged says whether a date was judged in this life of the goal or in an earlier one.
func (g *Goal) wasJudged(day logparse.Date) bool {
	for ; g != nil; g = g.earlier {
		if slices.ContainsFunc(g.dates, func(d *goalDate) bool { return d.judged && d.day == day }) {
			return true
		}
	}
	return false
}

// pending is the last date that wasn't judged yet, or nil.
func (g *Goal) pending() *goalDate {
	for _, d := range slices.Backward(g.dates) {
		if !d.judged {
			return d
		}
	}
	return nil
}

// endDates takes back the dates that weren't judged.
func (g *Goal) endDates(log *Log) {
	if p := g.pending(); p != nil && log.Date.Before(p.day) {
		g.Moves = append(g.Moves, Moved{Log: log, From: p.day})
	}
	g.dates = slices.DeleteFunc(g.dates, func(d *goalDate) bool { return !d.judged })
	g.waitNoMore(log)
}

// waitNoMore ends a wait, if there is one.
func (g *Goal) waitNoMore(log *Log) {
	if g.Waits != nil {
		g.waits[len(g.waits)-1].Until = log.index
	}
	g.Waits, g.Missing, g.Differing, g.answered = nil, nil, "", logparse.Plain
}

// end ends the goal's life, and with it the actions that have no result; what came due
// of a leading coach's own is not done.
func (g *Goal) end(log *Log, how End) {
	g.endDates(log)
	g.Ended, g.ended = how, log
	for _, a := range g.Agreements {
		a.settle(log)
		switch {
		case a.Closed():
		case a.underLead:
			a.close(log, NotDone, nil)
			a.settle(log)
		default:
			a.close(log, Ended, nil)
		}
	}
}
