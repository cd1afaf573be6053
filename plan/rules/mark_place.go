package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var markPlace = &Rule{
	ID: "mark-place", Title: "Each mark is where it is read",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{61, 79},
	Why:  "What came of the last plan is told in Follow-through; the goals sections hold the next plan. A mark in the wrong place is read as something other than its writer meant.",
	Bad:  "## Short-term goals\n\n- [n] Calmer calls ^calm",
	Good: "## Follow-through\n\n- [n] Calmer calls ^calm",
	find: func(f *finder) {
		for it := range itemsOf(f.log.ShortTerm, f.log.MidTerm) {
			f.planMark(it)
		}
		for _, a := range f.log.Person.Agreements {
			if it := lineAbout(a, f.log); it != nil {
				f.resultMark(a, it)
			}
		}
		for _, g := range f.log.Person.Goals {
			f.reachedAndDropped(g)
		}
	},
}

// planMark notes a mark of results in the plan.
func (f *finder) planMark(it *logparse.Item) {
	switch {
	case it.State == logparse.NotDone || it.State == logparse.Carried:
		f.at(it.Box, "`[%c]` is for Follow-through; in a goals section it is read as open", it.State).
			todo("write [ ] here, and what came of it under Follow-through")
	case it.State == logparse.Dropped && f.log.IsTalk():
		f.at(it.Box, "a talk drops nothing, so %q stays agreed", it.Text).todo("drop it in the next session")
	}
}

// resultMark notes an action that is blocked by nobody, or that isn't the coachee's.
func (f *finder) resultMark(a *plan.Agreement, it *logparse.Item) {
	switch {
	case it.State == logparse.Dropped && f.log.IsTalk():
		f.planMark(it)
	case it.State != logparse.Blocked || a.Account != f.log || a.Result != plan.NotDone:
	case a.Owner != f.log.Person.ID:
		f.at(it.Box, "only an action of %s's can be blocked, so %s counts as not done", f.name(f.log.Person.ID), nameOf(a)).
			todo("write [n], or carry it on with [>]")
	default:
		f.at(it.Box, "nobody is named who blocks %s, so it counts as not done", nameOf(a)).
			todo("name them below it, as in `- waits for @%s`", f.log.Coach)
	}
}

// reachedAndDropped notes a goal that one log has as reached and as dropped.
func (f *finder) reachedAndDropped(g *plan.Goal) {
	var reached, dropped *logparse.Goal
	for _, goal := range f.log.About(g) {
		switch goal.State {
		case logparse.Done:
			reached = goal
		case logparse.Dropped:
			dropped = goal
		}
	}
	if reached != nil && dropped != nil {
		f.at(dropped.Box, "%q is dropped here and reached on line %d", g.Text, f.doc.Position(reached.Span.Start).Line).todo("keep the mark that is right")
	}
}
