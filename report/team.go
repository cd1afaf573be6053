package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// A Team is the review of a team, or of the whole logbook, in one period. It holds
// counts and distributions over those who approved it for the readers, and nothing
// about fewer than five people.
type Team struct {
	Head
	Name   string       `json:"name"`   // of the team, or of the logbook
	People int          `json:"people"` // who were coached in the period
	Shared []SharedPart `json:"shared"`

	Verdicts   *Verdicts       `json:"verdicts"`         // null where they are about fewer than five people
	Weeks      []WeekReport    `json:"weeks"`            // of the coachees' actions, where five had an account in the week
	Commitment []plan.Band     `json:"commitment_bands"` // percent, by person
	Each       []plan.Band     `json:"session_bands"`    // held sessions, by person
	Standing   []StandingCount `json:"standing"`
	Skills     []LevelCount    `json:"skills"`
	Metrics    []TeamMetric    `json:"metrics"`

	Whole   bool      `json:"whole_logbook"`
	Teams   []TeamRow `json:"teams"`   // of a whole logbook: teams that are large enough
	Coaches []Coach   `json:"coaches"` // of a whole logbook: those who approved it, by name
	Unnamed int       `json:"coaches_unnamed"`
}

// A SharedPart is how many people let the readers see a part.
type SharedPart struct {
	Part   plan.Part `json:"part"`
	People int       `json:"people"`
}

// A StandingCount is with how many people the next session stands one way. Standing
// is empty for those that are told together, being too few to tell apart.
type StandingCount struct {
	Standing plan.Standing `json:"standing"`
	People   int           `json:"people"`
}

// A LevelCount counts skills at one level.
type LevelCount struct {
	Level  plan.SkillLevel `json:"level"`
	Skills int             `json:"skills"`
}

// A TeamMetric is one metric over several people.
type TeamMetric struct {
	Key       string        `json:"key"`
	Name      string        `json:"name"`
	Unit      string        `json:"unit,omitempty"`
	Direction string        `json:"direction,omitempty"`
	People    int           `json:"people"`           // with a value in the period
	Median    float64       `json:"median"`           // of everybody's last value
	Before    *float64      `json:"before,omitempty"` // the same of the period before; missing where fewer than five had one
	Trends    []TrendPeople `json:"trends"`
}

// A TrendPeople is with how many people a metric goes one way. Trend is empty for
// those that are told together.
type TrendPeople struct {
	Trend  plan.Trend `json:"trend"`
	People int        `json:"people"`
}

// A TeamRow is one team of a logbook. A figure is hidden where it, or the rest of
// the logbook that follows from it, is about fewer than five people.
type TeamRow struct {
	Name       string   `json:"name"`
	Held       Quantity `json:"sessions_held"`
	Commitment Quantity `json:"commitment"`
	FollowUp   Quantity `json:"follow_up"`
	Success    Quantity `json:"plan_success"`
}

// Members finds the people of a team, as they were in a period.
type Members func(b *plan.Logbook, period plan.Period) []*plan.Person

// TeamMembers are those whose team has a name; of "", everybody.
func TeamMembers(name string) Members {
	return func(b *plan.Logbook, period plan.Period) []*plan.Person { return b.Team(name, period) }
}

// NewTeam builds the review of a team; NewLogbook that of everybody.
func NewTeam(b *plan.Logbook, name string, people Members, scope Scope) *Team {
	g := newGroup(b, people, scope)
	t := g.report(name)
	var silent []string
	for _, p := range g.people {
		for _, id := range append(coachesOf(p), g.now.CoachOf(p)) {
			if id != "" && !g.may(id, plan.PartCoaching) {
				silent = appendNew(silent, id)
			}
		}
	}
	t.leaveOutCoaches(len(silent))
	return t
}

// NewLogbook builds the review of everybody in a logbook, with its teams and its
// coaches.
func NewLogbook(b *plan.Logbook, scope Scope) *Team {
	g := newGroup(b, TeamMembers(""), scope)
	name := b.Settings.Name.V
	if name == "" {
		name = "The whole logbook"
	}
	t := g.report(name)
	t.Whole = true
	g.addTeams(t)
	g.addCoaches(t)
	return t
}

// A group is the people of a report, in its period and in the one before.
type group struct {
	readers
	period, before plan.Period
	now, then      *plan.Logbook // as they stood at the ends of the two
	people         []*plan.Person
	earlier        map[string]*plan.Person // by id, in then
}

func newGroup(b *plan.Logbook, people Members, scope Scope) *group {
	before := scope.before()
	g := &group{ // a report on many people is always for others
		readers: readers{all: b, scope: scope}, period: scope.Period, before: before, now: b.Until(scope.Period.To), then: b.Until(before.To),
		earlier: make(map[string]*plan.Person),
	}
	g.people = people(g.now, scope.Period)
	for _, p := range g.people {
		g.earlier[p.ID] = personIn(g.then, p.ID)
	}
	return g
}

// sharing are those who let the readers see a part.
func (g *group) sharing(part plan.Part) []*plan.Person {
	return slices.DeleteFunc(slices.Clone(g.people), func(p *plan.Person) bool { return !g.may(p.ID, part) })
}

// sharingFigure are those who let the readers see a figure. What somebody else answers
// for takes the approval of all of them, too.
func (g *group) sharingFigure(f Figure) []*plan.Person {
	of := answersFor[f.Key]
	return slices.DeleteFunc(g.sharing(f.Part), func(p *plan.Person) bool {
		return of != nil && slices.ContainsFunc(slices.Concat(of(p), of(g.earlier[p.ID])), func(id string) bool { return !g.may(id, plan.PartCoaching) })
	})
}

// answersFor are those who answer for a figure about a coachee, where others do.
var answersFor = map[string]func(p *plan.Person) []string{
	"employer": func(p *plan.Person) (owners []string) {
		for _, a := range p.Agreements {
			if a.Owner != p.ID {
				owners = appendNew(owners, a.Owner)
			}
		}
		return owners
	},
	"follow_up": coachesOf,
}

// coachesOf are those who led somebody's sessions.
func coachesOf(p *plan.Person) (coaches []string) {
	for _, log := range p.Logs {
		if log.Coach != "" {
			coaches = appendNew(coaches, log.Coach)
		}
	}
	return coaches
}
