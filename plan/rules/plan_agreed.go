package rules

import "github.com/coachlog/coachlog/logparse"

// signOff is how somebody gives their word on a file.
func signOff(path, id string, day logparse.Date) string {
	return "when it is, " + id + " runs coachlog agree " + path + "; by hand, write the day: `agreed: {" + id + ": " + day.String() + "}`"
}

var planAgreed = &Rule{
	ID: "plan-agreed", Title: "Both have agreed to the plan",
	Tier: Strict, Severity: logparse.Warning, looksAt: grownPlans, Requirements: []int{4},
	Why:  "A plan that only one side knows about binds nobody. For each version it is written down when each said yes. Checked from the fifth week of coaching on.",
	Bad:  "agreed: {josh: 2026-07-01}",
	Good: "agreed: {rep1: 2026-07-01, josh: 2026-07-01}",
	find: func(f *finder) {
		for _, id := range f.Unsigned(f.person.PlanDoc.Path, f.plan.Agreed, f.person.ID, f.CoachOf(f.person)) {
			f.at(f.title(), "%s hasn't agreed to this plan yet", id).todo("%s", signOff(f.person.PlanDoc.Path, id, f.today))
		}
	},
}
