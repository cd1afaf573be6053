package rules

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var actionLeft = &Rule{
	ID: "action-left", Title: "No action and no goal is silently dropped",
	Tier: Method, Severity: logparse.Warning, looksAt: coachees, Requirements: []int{61, 83},
	Why:  "What wasn't done can be carried on, agreed again or dropped; each is fine. If nobody says which, agreements wear away.",
	Bad:  "- [n] Walk the resolution checklist ^checklist\n\n(and nothing about it in the new plan, while its goal goes on)",
	Good: "- [n] Walk the resolution checklist ^checklist\n\n## Short-term goals\n\n- [ ] Solve calls the first time ^fcr\n  - [ ] Keep the checklist open on the second screen ^checklist2\n  - [-] Walk the resolution checklist ^checklist",
	find: func(f *finder) {
		if f.last == nil {
			return
		}
		f.turnTo(f.last)
		var earlier []string
		for _, a := range f.person.Agreements {
			switch {
			case !a.Unsettled() || a.AccountItem == nil || !a.Goal.Running():
			case a.Account == f.last:
				what := became[a.Result]
				if a.Result == plan.NotDone && a.AccountItem.State == logparse.Open {
					what = "has a blank box; a promise of the coach's own that nobody talks about counts as not done"
				}
				f.at(a.AccountItem.TextSpan, "%s %s, and stays on the list until somebody says what happens now", nameOf(a), what).
					todo("carry it on with [>], agree it again under its goal, or drop it there with [-]")
			default:
				earlier = append(earlier, nameOf(a))
			}
		}
		if len(earlier) > 0 {
			f.at(f.section(logparse.FollowUp), "nobody has said yet what happens to %s, so it stays on the list", list(earlier)).
				todo("carry on, agree again or drop each; coachlog check %s lists them with their results", f.person.ID)
		}
		var left []string
		for _, g := range f.person.Goals {
			if since := lastMentioned(g); g.Running() && since != nil && since.Before(f.last) {
				left = append(left, fmt.Sprintf("%q (since %s)", g.Text, on(since.Date)))
			}
		}
		if len(left) > 0 {
			f.at(f.section(logparse.ShortTerm, logparse.MidTerm), "the last session doesn't mention %s, and it is still running", list(left)).
				todo("ask about it next time; to let it go, write it there with [-]")
		}
	},
}

// became says in words what came of an action that isn't settled.
var became = map[plan.Result]string{plan.Partly: "was done partly", plan.NotDone: "wasn't done", plan.Blocked: "is blocked"}

// lastMentioned is the last log that speaks of a goal or of one of its actions.
func lastMentioned(g *plan.Goal) *plan.Log {
	for _, log := range slices.Backward(g.Person.CountedLogs()) {
		speaks := slices.ContainsFunc(g.Agreements, func(a *plan.Agreement) bool { return lineAbout(a, log) != nil })
		if speaks || slices.ContainsFunc(goalsIn(log), func(goal *logparse.Goal) bool { return g.Is(goal.Item) }) {
			return log
		}
	}
	return nil
}

// goalsIn are all goals of a log, but for the long-term ones.
func goalsIn(log *plan.Log) []*logparse.Goal {
	return slices.Concat(log.FollowThrough, log.ShortTerm, log.MidTerm)
}
