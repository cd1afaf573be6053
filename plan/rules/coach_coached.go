package rules

import (
	"fmt"

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
		id := f.CoachOf(p)
		coach := f.Person(id)
		if coach == nil || !ledFor(f.Logbook, coach, settledIn) || f.CoachOf(coach) != "" || len(coach.Logs) > 0 || coachesCoachesOnly(f.Logbook, coach) {
			return
		}
		for _, other := range f.People { // said once for each coach
			if f.CoachOf(other) == id {
				if other != p {
					return
				}
				break
			}
		}
		doc, span := p.PlanDoc, logparse.Span{}
		if p.Plan != nil {
			span = orTitle(p, p.Plan.Coach.Span)
		} else if len(p.Logs) > 0 {
			doc, span = p.Logs[0].Doc, title(p.Logs[0])
		} else {
			return
		}
		f.at(doc, span, fmt.Sprintf("%s coaches, and has no coach and no sessions of their own here", id),
			"name who coaches them: `coach: ID` in people/"+id+"/plan.md; or leave it, where that is nobody's to arrange, with `coach-coached: off` under `rules:`")
	},
}

// ledFor says whether somebody's sessions as a coach span a number of days.
func ledFor(b *plan.Logbook, coach *plan.Person, days int) bool {
	var first, last logparse.Date
	for _, p := range b.People {
		for _, log := range p.HeldLogs() {
			if log.Coach != coach.ID {
				continue
			}
			if first.IsZero() || log.Date.Before(first) {
				first = log.Date
			}
			if last.Before(log.Date) {
				last = log.Date
			}
		}
	}
	return !first.IsZero() && first.DaysUntil(last) >= days
}

// coachesCoachesOnly says whether somebody stands at the end of the chain: all
// whom they coach are coaches themselves.
func coachesCoachesOnly(b *plan.Logbook, coach *plan.Person) bool {
	for _, p := range b.People {
		if b.CoachOf(p) == coach.ID && !coachesAnybody(b, p) {
			return false
		}
	}
	return true
}

// coachesAnybody says whether somebody is named as a coach, by a plan, the
// settings or a log.
func coachesAnybody(b *plan.Logbook, coach *plan.Person) bool {
	for _, p := range b.People {
		if p != coach && b.CoachOf(p) == coach.ID {
			return true
		}
		for _, log := range p.Logs {
			if p != coach && log.Coach == coach.ID {
				return true
			}
		}
	}
	return false
}
