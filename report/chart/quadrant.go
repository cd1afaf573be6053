package chart

import (
	"fmt"
	"strings"
)

// A Quadrant counts the four verdicts: whether the actions were followed, and
// whether the goal was reached, apart (method 80, 81).
type Quadrant struct {
	Worked, FellShort, AnotherWay, FollowThrough int
}

// Title says what the chart is.
func (q *Quadrant) Title() string { return "How short-term goals went" }

// Alt tells the four counts.
func (q *Quadrant) Alt() string {
	return fmt.Sprintf("The plan worked: %d. The plan fell short: %d. Goal reached another way: %d. Neither, follow-through first: %d.",
		q.Worked, q.FellShort, q.AnotherWay, q.FollowThrough)
}

// Text is the four counts, in two lines where there is room.
func (q *Quadrant) Text(width int) string {
	lines := fmt.Sprintf("part done:      reached %d (plan worked)  not reached %d (plan fell short)\n"+
		"part not done:  reached %d (another way)  not reached %d (follow-through first)",
		q.Worked, q.FellShort, q.AnotherWay, q.FollowThrough)
	if width < 80 {
		lines = strings.NewReplacer(":  ", ":\n  ", ")  ", ")\n  ").Replace(lines)
	}
	return lines
}

type quadrantCell struct {
	X, Y  int
	Count int
	Name  string
}

func (q *Quadrant) drawing() (template string, height int, values any) {
	return "quadrant", 178, []quadrantCell{
		{84, 24, q.Worked, "plan worked"}, {220, 24, q.FellShort, "plan fell short"},
		{84, 100, q.AnotherWay, "another way"}, {220, 100, q.FollowThrough, "follow-through first"},
	}
}
