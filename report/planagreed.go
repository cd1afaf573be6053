package report

import (
	"fmt"
	"slices"
	"strconv"
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
	r.Agreed = each(d.Agreed, func(s logparse.SignOff) PlanSignOff { return PlanSignOff{b.Resolve(s.Person.V), s.Date} })
	r.Signed = each(b.Standing(r.File), func(s plan.SignOff) PlanSignOff { return PlanSignOff{s.Person, s.Day} })
	r.Share = shares(d.Share)
}

// signersOf names those who agreed, each with the day.
func signersOf(signed []PlanSignOff) string {
	return joined(", ", each(signed, func(s PlanSignOff) string { return "@" + s.Person + " " + shortDate(s.Date) })...)
}

// datesByHand are those that the file has for people whose sign-off isn't there.
func (r *Plan) datesByHand() string {
	dates := where(r.Agreed, func(d PlanSignOff) bool {
		return !slices.ContainsFunc(r.Signed, func(s PlanSignOff) bool { return s.Person == d.Person })
	})
	switch len(dates) {
	case 0:
		return ""
	case 1:
		return signersOf(dates) + " (a date in the file, not a sign-off)"
	}
	return signersOf(dates) + " (dates in the file, not sign-offs)"
}

// sentence says whether the approval holds: without its day it is none, and a word that is
// no part approves nothing.
func (s PlanShare) sentence() string {
	parts := where(s.Parts, plan.KnownPart)
	unknown := each(where(s.Parts, func(word string) bool { return !plan.KnownPart(word) }), strconv.Quote)
	note := ""
	switch len(unknown) {
	case 0:
	case 1:
		note = " (" + unknown[0] + " is not a part)"
	default:
		note = " (" + strings.Join(unknown, ", ") + " are not parts)"
	}
	switch {
	case s.Withdrawn != nil:
		return fmt.Sprintf("no longer with %s, since %s", s.Group, shortDate(*s.Withdrawn))
	case s.Since == nil || len(s.Parts) == 0:
		return fmt.Sprintf("not yet with %s: the plan doesn't say yet what to share and since when", s.Group)
	case len(parts) == 0:
		return "nothing with " + s.Group + note
	}
	return fmt.Sprintf("%s with %s since %s", strings.Join(parts, ", "), s.Group, shortDate(*s.Since)) + note
}
