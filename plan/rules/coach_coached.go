package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A coach has led sessions over this many days before lint asks who coaches them.
const settledIn = 60

var coachCoached = &Rule{
	ID: "coach-coached", Title: "Coaches are coached, with the same kind of record",
	Tier: Method, Severity: logparse.Info, looksAt: coachees, Requirements: []int{43}, NeedsLogbook: true,
	Why:  "Coaching is a skill, and coaches who are left alone with it slip back. Keep logs of their own sessions like anybody else's.",
	Bad:  "people/josh/plan.md without `coach:`, and no sessions in people/josh",
	Good: "coach: maria     # in people/josh/plan.md, and a session a month",
	find: func(f *finder) {
		coach := f.Person(f.CoachOf(f.person))
		if coach == nil || f.CoachOf(coach) != "" || f.HasLogs(coach.ID) {
			return
		}
		coachees := f.linter.coachedBy(f.Roster, coach.ID)
		if len(coachees) == 0 || coachees[0].ID != f.person.ID || !ledFor(f.person, coach, settledIn) { // said once for each coach
			return
		}
		if !slices.ContainsFunc(coachees, func(c *plan.Person) bool { return len(f.linter.coachedBy(f.Roster, c.ID)) == 0 }) {
			return // the end of the chain: all whom they coach are coaches themselves
		}
		span := f.title()
		if f.person.Plan != nil {
			span = f.orTitle(f.person.Plan.Coach.Span)
		}
		f.at(span, "%s coaches others but has no coach and no sessions of their own here", coach.Name).
			todo("write who coaches them: `coach: ID` in people/%s/plan.md; if nobody can arrange that, write `coach-coached: off` under `rules:` in coachlog.yaml", coach.ID)
	},
}

// coachedBy are those whose coach somebody is, by their plans or the settings, by id.
func (l *Linter) coachedBy(r *plan.Roster, coach string) []*plan.Person {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.coachees == nil {
		l.coachees = make(map[string][]*plan.Person)
		for _, p := range r.Known {
			l.coachees[r.CoachOf(p)] = append(l.coachees[r.CoachOf(p)], p)
		}
	}
	return l.coachees[coach]
}

// ledFor says whether the sessions of a person with a coach span a number of days.
func ledFor(p, coach *plan.Person, days int) bool {
	led := slices.DeleteFunc(p.HeldLogs(), func(log *plan.Log) bool { return log.Coach != coach.ID })
	return len(led) > 0 && led[0].Date.DaysUntil(led[len(led)-1].Date) >= days
}
