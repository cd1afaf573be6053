package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// The bands in which a distribution is told: percent, and sessions.
var (
	percentBands = []int{0, 50, 70, 80, 90}
	sessionBands = []int{0, 1, 4, 7, 10, 13, 27, 53}
)

const lastSessions = 366 * 3

// teamParts are the parts that a team's report draws on.
var teamParts = []plan.Part{plan.PartSessions, plan.PartCommitment, plan.PartGoals, plan.PartSkills, plan.PartMetrics, plan.PartOpen}

func (g *group) report(name string) *Team {
	t := &Team{
		Head: newHead(g.scope), Name: name, People: len(g.people), Shared: []SharedPart{}, Weeks: []WeekReport{}, Commitment: []plan.Band{}, Each: []plan.Band{},
		Standing: []StandingCount{}, Skills: []LevelCount{}, Metrics: []TeamMetric{}, Teams: []TeamRow{}, Coaches: []Coach{},
	}
	for _, part := range teamParts {
		sharing := len(g.sharing(part))
		t.Shared = append(t.Shared, SharedPart{part, sharing})
		t.LeftOut = append(t.LeftOut, leftOutOf(part, sharing, len(g.people), g.scope.For)...)
	}
	g.addFigures(t)
	for _, s := range teamSections {
		s.add(g, t, g.sharing(s.needs))
	}
	return t
}

// teamSections build a team's review from those people who let the readers see the
// part that a section needs.
var teamSections = []struct {
	needs plan.Part
	add   func(g *group, t *Team, sharing []*plan.Facts)
}{
	{plan.PartSessions, (*group).addSessions},
	{plan.PartCommitment, (*group).addCommitment},
	{plan.PartGoals, (*group).addVerdicts},
	{plan.PartSkills, (*group).addSkills},
	{plan.PartMetrics, (*group).addMetrics},
}

// notByAll is why something is hidden that a coach, or who else answers for it, has not
// let the readers see.
const notByAll = "not approved"

// A sum is something counted over several people.
type sum struct {
	rate   plan.Rate
	people int // to whom it applies
	of     int // who let the readers see it
	untold int // of how many it is left out, since others who answer for it didn't
}

// over adds up what of says of everybody who lets the readers see a part, in the
// period and in the one before. Somebody with nothing counts for nobody.
func (g *group) over(people []*plan.Facts, of func(f *plan.Facts, period plan.Period) plan.Rate) (now, before sum) {
	now.of, before.of = len(people), len(people)
	for _, f := range people {
		if r := of(f, g.period); r.Whole > 0 {
			now.rate.Add(r)
			now.people++
		}
		if r := of(g.earlier(f), g.before); r.Whole > 0 {
			before.rate.Add(r)
			before.people++
		}
	}
	return now, before
}

// quantity hides what is about too few. That it is about nobody can be told, where
// there are enough of whom it isn't.
func (s sum) quantity(q Quantity) Quantity {
	few := s.people < plan.SmallGroup
	switch {
	case few && s.untold >= plan.SmallGroup:
		return Quantity{Unit: q.Unit, Hidden: true, Why: notByAll}
	case few && (s.people > 0 || s.of < plan.SmallGroup || s.untold > 0):
		return Quantity{Unit: q.Unit, Hidden: true}
	}
	q.People = &s.people
	return q
}

// figure makes a figure of a rate.
func (g *group) figure(key string, of func(f *plan.Facts, period plan.Period) plan.Rate) Figure {
	f := define(key, "", "", Quantity{}, Quantity{})
	people := g.sharingFigure(f)
	now, before := g.over(people, of)
	now.untold = len(g.sharing(f.Part)) - len(people)
	before.untold = now.untold
	f.Now, f.Before = now.quantity(rateOf(now.rate)), before.quantity(rateOf(before.rate))
	if !f.Now.Hidden && !f.Before.Hidden {
		f = f.moved(before.rate, now.rate)
	}
	return f
}

