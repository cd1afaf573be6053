package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var actionLeft = &Rule{
	ID: "action-left", Title: "No action and no goal is silently dropped",
	Tier: Method, Severity: logparse.Warning, looksAt: latest, Requirements: []int{61, 83},
	Why:  "What wasn't done can be carried on, agreed again or dropped; each is fine. If nobody says which, agreements wear away.",
	Bad:  "- [n] Walk the resolution checklist ^checklist\n\n(and nothing about it in the new plan, while its goal goes on)",
	Good: "- [n] Walk the resolution checklist ^checklist\n\n## Short-term goals\n\n- [ ] Solve calls the first time ^fcr\n  - [ ] Keep the checklist open on the second screen ^checklist2\n  - [-] Walk the resolution checklist ^checklist",
	find: func(f *finder) {
		var earlier []string
		for _, a := range f.person.Agreements {
			switch {
			case !a.Unsettled() || a.AccountItem == nil || !a.Goal.Running():
			case a.Account == f.log:
				what := string(a.Result)
				if a.Result == plan.NotDone && a.AccountItem.State == logparse.Open {
					what = "a blank box of the coach's own counts as not done"
				}
				f.at(a.AccountItem.TextSpan, "nobody has said what happens now with %s (%s)", nameOf(a), what).
					todo("carry it on with [>], agree it again under its goal, or drop it there with [-]")
			default:
				earlier = append(earlier, nameOf(a))
			}
		}
		if len(earlier) > 0 {
			f.at(f.section(logparse.FollowUp), "nobody has said what happens now with %s", list(earlier)).
				todo("carry on, agree again or drop each; coachlog check %s lists them with their results", f.person.ID)
		}
		var left []string
		for _, g := range f.person.Facts().OpenGoals(f.today) {
			if g.Forgotten {
				left = append(left, fmt.Sprintf("%q (since %s)", f.person.GoalText(g.Index), on(g.Mentioned)))
			}
		}
		if len(left) > 0 {
			f.at(f.section(logparse.ShortTerm, logparse.MidTerm), "still running, and not mentioned in the last session: %s", list(left)).
				todo("ask about it next time; to let a goal go, write it with [-]")
		}
	},
}
