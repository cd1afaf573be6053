package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// Everybody is what the files of many people come to, put together: who there is,
// and each one's facts.
type Everybody struct {
	*Roster
	People []*Facts // by id: those who have files, and whom their logs name

	of map[string]*Facts
}

// NewEverybody puts facts together. Those who are only named in others' logs have
// none of their own, and are there.
func NewEverybody(r *Roster, facts []*Facts) *Everybody {
	e := &Everybody{Roster: r, of: make(map[string]*Facts, len(facts))}
	for _, f := range facts {
		e.of[f.ID] = f
	}
	for _, f := range facts {
		for _, id := range f.Named {
			if e.of[id] == nil {
				e.of[id] = noFacts(id)
			}
		}
	}
	for _, f := range e.of {
		e.People = append(e.People, f)
	}
	slices.SortFunc(e.People, func(x, y *Facts) int { return cmp.Compare(x.ID, y.ID) })
	return e
}

// noFacts are those of somebody who has no files.
func noFacts(id string) *Facts { return &Facts{Version: FactsVersion, ID: id} }

// Has says whether somebody is known or named by an id, or by one that they had
// before.
func (e *Everybody) Has(id string) bool {
	id = e.Resolve(id)
	return e.of[id] != nil || e.byID[id] != nil
}

// Facts are somebody's, by any of their ids; with nothing in them where there are
// none.
func (e *Everybody) Facts(id string) *Facts {
	id = e.Resolve(id)
	if f := e.of[id]; f != nil {
		return f
	}
	return noFacts(id)
}

// AsOf is everybody as they stood at the end of a day.
func (e *Everybody) AsOf(day logparse.Date) *Everybody {
	facts := make([]*Facts, len(e.People))
	for i, f := range e.People {
		facts[i] = f.AsOf(day)
	}
	return NewEverybody(e.Roster, facts)
}

// Of is only some of the people.
func (e *Everybody) Of(keep func(f *Facts) bool) *Everybody {
	return &Everybody{Roster: e.Roster, of: e.of, People: slices.DeleteFunc(slices.Clone(e.People), func(f *Facts) bool { return !keep(f) })}
}

// With is only those whose facts have to do with somebody: as who coaches them, or did, or owns
// an action, or whom they wrote of.
func (e *Everybody) With(id string) *Everybody {
	return e.Of(func(f *Facts) bool {
		return f.ID == id || slices.Contains(f.Named, id) || e.CoachOf(e.Someone(f.ID)) == id ||
			slices.ContainsFunc(f.Assessments, func(a AssessmentFact) bool { return a.About == id })
	})
}

// Commitments are CommitmentOf of every owner, counted at once.
func (e *Everybody) Commitments(period Period) map[string]Commitment {
	all := make(map[string]Commitment)
	for _, f := range e.People {
		for _, a := range f.Agreements {
			c := all[a.Owner()]
			f.addAction(&c, a, period)
			all[a.Owner()] = c
		}
	}
	return all
}

// Led are the ids of those who led a session, or whose plan was judged.
func (e *Everybody) Led() map[string]bool {
	all := make(map[string]bool)
	for _, f := range e.People {
		for _, s := range f.Sessions {
			all[s.Coach] = true
		}
		for _, g := range f.Goals {
			for _, v := range g.Verdicts {
				all[v.Coach] = true
			}
		}
	}
	return all
}

// FollowUpOf is how many due actions a coach talked about, of all that were due, in sessions dated in
// the period that this coach led. Dropped actions are out of it.
func (e *Everybody) FollowUpOf(coach string, period Period) (r Rate) {
	for _, f := range e.People {
		r.Add(f.FollowUpOf(coach, period))
	}
	return r
}

// VerdictsIn counts the verdicts that sessions of a period gave on plans that a
// coach agreed. The coach need not be the one who judged them (method 81).
func (e *Everybody) VerdictsIn(period Period, coach string) (c VerdictCount) {
	for _, f := range e.People {
		c.Add(f.VerdictsIn(period, coach))
	}
	return c
}

// WeeksOf counts what became of one owner's actions among all people's sessions.
func (e *Everybody) WeeksOf(owner string, period Period) []Week {
	var weeks []Week
	for _, f := range e.People {
		for _, w := range f.Weeks(owner, period) {
			weeks = AddWeek(weeks, w)
		}
	}
	return weeks
}

// Teams are the names of the teams that anybody is in, sorted.
func (e *Everybody) Teams() []string {
	var names []string
	for _, f := range e.People {
		if name := e.TeamOf(f); name != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TeamOf is the name of the team that somebody is in.
func (e *Everybody) TeamOf(f *Facts) string { return e.Someone(f.ID).TeamOf() }

// Team is everybody who was in a team in a period, whatever the case of its name;
// of "" it is everybody in the logbook. Only those count who are coached.
func (e *Everybody) Team(name string, period Period) []*Facts {
	return e.coachees(period, func(f *Facts) bool { return name == "" || strings.EqualFold(e.TeamOf(f), name) })
}

// CoachedBy is everybody whose coach is somebody at the end of a period.
func (e *Everybody) CoachedBy(coach string, period Period) []*Facts {
	return e.coachees(period, func(f *Facts) bool { return e.CoachOn(f, period.To) == coach })
}

// coachees are those who are coached, by their plan or by a log, and who had not
// left before the period.
func (e *Everybody) coachees(period Period, keep func(*Facts) bool) []*Facts {
	var people []*Facts
	for _, f := range e.People {
		if e.Coached(f, period.From) && keep(f) {
			people = append(people, f)
		}
	}
	return people
}
