package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// signOff is how somebody gives their word on a file.
func signOff(path, id string, day logparse.Date) string {
	return "when it is, " + id + " runs coachlog agree " + path + "; by hand, write the day: `agreed: {" + id + ": " + day.String() + "}`"
}

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
		for _, id := range f.Unsigned(p.PlanDoc.Path, p.Plan.Agreed, p.ID, f.CoachOf(p)) {
			f.at(p.PlanDoc, planTitle(p), "the plan has no word of "+id+" that it is agreed", signOff(p.PlanDoc.Path, id, f.today))
		}
	},
}
