package assist

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
)

// A Lens is a line that an editor shows above a place.
type Lens struct {
	Span  logparse.Span
	Title string
}

// Lenses say above each goal of a log how things stand with it now.
func (v *View) Lenses() (lenses []Lens) {
	s := v.Doc.Session
	if s == nil || v.Person == nil {
		return nil
	}
	for _, goal := range slices.Concat(s.FollowThrough, s.ShortTerm, s.MidTerm) {
		if g := v.goalOf(goal.Item); g != nil {
			lenses = append(lenses, Lens{goal.TextSpan, report.GoalNow(g, v.Today)})
		}
	}
	return lenses
}
