package rules

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A coach has led sessions over this many days before lint asks who coaches them.
const settledIn = 60

var coachCoached = &Rule{
	ID: "coach-coached", Title: "Coaches are coached, with the same kind of record",
	Tier: Method, Severity: logparse.Info, Requirements: []int{43}, NeedsLogbook: true,
	Why:  "Coaching is a skill, and coaches who are left alone with it slip back. Their own sessions are kept like anybody's.",
	Bad:  "people/josh/plan.md without `coach:`, and no sessions in people/josh",
	Good: "coach: maria     # in people/josh/plan.md, and a session a month",
	person: func(f *finder, p *plan.Person) {
		coach := f.Person(f.CoachOf(p))
		if coach == nil || f.CoachOf(coach) != "" || f.HasLogs(coach.ID) {
			return
		}
		coachees := coachedBy(f.Roster, coach.ID)
		if coachees[0].ID != p.ID || !ledFor(p, coach, settledIn) { // said once for each coach
			return
		}
		if !slices.ContainsFunc(coachees, func(c *plan.Person) bool { return len(coachedBy(f.Roster, c.ID)) == 0 }) {
			return // the end of the chain: all whom they coach are coaches themselves
		}
		doc, span := p.PlanDoc, logparse.Span{}
		if p.Plan != nil {
			span = orTitle(p, p.Plan.Coach.Span)
		} else {
			doc, span = p.Logs[0].Doc, title(p.Logs[0])
		}
		f.at(doc, span, fmt.Sprintf("%s coaches, and has no coach and no sessions of their own here", coach.ID),
			"name who coaches them: `coach: ID` in people/"+coach.ID+"/plan.md; or leave it, where that is nobody's to arrange, with `coach-coached: off` under `rules:`")
	},
}

// coachedBy are those whose coach somebody is, by their plans or the settings, by id.
func coachedBy(r *plan.Roster, coach string) []*plan.Person {
	var coachees []*plan.Person
	for _, p := range r.Known {
		if r.CoachOf(p) == coach {
			coachees = append(coachees, p)
		}
	}
	return coachees
}

// ledFor says whether the sessions of a person with a coach span a number of days.
func ledFor(p, coach *plan.Person, days int) bool {
	var first, last logparse.Date
	for _, log := range p.HeldLogs() {
		if log.Coach != coach.ID {
			continue
		}
		if first.IsZero() {
			first = log.Date
		}
		last = log.Date
	}
	return !first.IsZero() && first.DaysUntil(last) >= days
}
