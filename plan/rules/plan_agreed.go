package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var planAgreed = &Rule{
	ID: "plan-agreed", Title: "Both have agreed to the plan",
	Tier: Strict, Severity: logparse.Warning, Requirements: []int{4},
	Why:  "A plan that only one side knows of binds nobody. The days on which each said yes are on record, for each version. Looked for from the fifth week of coaching on.",
	Bad:  "agreed: {josh: 2026-07-01}",
	Good: "agreed: {rep1: 2026-07-01, josh: 2026-07-01}",
	person: func(f *finder, p *plan.Person) {
		if !grown(f, p) {
			return
		}
		for _, id := range unsigned(f.Logbook, p.Plan.Agreed, p.ID, f.CoachOf(p)) {
			f.at(p.PlanDoc, planTitle(p), "the plan has no word of "+id+" that it is agreed", "when it is, write the day: `agreed: {"+id+": "+f.today.String()+"}`")
		}
	},
}

// unsigned are those of two people whose sign-off is missing.
func unsigned(b *plan.Logbook, signed []logparse.SignOff, people ...string) []string {
	var missing []string
	for _, id := range people {
		there := id == ""
		for _, s := range signed {
			there = there || b.Resolve(s.Person.V) == id
		}
		if !there {
			missing = append(missing, id)
		}
	}
	return missing
}
