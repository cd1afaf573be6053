package rules

import "github.com/coachlog/coachlog/logparse"

var ownHow = &Rule{
	ID: "own-how", Title: "The coachee has a say in how a goal is reached",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{66}, Judgement: true,
	Why:  "People follow a way they found themselves. If every action belongs to somebody else, or was proposed by somebody else, it isn't the coachee's way.",
	Bad:  "- [ ] Calmer calls ^calm\n  - [ ] Listen to two calls of Tom's ^listen by:josh\n  - [ ] Take a breath before each call ^breath by:josh",
	Good: "- [ ] Calmer calls ^calm\n  - [ ] Listen to two calls of Tom's ^listen by:josh\n  - [ ] Stand up during calls ^stand by:rep1",
	find: func(f *finder) {
		for _, goal := range f.log.ShortTerm {
			if goal.State == logparse.Dropped || goal.State == logparse.Done || len(goal.Actions) == 0 {
				continue
			}
			own, proposed, others := false, false, true
			for _, action := range goal.Actions {
				own = own || !action.Owner.Set || f.Resolve(action.Owner.V) == f.log.Person.ID
				proposed = proposed || action.By.Set
				others = others && action.By.Set && f.Resolve(action.By.V) != f.log.Person.ID
			}
			switch {
			case !own && len(openFor(f.log, goal)) == 0:
				f.at(goal.TextSpan, "no action for %q belongs to %s", goal.Text, f.log.Person.ID).todo("ask what %s would do for it", f.log.Person.ID)
			case proposed && others:
				f.at(goal.TextSpan, "no action for %q was proposed by %s", goal.Text, f.log.Person.ID).
					todo("ask how %s would go about it, and write by:%s after that action", f.log.Person.ID, f.log.Person.ID)
			}
		}
	},
}
