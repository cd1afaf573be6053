package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// How many goals say who proposed them before lint asks for one of the coachee's.
const enoughProposed = 3

var coacheeDrives = &Rule{
	ID: "coachee-drives", Title: "The coachee drives: some goals are their own proposals",
	Tier: Method, Severity: logparse.Info, looksAt: coachees, Requirements: []int{65}, Judgement: true, NeedsLogbook: true,
	Why:  "Writing down who proposed a goal shows who drives. If they all come from the coach, it isn't the coachee.",
	Bad:  "(the last three goals with by:josh)",
	Good: "- [ ] Solve refunds alone ^refunds due:2026-08-31 by:rep1",
	find: func(f *finder) {
		var known []*plan.Goal
		for _, g := range f.person.Goals {
			if g.By != "" {
				known = append(known, g)
			}
		}
		if len(known) < enoughProposed {
			return
		}
		known = known[len(known)-enoughProposed:]
		if slices.ContainsFunc(known, func(g *plan.Goal) bool { return g.By == f.person.ID }) {
			return
		}
		last := known[len(known)-1].LastStated()
		f.turnTo(last.Log)
		f.at(last.Goal.TextSpan, "none of the last %d goals was proposed by %s", enoughProposed, f.person.ID).
			todo("ask what %s would choose, and write by:%s after it", f.person.ID, f.person.ID)
	},
}
