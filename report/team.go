package report

import (
	"cmp"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// A Team is the review of a team, or of the whole logbook, in one period. It holds
// counts and distributions over those who approved it for the readers, and nothing
// about fewer than five people.
type Team struct {
	Head
	Name   string       `json:"name"`   // of the team, or of the logbook
	People int          `json:"people"` // who were coached in the period
	Shared []SharedPart `json:"shared"`

	Verdicts   *plan.VerdictCount `json:"verdicts"`         // null where they are about fewer than five people
	Weeks      []chart.Week       `json:"weeks"`            // of the coachees' actions, where five had an account in the week
	Commitment []plan.Band        `json:"commitment_bands"` // percent, by person
	Each       []plan.Band        `json:"session_bands"`    // held sessions, by person
	Standing   []StandingCount    `json:"standing"`
	Skills     []LevelCount       `json:"skills"`
	Metrics    []TeamMetric       `json:"metrics"`

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
// is empty for those that are told together, being too few to show apart.
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
	MetricName
	People int           `json:"people"`           // with a value in the period
	Median float64       `json:"median"`           // of everybody's last value
	Before *float64      `json:"before,omitempty"` // the same of the period before; missing where fewer than five had one
	Trends []TrendPeople `json:"trends"`
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
type Members func(e *plan.Everybody, period plan.Period) []*plan.Facts

// TeamMembers are those whose team has a name; of "", everybody.
func TeamMembers(name string) Members {
	return func(e *plan.Everybody, period plan.Period) []*plan.Facts { return e.Team(name, period) }
}

// NewTeam builds the review of a team; NewLogbook that of everybody.
func NewTeam(e *plan.Everybody, name string, people Members, scope Scope) *Team {
	g := newGroup(e, people, scope)
	t := g.report(name)
	var silent []string
	for _, f := range g.people {
		for _, id := range append(coachesOf(f), g.now.CoachOf(g.now.Someone(f.ID))) {
			if id != "" && !g.may(id, plan.PartCoaching) {
				silent = appendNew(silent, id)
			}
		}
	}
	t.leaveOutCoaches(len(silent))
	t.leaveOutApart(g)
	return t
}

// NewLogbook builds the review of everybody in a logbook, with its teams and its
// coaches.
func NewLogbook(e *plan.Everybody, scope Scope) *Team {
	g := newGroup(e, TeamMembers(""), scope)
	t := g.report(cmp.Or(e.Settings.Name.V, "The whole logbook"))
	t.Whole = true
	g.addTeams(t)
	g.addCoaches(t)
	t.leaveOutApart(g)
	return t
}

// leaveOutApart says what isn't told so that nothing follows from several reports, and notes
// of whom the report tells.
func (t *Team) leaveOutApart(g *group) {
	t.LeftOut = append(t.LeftOut, g.leftOutApart(teamParts)...)
	if g.scope.Several == nil {
		return
	}
	t.telling = make(Telling)
	for _, part := range teamParts {
		if sharing := g.sharing(part); len(sharing) >= plan.SmallGroup {
			t.telling[part] = g.keysOf(inPeriod, part, sharing)
		}
	}
}

// counted are those of some people who count for a number, but for those of whom it would tell if
// other reports were taken off it.
func (g *group) counted(people []*plan.Facts, when int, parts []plan.Part, counts func(*plan.Facts) bool) []*plan.Facts {
	return where(g.countable(people, when, parts, counts), counts)
}

// A group is the people of a report, in its period and in the one before.
type group struct {
	readers
	period, before plan.Period
	now, then      *plan.Everybody // as they stood at the ends of the two
	people         []*plan.Facts   // of now
}

func newGroup(e *plan.Everybody, people Members, scope Scope) *group {
	before := scope.before()
	g := &group{ // a report on many people is always for others
		readers: readers{all: e.Roster, scope: scope, apart: &apart{}}, period: scope.Period, before: before, now: e.AsOf(scope.Period.To), then: e.AsOf(before.To),
	}
	g.people = people(g.now, scope.Period)
	g.withhold(teamParts, func(part plan.Part) []*plan.Facts { return g.sharing(part) })
	return g
}

// earlier is somebody as they stood at the end of the period before.
func (g *group) earlier(f *plan.Facts) *plan.Facts { return g.then.Facts(f.ID) }

// at is somebody as they stood at the end of one of the periods, and that period.
func (g *group) at(f *plan.Facts, when int) (*plan.Facts, plan.Period) {
	if when == inBefore {
		return g.earlier(f), g.before
	}
	return f, g.period
}

// sharing are those who let the readers see some parts.
func (g *group) sharing(parts ...plan.Part) []*plan.Facts {
	return where(g.people, func(f *plan.Facts) bool { return g.may(f.ID, parts...) })
}