// number makes a figure of a number; of gives it as Part, and as Whole the number of
// records behind it.
func (g *group) number(key, unit string, of func(f *plan.Facts, period plan.Period) plan.Rate) Figure {
	f := define(key, "", "", Quantity{}, Quantity{})
	now, before := g.over(g.sharingFigure(f), of)
	f.Now, f.Before = now.quantity(numberOf(now.rate.Part, unit)), before.quantity(numberOf(before.rate.Part, unit))
	return f
}

func (g *group) addFigures(t *Team) {
	sessions := func(of func(c plan.SessionCount) int) func(f *plan.Facts, period plan.Period) plan.Rate {
		return func(f *plan.Facts, period plan.Period) plan.Rate {
			c := f.SessionsIn(period)
			return plan.Rate{Part: of(c), Whole: c.Logs}
		}
	}
	talk := define("talk", "", "", Quantity{}, Quantity{})
	now, before := g.over(g.sharingFigure(talk), func(f *plan.Facts, period plan.Period) plan.Rate { return f.SessionsIn(period).Talk })
	talk.Now, talk.Before = now.quantity(meanOf(now.rate)), before.quantity(meanOf(before.rate))
	t.Figures = append(t.Figures,
		g.number("sessions_held", "", sessions(func(c plan.SessionCount) int { return c.Held })),
		g.number("sessions_missed", "", sessions(func(c plan.SessionCount) int { return c.Missed })),
		g.number("sessions_cancelled", "", sessions(func(c plan.SessionCount) int { return c.Cancelled })),
		g.number("minutes", "min", sessions(func(c plan.SessionCount) int { return c.Minutes })),
		talk,
		g.figure("commitment", func(f *plan.Facts, period plan.Period) plan.Rate { return f.CommitmentOf(f.ID, period).Rate() }),
		g.figure("employer", func(f *plan.Facts, period plan.Period) plan.Rate { return f.OthersCommitment(period).Rate() }),
		g.figure("follow_up", func(f *plan.Facts, period plan.Period) plan.Rate { return f.FollowUpOf("", period) }),
		g.planSuccess(),
		g.figure("goals_reached", func(f *plan.Facts, period plan.Period) plan.Rate { return f.VerdictsIn(period, "").Reached() }),
		g.number("skills_practised", "", func(f *plan.Facts, period plan.Period) plan.Rate {
			skills := g.skills(f)
			return plan.Rate{Part: practised(f, skills, period), Whole: len(skills)}
		}),
	)
}

// addSessions tells how many sessions there were with each, and how the next ones
// stand.
func (g *group) addSessions(t *Team, sharing []*plan.Facts) {
	var held, standing []int
	for range plan.Standings {
		standing = append(standing, 0)
	}
	for _, f := range sharing {
		if c := f.SessionsIn(g.period); c.Logs > 0 {
			held = append(held, c.Held)
		}
		if !g.now.Someone(f.ID).HasLeft(t.Today) {
			standing[slices.Index(plan.Standings, g.now.ScheduleOf(f, t.Today).Standing)]++
		}
	}
	t.Each = append(t.Each, plan.Bands(held, sessionBands, lastSessions)...)
	together := 0
	for i, shown := range plan.Showable(standing) {
		if shown {
			t.Standing = append(t.Standing, StandingCount{plan.Standings[i], standing[i]})
		} else {
			together += standing[i]
		}
	}
	if together >= plan.SmallGroup {
		t.Standing = append(t.Standing, StandingCount{"", together})
	}
}

