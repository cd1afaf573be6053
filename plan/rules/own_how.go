package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var ownHow = &Rule{
	ID: "own-how", Title: "The coachee has a hand in how a goal is reached",
	Tier: Method, Severity: logparse.Info, Requirements: []int{66}, Judgement: true,
	Why:  "People follow the way that they found themselves. Where every action is somebody else's, or every one was proposed by somebody else, the how isn't the coachee's.",
	Bad:  "- [ ] Calmer calls ^calm\n  - [ ] Listen to two calls of Tom's ^listen by:josh\n  - [ ] Take a breath before each call ^breath by:josh",
	Good: "- [ ] Calmer calls ^calm\n  - [ ] Listen to two calls of Tom's ^listen by:josh\n  - [ ] Stand up during calls ^stand by:rep1",
	log: func(f *finder, log *plan.Log) {
		for _, goal := range log.ShortTerm {
			if goal.State == logparse.Dropped || goal.State == logparse.Done || len(goal.Actions) == 0 {
				continue
			}
			own, proposed, others := false, false, true
			for _, action := range goal.Actions {
				own = own || !action.Owner.Set || f.Resolve(action.Owner.V) == log.Person.ID
				proposed = proposed || action.By.Set
				others = others && action.By.Set && f.Resolve(action.By.V) != log.Person.ID
			}
			switch {
			case !own && len(openFor(log, goal)) == 0:
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("no action for %q is %s's own", goal.Text, log.Person.ID), "ask what "+log.Person.ID+" would do for it")
			case proposed && others:
				f.at(log.Doc, goal.TextSpan, fmt.Sprintf("no action for %q was proposed by %s", goal.Text, log.Person.ID), "ask how "+log.Person.ID+" would go about it, and mark that with by:"+log.Person.ID)
			}
		}
	},
}
