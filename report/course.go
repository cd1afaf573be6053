package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// A Course is what became of the goals and actions with one id.
type Course struct {
	ID      string         `json:"id"`
	Goals   []CourseGoal   `json:"goals,omitempty"`
	Actions []CourseAction `json:"actions,omitempty"`
}

// A CourseGoal is one person's goal with the id.
type CourseGoal struct {
	Coachee string `json:"coachee"`
	GoalReport
}

// A CourseAction is one person's action with the id.
type CourseAction struct {
	Coachee string `json:"coachee"`
	ActionReport
}

// NewCourse follows an id through the logbook.
func NewCourse(b *plan.Logbook, id string) *Course {
	return newCourse(b, id, func(g *plan.Goal) bool { return g.ID == id }, func(a *plan.Agreement) bool { return a.ID == id })
}

// CourseOf follows one goal, or one action in all its turns, also where it has no id.
func CourseOf(b *plan.Logbook, g *plan.Goal, a *plan.Agreement) *Course {
	turns := []*plan.Agreement{}
	if a != nil {
		turns = a.Turns()
	}
	return newCourse(b, "", func(o *plan.Goal) bool { return o == g }, func(o *plan.Agreement) bool { return slices.Contains(turns, o) })
}

func newCourse(b *plan.Logbook, id string, goal func(*plan.Goal) bool, action func(*plan.Agreement) bool) *Course {
	c := &Course{ID: id}
	for _, p := range b.People {
		see := view{Scope{Today: plan.AllTime.To}.readers(b.Roster), p.ID}
		for _, g := range p.Goals {
			if goal(g) {
				report, _ := goalReport(g, plan.AllTime, see)
				c.Goals = append(c.Goals, CourseGoal{p.ID, report})
			}
		}
		for _, report := range actionReports(where(p.Agreements, action), see) {
			c.Actions = append(c.Actions, CourseAction{p.ID, report})
		}
	}
	return c
}

// Add adds what became of another person's.
func (c *Course) Add(o *Course) {
	c.Goals = append(c.Goals, o.Goals...)
	c.Actions = append(c.Actions, o.Actions...)
}

// Empty says whether nothing has the id.
func (c *Course) Empty() bool { return len(c.Goals)+len(c.Actions) == 0 }

// Page tells the course of each.
func (c *Course) Page() *page.Page {
	p := &page.Page{Title: idMark(c.ID)}
	for _, g := range c.Goals {
		p.Add("Goal of "+g.Coachee, "", cards([]GoalReport{g.GoalReport}))
	}
	for _, a := range c.Actions {
		card := page.Card{Title: a.Text, Small: "@" + a.Owner}
		for _, agreement := range a.Agreements {
			card.Items = append(card.Items, page.Item{
				Mark: resultBoxes[agreement.Result], Text: "agreed " + shortDate(agreement.Agreed) + ", " + agreement.notes(), Below: agreement.Remarks,
			})
		}
		p.Add("Action for "+a.Coachee, "", page.Cards{card})
	}
	return p
}
