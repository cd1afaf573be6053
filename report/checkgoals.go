package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// addGoals adds what is open about goals: asking, new actions and support are the coach's.
func (c *CheckPerson) addGoals(f *plan.Facts, words plan.Words, today logparse.Date, filter CheckFilter) {
	keeps := func(g plan.GoalFact) bool {
		return !filter.Overdue && filter.DueBefore.IsZero() && (filter.Owner == "" || filter.Owner == c.Coach) && (filter.Horizon == "" || filter.Horizon == g.Now().Horizon)
	}
	for _, g := range f.OpenGoals(today) {
		if keeps(g.GoalFact) {
			c.Goals = append(c.Goals, CheckGoal{words.GoalText(g.Index), g.ID, g.Now().Horizon, c.Coach, g.Now().Due, g.Running.Wanted, g.Mentioned, g.Forgotten})
		}
	}
	kept := func(all []plan.Owing) []CheckPlan {
		those := where(all, func(owed plan.Owing) bool { return keeps(f.Goals[owed.Goal]) })
		return each(those, func(owed plan.Owing) CheckPlan { return checkPlan(f, owed, words, c.Coach, today) })
	}
	c.Plans, c.Support = kept(f.OwedPlans()), kept(f.OwedSupport())
}

func checkPlan(f *plan.Facts, owed plan.Owing, words plan.Words, coach string, today logparse.Date) CheckPlan {
	judged := f.Sessions[owed.Session]
	return CheckPlan{words.GoalText(owed.Goal), f.Goals[owed.Goal].ID, coach, judged.Date, judged.Date.DaysUntil(today), judged.Path}
}

// addGoalItems adds the entries about goals that somebody has to do something about, by owner.
func (c CheckPerson) addGoalItems(items map[string][]page.Item) {
	for _, g := range c.Goals {
		items[g.Coach] = append(items[g.Coach], page.Item{Label: "goal", Text: g.Goal, Small: idMark(g.ID), Below: []string{g.words()}})
	}
	for _, owed := range c.Plans {
		items[owed.Coach] = append(items[owed.Coach], page.Item{Label: "new plan", Tone: page.Care, Text: owed.Goal, Small: idMark(owed.ID), Below: []string{
			fmt.Sprintf("the plan fell short on %s and needs new actions", shortDate(owed.Judged))}})
	}
	for _, owed := range c.Support {
		items[owed.Coach] = append(items[owed.Coach], page.Item{Label: "support", Tone: page.Care, Text: owed.Goal, Small: idMark(owed.ID), Below: []string{
			fmt.Sprintf("support was missing when the goal was checked on %s; what is still needed?", shortDate(owed.Judged))}})
	}
}

// words say what is missing before the goal can be checked, or how long nobody spoke of it.
func (g CheckGoal) words() string {
	switch {
	case len(g.Missing) > 0:
		return joined("; ", dated("was due ", g.Due), "not checked yet: nobody noted "+strings.Join(g.Missing, ", nor "))
	case g.Forgotten:
		return "not mentioned since " + shortDate(g.Mentioned) + "; carry it on, give it a date, or drop it by agreement"
	}
	return "was due " + shortDate(g.Due) + ", and no session has talked about it yet"
}