// addCommitment tells how the coachees' rates are spread, and their weeks.
func (g *group) addCommitment(t *Team, sharing []*plan.Facts) {
	var percents []int
	type week struct {
		plan.Week
		people int
	}
	var weeks []week
	for _, f := range sharing {
		if percent, ok := f.CommitmentOf(f.ID, g.period).Rate().Percent(); ok {
			percents = append(percents, percent)
		}
		for _, w := range f.Weeks(f.ID, g.period) {
			if w.Rate().Whole == 0 {
				continue // nothing that is told is about this person
			}
			i, found := slices.BinarySearchFunc(weeks, w.Monday, func(w week, day logparse.Date) int { return w.Monday.Compare(day) })
			if !found {
				weeks = slices.Insert(weeks, i, week{Week: plan.Week{Monday: w.Monday}})
			}
			weeks[i].Add(w.Commitment)
			weeks[i].people++
		}
	}
	t.Commitment = append(t.Commitment, plan.Bands(percents, percentBands, 100)...)
	for _, w := range weeks {
		if w.people >= plan.SmallGroup {
			t.Weeks = append(t.Weeks, weekReports([]plan.Week{w.Week})...)
		}
	}
}

func (g *group) addSkills(t *Team, sharing []*plan.Facts) {
	skills, people := make(map[plan.SkillLevel]int), make(map[plan.SkillLevel]int)
	for _, f := range sharing {
		theirs := make(map[plan.SkillLevel]int)
		for _, s := range g.skills(f) {
			theirs[s.Level]++
		}
		for level, n := range theirs {
			skills[level] += n
			people[level]++
		}
	}
	for _, level := range []plan.SkillLevel{plan.Mastered, plan.Practising, plan.NotStarted, plan.LeftAside} {
		if people[level] >= plan.SmallGroup {
			t.Skills = append(t.Skills, LevelCount{level, skills[level]})
		}
	}
}

func (g *group) addMetrics(t *Team, sharing []*plan.Facts) {
	var keys []string
	for _, f := range sharing {
		keys = append(keys, f.Metrics()...)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		m := TeamMetric{Key: key, Name: key, Trends: []TrendPeople{}}
		if known, ok := g.now.Metric(key); ok {
			m.Name, m.Unit, m.Direction = cmp.Or(known.Name.V, key), known.Unit.V, known.Direction.V
		}
		var last, earlier []float64
		trends := []plan.Trend{plan.Better, plan.Flat, plan.Worse, plan.Rising, plan.Fall, plan.TooFew}
		people := make([]int, len(trends))
		for _, f := range sharing {
			if values := f.ValuesIn(key, g.period); len(values) > 0 {
				last = append(last, values[len(values)-1].Value)
				people[slices.Index(trends, plan.TrendOf(values, m.Direction))]++
			}
			if values := g.earlier(f).ValuesIn(key, g.before); len(values) > 0 {
				earlier = append(earlier, values[len(values)-1].Value)
			}
		}
		if len(last) < plan.SmallGroup {
			continue
		}
		m.People = len(last)
		m.Median, _ = plan.Median(last)
		if middle, ok := plan.Median(earlier); ok && len(earlier) >= plan.SmallGroup {
			m.Before = &middle
		}
		together := 0
		for i, shown := range plan.Showable(people) {
			if shown {
				m.Trends = append(m.Trends, TrendPeople{trends[i], people[i]})
			} else {
				together += people[i]
			}
		}
		if together >= plan.SmallGroup {
			m.Trends = append(m.Trends, TrendPeople{"", together})
		}
		t.Metrics = append(t.Metrics, m)
	}
}

