package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var proposer = &Rule{
	ID: "proposer", Title: "Who proposed a goal is on record",
	Tier: Strict, Severity: logparse.Info, Requirements: []int{65},
	Why:  "The coachee drives. Whether they do can be seen when each goal says whose idea it was.",
	Bad:  "- [ ] Solve refunds alone ^refunds due:2026-08-31",
	Good: "- [ ] Solve refunds alone ^refunds due:2026-08-31 by:rep1",
	log: func(f *finder, log *plan.Log) {
		for _, g := range log.Person.Goals {
			if first := g.Stated[0]; g.By == "" && first.Log == log {
				f.at(log.Doc, first.Goal.TextSpan, fmt.Sprintf("nothing says who proposed %q", g.Text), "write by:"+log.Person.ID+" or by:"+log.Coach+" behind it")
			}
		}
	},
}
