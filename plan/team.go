package plan

import (
	"slices"
	"strings"
)

// TeamOf is the name of a person's team, by their plan, else by the settings; ""
// where neither says.
func (p *Person) TeamOf() string {
	switch {
	case p.Plan != nil && p.Plan.Team.Set:
		return p.Plan.Team.V
	case p.Settings != nil && p.Settings.Team.Set:
		return p.Settings.Team.V
	}
	return ""
}

// Teams are the names of the teams that anybody is in, sorted.
func (b *Logbook) Teams() []string {
	var names []string
	for _, p := range b.People {
		if name := p.TeamOf(); name != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Team is everybody who was in a team in a period, whatever the case of its name;
// of "" it is everybody in the logbook. Only those count who are coached.
func (b *Logbook) Team(name string, period Period) []*Person {
	return b.coachees(period, func(p *Person) bool { return name == "" || strings.EqualFold(p.TeamOf(), name) })
}

// CoachedBy is everybody whose coach, by plan or settings, is somebody.
func (b *Logbook) CoachedBy(coach string, period Period) []*Person {
	return b.coachees(period, func(p *Person) bool { return b.CoachOf(p) == coach })
}

// coachees are those who are coached, by their plan or by a log, and who had not
// left before the period.
func (b *Logbook) coachees(period Period, keep func(*Person) bool) []*Person {
	var people []*Person
	for _, p := range b.People {
		if b.Coached(p, period.From) && keep(p) {
			people = append(people, p)
		}
	}
	return people
}
