package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var shareDated = &Rule{
	ID: "share-dated", Title: "What may leave the logbook was approved on a day",
	Tier: Always, Severity: logparse.Error, Requirements: []int{67},
	Why:  "Nothing leaves the logbook without the coachee's approval. An approval without its day can't be told from a default, and shares nothing.",
	Bad:  "share:\n  team: {parts: [goals]}",
	Good: "share:\n  team: {since: 2026-07-01, parts: [goals]}",
	person: func(f *finder, p *plan.Person) {
		if p.Plan == nil {
			return
		}
		for _, a := range p.Plan.Share {
			switch {
			case !a.Since.Set:
				f.at(p.PlanDoc, a.Group.Span, fmt.Sprintf("the approval for %q has no day, so nothing is shared by it", a.Group.V),
					"write the day on which "+p.ID+" approved it, as in `since: 2026-07-01`")
			case f.today.Before(a.Since.V):
				f.at(p.PlanDoc, a.Since.Span, fmt.Sprintf("the approval for %q is of %s, which is still to come", a.Group.V, a.Since.V), "correct the day")
			case a.Withdrawn.Set && a.Withdrawn.V.Before(a.Since.V):
				f.at(p.PlanDoc, a.Withdrawn.Span, fmt.Sprintf("the approval for %q was withdrawn before it was given", a.Group.V), "correct one of the two days")
			}
		}
	},
}
