package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// An Outcome is what a verdict says: commitment and plan apart (method 80, 81).
type Outcome string

// The outcomes of a short-term goal that was judged.
const (
	Worked         Outcome = "plan worked"          // followed, reached
	WasWrong       Outcome = "plan was wrong"       // followed, not reached: the coach owes new actions
	AnotherWay     Outcome = "reached another way"  // not followed, reached
	FollowThrough  Outcome = "follow-through first" // not followed, not reached
	NoVerdict      Outcome = "no verdict"           // Why says why
	StillRunning   Outcome = "still running"
	ReachedMidTerm Outcome = "reached"
	WasDropped     Outcome = "dropped"

	// What is left of a verdict for readers who may not see what others did for the goal.
	GoalReached    Outcome = "goal reached"
	GoalNotReached Outcome = "goal not reached"
)

// A Verdict is the judgement of one short-term goal for one date.
type Verdict struct {
	Goal     *Goal
	Log      *Log          // the session at which it was judged
	Due      logparse.Date // the goal's date; zero where it had none
	Coach    string        // of the session that last agreed the plan that is judged
	Target   logparse.Value[logparse.Target]
	Set      []*Agreement // the actions whose accounts count, dropped ones left out
	Followed bool
	Reached  bool
	Value    *Observation // of the metric; nil where there is none
	Ticked   bool         // the goal's box was ticked
	Outcome  Outcome
	Why      string // of NoVerdict

	NewPlan  *Log   // of a plan that was wrong: the session that answered it, in time or late
	InTime   bool   // that was the session that judged it, or the next
	Expected []*Log // the sessions that can answer it in time
}

// Owed says whether the plan was wrong and no session has answered that yet.
func (v *Verdict) Owed() bool { return v.Outcome == WasWrong && v.NewPlan == nil }

// Disagrees says whether tick and metric say different things; the tick stands.
func (v *Verdict) Disagrees() bool {
	return v.Ticked && v.Value != nil && v.Target.Set && !v.Target.V.Reached(v.Value.Value)
}

// judge gives a verdict on each short-term goal whose day has come.
func (f *follower) judge(log *Log) {
	for _, g := range f.person.Goals {
		p := g.pending
		if p == nil || g.Horizon != ShortTerm || log.Date.Before(p.date) {
			continue
		}
		g.pending = nil
		g.judged[p.date] = true
		state := f.stateAt(log, g)
		if state == logparse.Dropped {
			g.State = state
			continue
		}
		v := &Verdict{Goal: g, Log: log, Due: p.date, Coach: p.coach, Target: p.target, Ticked: state == logparse.Done}
		f.decide(v)
		g.Verdicts = append(g.Verdicts, v)
	}
}

// stateAt is what log says of a goal's box, else what was last said of it. A
// tick in either place of the log counts.
func (f *follower) stateAt(log *Log, g *Goal) logparse.State {
	state := g.State
	said := false
	for _, goal := range slices.Concat(log.FollowThrough, log.ShortTerm, log.MidTerm) {
		if f.goal(goal.Item) != g {
			continue
		}
		if goal.State == logparse.Done || !said {
			state, said = goal.State, true
		}
	}
	return state
}

// decide works out a verdict's two halves.
func (f *follower) decide(v *Verdict) {
	v.Set = actionsJudged(v.Goal, v.Log)
	if v.Target.Set {
		since := v.Due
		if since.IsZero() {
			since = v.Log.Date
		}
		v.Value = f.person.firstOn(v.Target.V.Metric, since)
	}
	v.Reached = v.Ticked || v.Value != nil && v.Target.V.Reached(v.Value.Value)
	var results []Result
	var missing []string
	for _, a := range v.Set {
		results = append(results, a.Result)
		if a.Result == NoAccount {
			missing = append(missing, a.Text)
		}
	}
	v.Outcome, v.Followed = outcome(results, !v.Target.Set || v.Value != nil || v.Ticked, v.Reached)
	switch {
	case v.Outcome != NoVerdict:
	case len(missing) > 0:
		v.Why = fmt.Sprintf("nobody noted whether %s was done", quoteList(missing))
	default:
		v.Why = fmt.Sprintf("there is no value for %s on or after %s yet", v.Target.V.Metric, orDate(v.Due, v.Log.Date))
	}
}

// outcome is what a verdict says, by what became of the actions, and whether the
// goal was reached. known is false where nothing says that.
func outcome(results []Result, known, reached bool) (o Outcome, followed bool) {
	followed = len(results) > 0 && !slices.ContainsFunc(results, func(r Result) bool { return r != Kept })
	switch {
	case !known || slices.Contains(results, NoAccount):
		return NoVerdict, followed
	case followed && reached:
		return Worked, followed
	case followed:
		return WasWrong, followed
	case reached:
		return AnotherWay, followed
	}
	return FollowThrough, followed
}

// actionsJudged are a goal's actions whose accounts were due by log, dropped
// ones aside, and that no earlier verdict has counted: what was not kept under
// one date is not held against anybody again under the next.
func actionsJudged(g *Goal, log *Log) []*Agreement {
	var set []*Agreement
	for _, a := range g.Agreements {
		if a.Account == nil || a.Result == Dropped || slices.ContainsFunc(g.Verdicts, func(v *Verdict) bool { return slices.Contains(v.Set, a) }) {
			continue
		}
		set = append(set, a)
	}
	return set
}

func orDate(due, otherwise logparse.Date) logparse.Date {
	if due.IsZero() {
		return otherwise
	}
	return due
}

func quoteList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = fmt.Sprintf("%q", t)
	}
	return strings.Join(quoted, ", ")
}

// answerVerdicts finds, for each plan of g that was wrong, the session that
// answered it: one that holds an action which was not in the old set, or that
// drops the goal.
func answerVerdicts(g *Goal) {
	held := g.Person.CountedLogs()
	for _, v := range g.Verdicts {
		if v.Outcome != WasWrong {
			continue
		}
		from := slices.Index(held, v.Log)
		v.Expected = held[from:min(from+2, len(held))]
		var old []identity
		for _, a := range g.Agreements {
			if slices.Index(held, a.Agreed) < from {
				old = append(old, a.identity)
			}
		}
		for _, log := range held[from:] {
			if answers(log, g, old) {
				v.NewPlan, v.InTime = log, slices.Contains(v.Expected, log)
				break
			}
		}
	}
}

func answers(log *Log, g *Goal, old []identity) bool {
	for _, goal := range log.FollowThrough {
		if g.Is(goal.Item) && goal.State == logparse.Dropped {
			return true
		}
	}
	for _, goal := range slices.Concat(log.ShortTerm, log.MidTerm) {
		if !g.Is(goal.Item) {
			continue
		}
		if goal.State == logparse.Dropped {
			return true
		}
		for _, action := range goal.Actions {
			id := identityOf(action.Item)
			known := slices.ContainsFunc(old, func(o identity) bool { return id.match(o) != noMatch })
			if !known && action.State != logparse.Dropped {
				return true
			}
		}
	}
	return false
}
