package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// How many goals lint looks at for who proposed them, and over how many days it waits for
// anybody to write that down.
const (
	enoughProposed = 3
	quarterDays    = 84
)

var coacheeDrives = &Rule{
	ID: "coachee-drives", Title: "The coachee drives: goals and ways to reach them are their own proposals",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{65, 66}, Judgement: true, NeedsLogbook: true,
	Why:  "People follow a way they found themselves. by:ID after a goal or an action says whose idea it was; once a quarter, lint asks.",
	Bad:  "(the last three goals with by:josh)",
	Good: "- [ ] Solve refunds alone ^refunds due:2026-08-31 by:rep1",
	find: func(f *finder) {
		for goal, g := range f.worked() {
			if g.Horizon == plan.ShortTerm {
				f.ownWay(g, goal)
			}
		}
		all, place := f.person.Goals, f.section(logparse.ShortTerm, logparse.MidTerm)
		known := slices.DeleteFunc(slices.Clone(all), func(g *plan.Goal) bool { return g.By == "" })
		if len(known) == 0 && len(all) >= enoughProposed && all[0].Stated[0].Log.Date.DaysUntil(f.log.Date) >= quarterDays {
			f.at(place, "nothing says who proposed %s's %d goals so far", f.person.Name, len(all)).
				todo("whose ideas were these? write by:%s after the next one that %s proposes", f.person.ID, f.person.Name)
		}
		recent := known[max(0, len(known)-enoughProposed):]
		if len(recent) == enoughProposed && !slices.ContainsFunc(recent, func(g *plan.Goal) bool { return g.By == f.person.ID }) {
			f.at(place, "none of the last %d goals was proposed by %s", enoughProposed, f.person.Name).
				todo("ask what %s would choose, and write by:%s after it", f.person.Name, f.person.ID)
		}
	},
}

// ownWay notes a goal whose actions all are somebody else's, or somebody else's proposals.
func (f *finder) ownWay(g *plan.Goal, goal *logparse.Goal) {
	going, name := live(g), f.person.Name
	own := func(a *plan.Agreement) bool { return a.Owner == f.person.ID }
	theirs := func(a *plan.Agreement) bool { return a.By == "" || a.By == f.person.ID }
	switch {
	case len(going) == 0:
	case !slices.ContainsFunc(going, own):
		f.at(goal.TextSpan, "no action for %q belongs to %s", goal.Text, name).todo("ask what %s would do for it", name)
	case !slices.ContainsFunc(going, theirs):
		f.at(goal.TextSpan, "no action for %q was proposed by %s", goal.Text, name).todo("ask how %s would go about it, and write by:%s after that action", name, f.person.ID)
	}
}
