package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A PlanSignOff is a person and the day on which they agreed to the plan.
type PlanSignOff struct {
	Person string        `json:"person"`
	Date   logparse.Date `json:"date"`
}

func (r *Plan) addConsent(b *plan.Logbook, d *logparse.DevelopmentPlan) {
	for _, s := range d.Agreed {
		r.Agreed = append(r.Agreed, PlanSignOff{b.Resolve(s.Person.V), s.Date})
	}
	for _, s := range b.Signed {
		if s.Path == r.File && s.Void == nil {
			r.Signed = append(r.Signed, PlanSignOff{s.Person, s.Commit.Day()})
		}
	}
	r.Share = append(r.Share, shares(d.Share)...)
}

// signersOf names those who agreed, each with the day.
func signersOf(signed []PlanSignOff) string {
	var texts []string
	for _, s := range signed {
		texts = append(texts, fmt.Sprintf("@%s %s", s.Person, shortDate(s.Date)))
	}
	return strings.Join(texts, ", ")
}

// datesByHand are those that the file has for people whose sign-off isn't there.
func (r *Plan) datesByHand() string {
	dates := slices.DeleteFunc(slices.Clone(r.Agreed), func(d PlanSignOff) bool {
		return slices.ContainsFunc(r.Signed, func(s PlanSignOff) bool { return s.Person == d.Person })
	})
	if len(dates) == 0 {
		return ""
	}
	return signersOf(dates) + " (dates in the file, not sign-offs)"
}
