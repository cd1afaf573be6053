package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// goal finds the goal that an item speaks of, or nil: by id first, else by text; of
// several lives the last.
func (f *follower) goal(it *logparse.Item) *Goal {
	id := identityOf(it)
	for _, kind := range []matchKind{byID, byText} {
		for _, g := range slices.Backward(f.goals.of(nil, id, kind)) {
			if id.match(g.identity) == kind {
				return g
			}
		}
	}
	return nil
}

// restatedGoal takes note of a goal that a log states.
func (f *follower) restatedGoal(log *Log, g *Goal, goal *logparse.Goal, horizon Horizon) {
	g.state(log, goal, horizon)
	f.goals.add(nil, g.identity, g)
}

// newGoal begins a goal's life. It keeps the metric of the one before, not its date.
func (f *follower) newGoal(log *Log, goal *logparse.Goal, horizon Horizon, earlier *Goal) *Goal {
	g := &Goal{Person: f.person, Horizon: horizon, earlier: earlier, index: len(f.person.Goals)}
	if earlier != nil {
		g.Target, g.identity = earlier.Target, earlier.identity
	}
	f.person.Goals = append(f.person.Goals, g)
	f.restatedGoal(log, g, goal, horizon)
	g.changed(log)
	return g
}

// agree takes note of everything that a log's plan states.
func (f *follower) agree(log *Log) {
	for _, goal := range log.ShortTerm {
		f.agreeGoal(log, goal, ShortTerm)
	}
	for _, goal := range log.MidTerm {
		f.agreeGoal(log, goal, MidTerm)
	}
	for _, g := range f.person.Goals { // carried on in Follow-through, and not in the plan
		if g.Running() && g.mark(log) == logparse.Carried && g.LastStated().Log != log {
			f.restatedGoal(log, g, g.line, "")
		}
	}
}

func (f *follower) agreeGoal(log *Log, goal *logparse.Goal, horizon Horizon) {
	if goal.State == logparse.Dropped {
		return // leave has ended it, and a talk drops nothing
	}
	g := f.goal(goal.Item)
	switch {
	case g == nil:
		g = f.newGoal(log, goal, horizon, nil)
	case g.ended == nil:
		f.restatedGoal(log, g, goal, horizon)
	case goal.State == logparse.Done, g.ended == log && (g.Ended == EndDropped || g.mark(log) == logparse.Dropped):
		return // it was reached already, or this log drops it
	default:
		g = f.newGoal(log, goal, horizon, g)
	}
	clear(f.before)
	for _, action := range goal.Actions {
		id := identityOf(action.Item)
		again := f.before.has(id)
		f.before.add(id)
		if again {
			f.person.Twice = append(f.person.Twice, &Mention{log, goal, action.Item}) // the first line counts
			continue
		}
		f.agreeAction(log, g, action.Item)
	}
}

// agreeAction takes note of an action that a log's plan states: the same agreement
// while it has no result, else another.
func (f *follower) agreeAction(log *Log, g *Goal, it *logparse.Item) {
	a := f.stated(g, it)
	switch {
	case it.State == logparse.Dropped:
		f.drop(log, a, it)
	case a == nil:
		f.newAgreement(log, g, it, nil)
	case f.owner(it) != "" && f.owner(it) != a.Owner && (a.goesOn() || !a.Closed()):
		f.handOver(log, a, it)
	case a.goesOn() && a.Closed():
		a.settle(log)
		f.restated(log, g, a, it) // written once, it goes on
	case a.Closed():
		f.again(log, g, a, it, nil)
	default:
		f.restate(log, g, a, it)
	}
}

// stated is the agreement that an action of the plan states again: by id, else by text
// under the same goal; nil where all that there is has a result and nothing to settle.
func (f *follower) stated(g *Goal, it *logparse.Item) *Agreement {
	id := identityOf(it)
	for _, kind := range []matchKind{byID, byText} {
		in := g
		if kind == byID {
			in = nil // an id is the same under any goal
		}
		var found *Agreement
		for _, a := range f.actions.of(in, id, kind) {
			if a.Live() && id.match(a.identity) == kind && (in == nil || a.Goal == g) && (found == nil || found.Closed()) {
				found = a
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// drop lets an action go that a session's plan drops.
func (f *follower) drop(log *Log, a *Agreement, it *logparse.Item) {
	switch {
	case a == nil || log.IsTalk():
	case a.Closed() && !a.goesOn():
		a.settle(log)
	default:
		a.settle(log)
		f.stop(log, a, it)
	}
}

// restate takes note of new terms of what has no result yet. A later date for what is
// due moves it on.
func (f *follower) restate(log *Log, g *Goal, a *Agreement, it *logparse.Item) {
	if !log.IsTalk() && a.laterBy(log, it) && f.postpone(log, a) {
		a.close(log, NotDone, nil)
		f.again(log, a.Goal, a, it, a)
		return
	}
	due, every := a.Due, a.Every
	f.restated(log, g, a, it)
	if a.Due != due || a.Every != every {
		a.Goal.changed(log)
	}
}

// leave ends the goals that a session lets go: dropped in Follow-through or in the plan,
// or moved to the long term; and the mid-term goals that are reached.
func (f *follower) leave(log *Log) {
	for _, g := range slices.Clone(f.person.Goals) {
		if !g.Running() {
			continue
		}
		if g.deferred != "" {
			g.moveTo(log, g.deferred)
		}
		judged := len(g.Verdicts) > 0 && g.Verdicts[len(g.Verdicts)-1].Log == log
		if how := f.leaves(log, g); how != "" {
			g.end(log, how)
		} else if g.Horizon == MidTerm && !judged && g.mark(log) == logparse.Done {
			g.end(log, EndReached)
		}
	}
}

// A course is how a log has a goal beside Follow-through.
type course struct{ inPlan, dropped, midTerm, longTerm bool }

// lookAhead finds where a session's log takes goals, which decides before its plan is read
// whether they are judged.
func (f *follower) lookAhead(log *Log) {
	clear(f.goes)
	note := func(it *logparse.Item, how course) {
		if g := f.goal(it); g != nil {
			now := f.goes[g]
			f.goes[g] = course{now.inPlan || how.inPlan, now.dropped || how.dropped, now.midTerm || how.midTerm, now.longTerm || how.longTerm}
		}
	}
	for _, goal := range log.ShortTerm {
		note(goal.Item, course{inPlan: true, dropped: goal.State == logparse.Dropped})
	}
	for _, goal := range log.MidTerm {
		note(goal.Item, course{inPlan: true, dropped: goal.State == logparse.Dropped, midTerm: true})
	}
	for _, goal := range log.LongTerm {
		note(goal.Item, course{longTerm: true})
	}
}

// leaves says how a goal leaves in a session; "" where it stays. Standing in the plan, or
// carried on, and under Long-term goals of one log, it stays.
func (f *follower) leaves(log *Log, g *Goal) End {
	goes, mark := f.goes[g], g.mark(log)
	switch {
	case goes.dropped || mark == logparse.Dropped:
		return EndDropped
	case goes.longTerm && !goes.inPlan && mark != logparse.Carried:
		return EndLongTerm
	}
	return ""
}
