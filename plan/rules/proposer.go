package rules

import "github.com/coachlog/coachlog/logparse"

var proposer = &Rule{
	ID: "proposer", Title: "It is written down who proposed a goal",
	Tier: Strict, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{65},
	Why:  "The coachee drives. You can see that if each goal says whose idea it was.",
	Bad:  "- [ ] Solve refunds alone ^refunds due:2026-08-31",
	Good: "- [ ] Solve refunds alone ^refunds due:2026-08-31 by:rep1",
	find: func(f *finder) {
		for _, g := range f.log.Person.Goals {
			if first := g.Stated[0]; g.By == "" && first.Log == f.log {
				f.at(first.Goal.TextSpan, "nothing says who proposed %q", g.Text).todo("write by:%s or by:%s after it", f.log.Person.ID, f.log.Coach)
			}
		}
	},
}