// addTeams tells the teams apart, where they are large enough.
func (g *group) addTeams(t *Team) {
	names := g.now.Teams()
	if len(names) == 0 {
		return
	}
	rows := make([]TeamRow, len(names))
	for i, name := range names {
		rows[i].Name = name
	}
	for _, column := range []struct {
		key string
		of  func(f *plan.Facts, period plan.Period) plan.Rate
		to  func(row *TeamRow) *Quantity
	}{
		{"sessions_held", func(f *plan.Facts, period plan.Period) plan.Rate {
			c := f.SessionsIn(period)
			return plan.Rate{Part: c.Held, Whole: c.Logs}
		}, func(row *TeamRow) *Quantity { return &row.Held }},
		{"commitment", func(f *plan.Facts, period plan.Period) plan.Rate { return f.CommitmentOf(f.ID, period).Rate() }, func(row *TeamRow) *Quantity { return &row.Commitment }},
		{"follow_up", func(f *plan.Facts, period plan.Period) plan.Rate { return f.FollowUpOf("", period) }, func(row *TeamRow) *Quantity { return &row.FollowUp }},
		{"plan_success", g.planSuccessOf, func(row *TeamRow) *Quantity { return &row.Success }},
	} {
		f := define(column.key, "", "", Quantity{}, Quantity{})
		sharing, part := g.sharingFigure(f), f.Part
		sums := make([]sum, len(names)+1) // the last is of those without a team
		people := make([]int, len(sums))
		for i := range sums {
			team := append(names, "")[i]
			sums[i], _ = g.over(g.inTeam(sharing, team), column.of)
			sums[i].untold = len(g.inTeam(g.sharing(part), team)) - sums[i].of
			if column.key == "plan_success" {
				_, _, sums[i].untold = g.verdicts(g.inTeam(sharing, team), g.period)
			}
			people[i] = sums[i].people
		}
		for i, shown := range plan.Showable(people)[:len(names)] {
			q := Quantity{Hidden: true}
			if !shown && sums[i].people < plan.SmallGroup && sums[i].untold >= plan.SmallGroup {
				q.Why = notByAll
			}
			if shown && column.key == "sessions_held" {
				q = sums[i].quantity(numberOf(sums[i].rate.Part, ""))
			} else if shown {
				q = sums[i].quantity(rateOf(sums[i].rate))
			}
			*column.to(&rows[i]) = q
		}
	}
	t.Teams = rows
}

func (g *group) inTeam(people []*plan.Facts, name string) []*plan.Facts {
	return slices.DeleteFunc(slices.Clone(people), func(f *plan.Facts) bool { return g.now.TeamOf(f) != name })
}

// addCoaches tells the work of those coaches who approved it. They come by name:
// nobody is ranked.
func (g *group) addCoaches(t *Team) {
	var coaches []*coachDraft
	for _, id := range g.now.Coaches(g.period, g.scope.end(g.period)) {
		if g.may(id, plan.PartCoaching) {
			coaches = append(coaches, newCoachDraft(g.now, g.then, id, g.readers))
		} else {
			t.Unnamed++
		}
	}
	untold := g.untold(coaches)
	for i, d := range coaches {
		t.Coaches = append(t.Coaches, *d.build(untold[i]))
	}
	slices.SortFunc(t.Coaches, func(x, y Coach) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	t.leaveOutCoaches(t.Unnamed)
}

// leaveOutCoaches says how many coaches don't let the readers see their work.
func (t *Team) leaveOutCoaches(n int) {
	have := fmt.Sprintf("%d coaches have", n)
	switch n {
	case 0:
		return
	case 1:
		have = "1 coach has"
	}
	t.LeftOut = append(t.LeftOut, LeftOut{plan.PartCoaching, have + " not approved it for " + t.For})
}

// untold are, of each coach, the parts that can't be told: what is told of the coaches
// and of everybody together must not tell of fewer than five people who are left.
func (g *group) untold(coaches []*coachDraft) [][]plan.Part {
	untold := make([][]plan.Part, len(coaches))
	for _, part := range coachParts {
		rest := make(map[string]bool)
		for _, f := range g.sharing(part) {
			rest[f.ID] = f.SessionsIn(g.period).Logs > 0
		}
		var people []int
		for _, d := range coaches {
			now, _ := d.work(part)
			for _, s := range now.Led {
				rest[s.Coachee] = false
			}
			people = append(people, now.people)
		}
		left := 0
		for _, alone := range rest {
			if alone {
				left++
			}
		}
		for i, shown := range plan.Showable(append(people, left))[:len(coaches)] {
			if !shown && people[i] >= plan.SmallGroup {
				untold[i] = append(untold[i], part)
			}
		}
	}
	return untold
}
