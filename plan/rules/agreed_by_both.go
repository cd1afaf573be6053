package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
)

var agreedByBoth = &Rule{
	ID: "agreed-by-both", Title: "Both have agreed to the plan, and to the actions of a session",
	Tier: Strict, Severity: logparse.Warning, looksAt: heldLogs | grownPlans, Requirements: []int{4, 59},
	Why:  "What one side wrote down alone is an order or a hope. So each side confirms once that this is what was agreed. A plan is checked from the fifth week of coaching on.",
	Bad:  "status: held     # and no `agreed:`",
	Good: "status: held\nagreed: {rep1: 2026-07-06, josh: 2026-07-06}",
	find: func(f *finder) {
		path, what, day := f.doc.Path, "log", f.today
		var byHand []logparse.SignOff
		sides := []string{f.person.ID, f.CoachOf(f.person)}
		if f.doc.Plan != nil {
			what, byHand = "plan", f.plan.Agreed
		} else {
			day, byHand, sides[1] = f.log.Date, f.log.Agreed, f.log.Coach
			if len(f.log.ShortTerm)+len(f.log.MidTerm) == 0 {
				return
			}
		}
		for _, id := range f.Unsigned(path, byHand, sides...) {
			f.at(f.title(), "%s hasn't confirmed this %s yet", f.name(id), what).
				todo("%s runs coachlog agree %s; by hand: %s", f.name(id), path, fmt.Sprintf("`agreed: {%s: %s}`", id, day))
		}
	},
}
