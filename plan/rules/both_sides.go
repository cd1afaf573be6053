package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var bothSides = &Rule{
	ID: "both-sides", Title: "A mid-term goal has an action for the employee and one for the employer",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{82, 83},
	Why:  "Nobody moves up alone: the person practises, the employer gives the occasion. Both promises are followed through, side by side.",
	Bad:  "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases",
	Good: "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases\n  - [ ] Assign two escalated cases a week @josh ^assign",
	log: func(f *finder, log *plan.Log) {
		for _, goal := range log.MidTerm {
			if goal.State == logparse.Dropped || goal.State == logparse.Done || len(goal.Actions) == 0 {
				continue
			}
			own, employer := false, false
			for _, a := range openFor(log, goal) {
				own, employer = own || a.Owner == log.Person.ID, employer || a.Owner != log.Person.ID
			}
			for _, action := range goal.Actions {
				if action.State == logparse.Dropped {
					continue
				}
				mine := !action.Owner.Set || f.Resolve(action.Owner.V) == log.Person.ID
				own, employer = own || mine, employer || !mine
			}
			switch {
			case !employer:
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("the goal %q has no action of the employer's", goal.Text), "agree what the coach or the company does for it, with its @owner")
			case !own:
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("the goal %q has no action of %s's own", goal.Text, log.Person.ID), "agree what "+log.Person.ID+" does for it")
			}
		}
	},
}
