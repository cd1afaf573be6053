package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/plan"
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
	c := &Course{ID: id}
	for _, p := range b.People {
		var actions []ActionReport
		for _, g := range p.Goals {
			if g.ID == id {
				goal, _ := goalReport(g, plan.AllTime)
				c.Goals = append(c.Goals, CourseGoal{p.ID, goal})
			}
		}
		for _, a := range p.Agreements {
			if a.ID == id {
				actions = addAgreement(actions, a)
			}
		}
		for _, action := range actions {
			c.Actions = append(c.Actions, CourseAction{p.ID, action})
		}
	}
	return c
}

// Empty says whether nothing has the id.
func (c *Course) Empty() bool { return len(c.Goals)+len(c.Actions) == 0 }

// Write writes the course as text or JSON.
func (c *Course) Write(w io.Writer, style terminal.Style, format string) error {
	if format == "json" {
		return writeJSON(w, c)
	}
	p := &textPage{style: style}
	for _, g := range c.Goals {
		fmt.Fprintf(p, "%s\n", style.Bold("Goal of "+g.Coachee))
		p.goals("", []GoalReport{g.GoalReport})
	}
	for _, a := range c.Actions {
		fmt.Fprintf(p, "%s\n", style.Bold("Action for "+a.Coachee))
		p.line(2, fmt.Sprintf("%s %s", terminal.Escape(a.Text), style.Faint("@"+terminal.Escape(a.Owner))))
		for _, agreement := range a.Agreements {
			p.item(4, resultBoxes[agreement.Result]+" ", fmt.Sprintf("agreed %s, %s", shortDate(agreement.Agreed), agreement.notes()))
			for _, remark := range agreement.Remarks {
				p.item(8, style.Faint("- "), style.Faint(terminal.Escape(remark)))
			}
		}
		p.WriteString("\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(p.String(), "\n")+"\n")
	return err
}
