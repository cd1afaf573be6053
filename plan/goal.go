package plan

import (
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

// An identity tells an item from others across sessions: by its id where both
// have one, else by its text (docs/format.md, "Identity").
type identity struct {
	id   string // "" where it has none
	text string // in logparse.NormalText's form
}

func identityOf(it *logparse.Item) identity {
	return identity{it.ID.V, it.NormalText}
}

// match says how well two identities agree: by id, by text, or not at all.
func (x identity) match(y identity) matchKind {
	switch {
	case x.id != "" && y.id != "":
		if x.id == y.id {
			return byID
		}
		return noMatch
	case x.text == y.text:
		return byText
	}
	return noMatch
}

type matchKind int

const (
	noMatch matchKind = iota
	byText
	byID
)

// A Goal is one short-term or mid-term goal over all the sessions that name it.
type Goal struct {
	Person  *Person
	ID      string // without ^; "" where it has none
	Text    string // as last stated
	Horizon Horizon
	Due     logparse.Date                   // as last stated; zero where it never had one
	Target  logparse.Value[logparse.Target] // as last stated
	By      string                          // id of who proposed it (method 65); "" where no log says

	Stated     []*Statement // in order
	Agreements []*Agreement // of its actions, in the order in which they were agreed
	Verdicts   []*Verdict   // in order; short-term goals only
	State      logparse.State

	terms    []GoalTerms
	identity identity
	pending  *judgement
	judged   map[logparse.Date]bool
}

// A Statement is a goal as one session's plan states it, or carries it on.
type Statement struct {
	Log     *Log
	Goal    *logparse.Goal
	Carried bool // it stands in Follow-through, carried on, and not in the plan
}

// A judgement is still to come: on the first held session on or after date; the
// zero date means the next held session.
type judgement struct {
	date   logparse.Date
	target logparse.Value[logparse.Target]
	coach  string // of the session that last agreed it
}

// Running says whether the goal is still to be worked for.
func (g *Goal) Running() bool {
	return g.State != logparse.Done && g.State != logparse.Dropped && (g.Horizon == MidTerm || g.pending != nil)
}

// JudgedOn says whether a goal that waits for its verdict gets one at a session of a day.
func (g *Goal) JudgedOn(day logparse.Date) bool {
	return g.pending != nil && !day.Before(g.pending.date)
}

// LastStated is the goal as it was last written in a plan or carried on.
func (g *Goal) LastStated() *Statement {
	if len(g.Stated) == 0 {
		return nil
	}
	return g.Stated[len(g.Stated)-1]
}

// state takes note of a goal in a session's plan. Tokens that a later statement
// leaves out stay as they were agreed.
func (g *Goal) state(s *Statement) {
	it := s.Goal.Item
	g.Stated = append(g.Stated, s)
	g.identity = mergeIdentity(g.identity, identityOf(it))
	g.ID, g.Text = g.identity.id, it.Text
	if it.Target.Set {
		g.Target = it.Target
	}
	if it.Due.Set {
		g.Due = it.Due.V
	}
	if it.By.Set {
		g.By = s.Log.resolve(it.By.V)
	}
	g.terms = append(g.terms, GoalTerms{s.Log.index, g.Horizon, g.Due, g.Target.V.Metric, g.By, it.Span})
	g.State = it.State
	if it.State == logparse.Dropped {
		g.pending = nil
		return
	}
	if g.Horizon != ShortTerm {
		g.pending = nil
		return
	}
	if g.pending == nil && !g.Due.IsZero() && g.judged[g.Due] {
		return // judged once per date it was given
	}
	g.pending = &judgement{g.Due, g.Target, s.Log.Coach}
}

func mergeIdentity(old, new identity) identity {
	if new.id == "" {
		new.id = old.id
	}
	return new
}

// Is says whether an item speaks of this goal.
func (g *Goal) Is(it *logparse.Item) bool { return identityOf(it).match(g.identity) != noMatch }
