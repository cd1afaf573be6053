package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// addGoals adds what is open about goals: asking, new actions and support are the coach's.
func (c *CheckPerson) addGoals(p *plan.Person, today logparse.Date, filter CheckFilter) {
	keeps := func(coach string, g *plan.Goal) bool {
		return !filter.Overdue && filter.DueBefore.IsZero() && (filter.Owner == "" || filter.Owner == coach) && (filter.Horizon == "" || filter.Horizon == g.Horizon)
	}
	for _, g := range p.OpenGoals(today) {
		if keeps(c.Coach, g.Goal) {
			c.Goals = append(c.Goals, CheckGoal{g.Text, g.ID, g.Horizon, c.Coach, g.Due, g.Wanted(), g.Mentioned, g.Forgotten})
		}
	}
	for _, v := range p.OwedPlans() {
		if keeps(c.Coach, v.Goal) {
			c.Plans = append(c.Plans, checkPlan(v, c.Coach, today))
		}
	}
	for _, v := range p.OwedSupport() {
		if keeps(c.Coach, v.Goal) {
			c.Support = append(c.Support, checkPlan(v, c.Coach, today))
		}
	}
}

func checkPlan(v *plan.Verdict, coach string, today logparse.Date) CheckPlan {
	return CheckPlan{v.Goal.Text, v.Goal.ID, coach, v.Log.Date, v.Log.Date.DaysUntil(today), v.Log.Path()}
}

// forgottenSince are the days agreed for a session since the last one, of which no log speaks.
func forgottenSince(b *plan.Logbook, p *plan.Person, today logparse.Date) []logparse.Date {
	var days []logparse.Date
	last := p.LastSession()
	for _, day := range b.Forgotten(p.Facts(), today) {
		if last == nil || last.Date.Before(day) {
			days = append(days, day)
		}
	}
	return days
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
	due := ""
	if !g.Due.IsZero() && len(g.Missing) > 0 {
		due = "was due " + shortDate(g.Due)
	}
	switch {
	case len(g.Missing) > 0:
		return joined("; ", due, "not checked yet: nobody noted "+strings.Join(g.Missing, ", nor "))
	case g.Forgotten:
		return "not mentioned since " + shortDate(g.Mentioned) + "; carry it on, give it a date, or drop it by agreement"
	}
	return "was due " + shortDate(g.Due) + ", and no session has talked about it yet"
}
