package rules

import "github.com/coachlog/coachlog/logparse"

var bothSides = &Rule{
	ID: "both-sides", Title: "A mid-term goal has an action for the employee and one for the employer",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{82, 83},
	Why:  "Nobody moves up alone: the person practises, and the employer provides the opportunity. Both promises are followed up, side by side.",
	Bad:  "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases",
	Good: "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases\n  - [ ] Assign two escalated cases a week @josh ^assign",
	find: func(f *finder) {
		for _, goal := range f.log.MidTerm {
			if goal.State == logparse.Dropped || goal.State == logparse.Done || len(goal.Actions) == 0 {
				continue
			}
			own, employer := false, false
			for _, a := range openFor(f.log, goal) {
				own, employer = own || a.Owner == f.log.Person.ID, employer || a.Owner != f.log.Person.ID
			}
			for _, action := range goal.Actions {
				if action.State == logparse.Dropped {
					continue
				}
				mine := !action.Owner.Set || f.Resolve(action.Owner.V) == f.log.Person.ID
				own, employer = own || mine, employer || !mine
			}
			switch {
			case !employer:
				f.at(goal.TextSpan, "the goal %q has no action for the employer", goal.Text).
					todo("agree what the coach or the company will do for it, with its @owner")
			case !own:
				f.at(goal.TextSpan, "the goal %q has no action for %s", goal.Text, f.log.Person.ID).todo("agree what %s will do for it", f.log.Person.ID)
			}
		}
	},
}
