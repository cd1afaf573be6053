package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// How many goals say who proposed them before lint asks for one of the coachee's.
const enoughProposed = 3

var coacheeDrives = &Rule{
	ID: "coachee-drives", Title: "The coachee drives: some goals are their own proposals",
	Tier: Method, Severity: logparse.Info, Requirements: []int{65}, Judgement: true, NeedsLogbook: true,
	Why:  "Who proposed a goal is on record so that it can be seen who drives. Where all of them come from the other side, it isn't the coachee.",
	Bad:  "(the last three goals with by:josh)",
	Good: "- [ ] Solve refunds alone ^refunds due:2026-08-31 by:rep1",
	person: func(f *finder, p *plan.Person) {
		var known []*plan.Goal
		for _, g := range p.Goals {
			if g.By != "" {
				known = append(known, g)
			}
		}
		if len(known) < enoughProposed {
			return
		}
		known = known[len(known)-enoughProposed:]
		for _, g := range known {
			if g.By == p.ID {
				return
			}
		}
		last := known[len(known)-1].LastStated()
		f.at(last.Log.Doc, last.Goal.TextSpan, fmt.Sprintf("none of the last %d goals was proposed by %s", enoughProposed, p.ID),
			"ask what "+p.ID+" would choose, and write by:"+p.ID+" behind it")
	},
}
