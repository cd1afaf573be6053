package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var bothSides = &Rule{
	ID: "both-sides", Title: "A mid-term goal has an action for the employee and one for the employer",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{82, 83},
	Why:  "Nobody moves up alone: the person practises, and the employer provides the opportunity. Both promises are followed up, side by side.",
	Bad:  "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases",
	Good: "- [ ] Move to tier 2 ^tier2 due:2026-12-31\n  - [ ] Take two escalated cases a week @rep1 ^cases\n  - [ ] Assign two escalated cases a week @josh ^assign",
	find: func(f *finder) {
		person := f.log.Person
		for goal, g := range f.worked() {
			own, employer := false, false
			for _, a := range live(g) {
				own = own || a.Owner == person.ID
				employer = employer || a.Owner != person.ID
			}
			switch {
			case g.Horizon != plan.MidTerm:
			case own && !employer:
				f.at(goal.TextSpan, "%q has no action for the employer, and nobody moves up alone", goal.Text).
					todo("agree what the coach or the company will do for it, with its @owner")
			case employer && !own:
				f.at(goal.TextSpan, "%q has no action for %s", goal.Text, f.name(person.ID)).todo("agree what %s will do for it", f.name(person.ID))
			}
		}
	},
}
