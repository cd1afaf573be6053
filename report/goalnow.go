package report

import (
	"cmp"
	"fmt"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// GoalNow says in a line how things stand with a goal, as an editor shows it beside the goal.
func GoalNow(g *plan.Goal, today logparse.Date) string {
	if !g.Running() {
		return "was " + string(g.Ended)
	}
	done, all := 0, 0
	for _, a := range actionReports(g.Agreements, ownView) {
		switch a.result() {
		case plan.Done:
			done++
			all++
		case plan.Dropped, plan.Ended:
		default:
			all++
		}
	}
	actions, owed := cmp.Or(only(all > 0, fmt.Sprintf("%d of %s done so far", done, sentence.Count(all, "action"))), "no actions yet"), ""
	for _, v := range g.Person.OwedPlans() {
		if v.Goal == g {
			owed = "the plan fell short on " + shortDate(v.Log.Date) + " and needs new actions"
		}
	}
	waits := ""
	if g.Waits != nil {
		waits = CheckGoal{Missing: g.Wanted()}.words()
	}
	return joined("; ", joined(", ", actions, dueWords(g.Due, today)), waits, owed)
}

// dueWords say when a goal is due, and how far that is.
func dueWords(due, today logparse.Date) string {
	days := today.DaysUntil(due)
	switch {
	case due.IsZero():
		return ""
	case days == 0:
		return "due today"
	case days > 0:
		return "due in " + sentence.Count(days, "day")
	}
	return "was due " + shortDate(due)
}
