package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
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

// report builds a team's review. Each section covers the people who share the part that
// it needs.
func (g *group) report(name string) *Team {
	t := &Team{Head: newHead(g.scope), Name: name, People: len(g.people)}
	for _, part := range teamParts {
		if g.withholds(inPeriod, part) {
			continue
		}
		sharing := len(g.sharing(part))
		t.Shared = append(t.Shared, SharedPart{part, sharing})
		t.LeftOut = append(t.LeftOut, leftOutOf(part, sharing, len(g.people), g.unconfirmed(part, each(g.people, func(f *plan.Facts) string { return f.ID })), g.scope.For)...)
	}
	for _, key := range teamFigures {
		if _, short := g.period.FourQuarters(); short || key != "plan_success_year" {
			t.Figures = append(t.Figures, g.figure(key))
		}
	}
	g.addSessions(t, g.sharing(plan.PartSessions))
	g.addCommitment(t, g.sharing(plan.PartCommitment))
	g.addVerdicts(t, g.sharing(plan.PartGoals))
	g.addSkills(t, g.sharing(plan.PartSkills))
	g.addMetrics(t, g.sharing(plan.PartMetrics))
	return t
}

// teamFigures are a team's figures, in the order of the report.
var teamFigures = []string{
	"met", "sessions_held", "cadence", "talks", "sessions_missed", "sessions_cancelled", "sessions_forgotten", "minutes", "minutes_each", "talk",
	"commitment", "employer", "follow_up", "plan_success", "plan_success_year", "plans_changed", "goals_reached", "skills_practised",
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
	apart  int // and of how many so that nothing follows from several reports
}

// add adds what is counted of one person. Somebody with nothing counts for nobody.
func (s *sum) add(counted plan.Rate, rest int) {
	if counted.Whole > 0 {
		s.rate.Add(counted)
		s.people++
	}
	if rest > 0 {
		s.untold++
	}
}

// over adds up a figure of some people, in the period and in the one before.
func (g *group) over(people []*plan.Facts, key string) (now, before sum) {
	needs := definitionOf(key).needs()
	let := where(people, func(f *plan.Facts) bool { return g.othersLet(key, f, g.earlier(f)) })
	in := func(when int) sum {
		measured := func(f *plan.Facts) (plan.Rate, int) {
			f, period := g.at(f, when)
			return g.measure(key, f, period)
		}
		counted := g.countable(let, when, needs, func(f *plan.Facts) bool { return isAbout(measured(f)) })
		s := sum{of: len(people), untold: len(people) - len(let), apart: len(let) - len(counted)}
		for _, f := range counted {
			s.add(measured(f))
		}
		return s
	}
	now = in(inPeriod)
	if !g.withholds(inBefore, needs...) {
		before = in(inBefore)
	}
	return now, before
}

// isAbout says whether something that is measured is about somebody.
func isAbout(counted plan.Rate, rest int) bool { return counted.Whole > 0 || rest > 0 }

// quantity hides what is about too few. That it is about nobody can be told, where
// there are enough of whom it isn't.
func (s sum) quantity(q Quantity) Quantity {
	few := s.people < plan.SmallGroup
	switch {
	case few && s.untold >= plan.SmallGroup:
		return Quantity{Unit: q.Unit, Hidden: true, Why: notByAll}
	case few && (s.people > 0 || s.of < plan.SmallGroup || s.untold > 0 || s.apart > 0):
		return Quantity{Unit: q.Unit, Hidden: true}
	}
	q.People = &s.people
	return q
}

// figure adds up a figure of those who let the readers see it.
func (g *group) figure(key string) Figure {
	now, before := g.over(g.sharing(definitionOf(key).needs()...), key)
	f := newFigure(key, now.rate, before.rate)
	f.Now, f.Before = now.quantity(f.Now), before.quantity(f.Before)
	switch key {
	case "plan_success_year":
		if _, ok := g.yearOf(g.sharing(plan.PartGoals), g.period, ""); !ok {
			f.Now = Quantity{Hidden: true}
		}
		f.Before = Quantity{}
		fallthrough
	case "plan_success", "plans_changed": // beside the goals reached, which are told of everybody
		if tooFew(now.untold) {
			f.Now = Quantity{Hidden: true}
		}
		if tooFew(before.untold) {
			f.Before = Quantity{Hidden: true}
		}
		if f.Now.Hidden && before.people == 0 {
			f.Before = f.Now // nothing is left to show
		}
	case "met":
		f.Now, f.Before = now.coverage(f.Now), before.coverage(f.Before)
		for _, met := range []int{0, 1} { // and the others, who follow from it
			for when, q := range []*Quantity{&f.Now, &f.Before} {
				if g.leavesOutMet(met, when) {
					*q = Quantity{Hidden: true}
				}
			}
		}
	}
	if f.Now.Hidden || f.Before.Hidden {
		f.Moved = ""
	}
	return f
}

// leavesOutMet says whether of those who were met in one of the periods, or of the others, some
// can't be told.
func (g *group) leavesOutMet(met, when int) bool {
	sharing := g.sharing(plan.PartSessions)
	return len(sharing) > len(g.countable(sharing, when, []plan.Part{plan.PartSessions}, func(f *plan.Facts) bool {
		f, period := g.at(f, when)
		counted, _ := g.measure("met", f, period)
		return counted.Part == met
	}))
}

// coverage hides how many people were met where they, or the others, are too few.
func (s sum) coverage(q Quantity) Quantity {
	met, rest := s.rate.Part, s.rate.Whole-s.rate.Part
	switch {
	case tooFew(met):
		return Quantity{Hidden: true}
	case tooFew(rest) && !q.Hidden:
		return Quantity{Hidden: true, Why: fmt.Sprintf("all but fewer than %d", plan.SmallGroup)}
	}
	return q
}

// addSessions tells how many sessions there were with each, and how the next ones
// stand.
func (g *group) addSessions(t *Team, sharing []*plan.Facts) {
	standing := make([]int, len(plan.Standings))
	part, logs := []plan.Part{plan.PartSessions}, func(f *plan.Facts) bool { return f.SessionsIn(g.period).Logs > 0 }
	held := each(g.counted(sharing, inPeriod, part, logs), func(f *plan.Facts) int { return f.SessionsIn(g.period).Held })
	here := func(f *plan.Facts) bool { return !g.now.Someone(f.ID).HasLeft(t.Today) }
	for _, f := range g.counted(sharing, inPeriod, part, here) {
		standing[slices.Index(plan.Standings, g.now.ScheduleOf(f, t.Today).Standing)]++
	}
	t.Each = plan.Bands(held, sessionBands, lastSessions)
	tellApart(plan.Standings, standing, func(s plan.Standing, people int) { t.Standing = append(t.Standing, StandingCount{s, people}) })
}

// tellApart tells how many people there are of each kind; of those kinds that have too few
// to tell apart, how many there are together, as the kind "".
func tellApart[K ~string](kinds []K, people []int, tell func(kind K, people int)) {
	together := 0
	for i, shown := range plan.Showable(people) {
		if shown {
			tell(kinds[i], people[i])
		} else {
			together += people[i]
		}
	}
	if together >= plan.SmallGroup {
		tell("", together)
	}
}

// addCommitment tells how the coachees' rates are spread, and their weeks.
func (g *group) addCommitment(t *Team, sharing []*plan.Facts) {
	var weeks []plan.Week
	people := make(map[logparse.Date][]*plan.Facts) // by week
	part, percent := []plan.Part{plan.PartCommitment}, func(f *plan.Facts) *int { return f.CommitmentOf(f.ID, g.period).Rate().ShownPercent() }
	have := g.counted(sharing, inPeriod, part, func(f *plan.Facts) bool { return percent(f) != nil })
	weeksOf := each(sharing, func(f *plan.Facts) []plan.Week { return f.Weeks(f.ID, g.period) })
	for i, f := range sharing {
		for _, w := range weeksOf[i] {
			if w.Rate().Whole > 0 { // else nothing that is told is about this person
				people[w.Monday] = append(people[w.Monday], f)
			}
		}
	}
	for monday, all := range people {
		people[monday] = g.countable(all, inPeriod, part, func(*plan.Facts) bool { return true })
	}
	for i, f := range sharing {
		for _, w := range weeksOf[i] {
			if w.Rate().Whole == 0 || slices.Contains(people[w.Monday], f) {
				weeks = plan.AddWeek(weeks, w)
			}
		}
	}
	t.Commitment = plan.Bands(each(have, func(f *plan.Facts) int { return *percent(f) }), percentBands, 100)
	t.Weeks = shownWeeks(slices.DeleteFunc(weeks, func(w plan.Week) bool { return len(people[w.Monday]) < plan.SmallGroup }))
}

// addVerdicts counts the four verdicts.
func (g *group) addVerdicts(t *Team, sharing []*plan.Facts) {
	sharing = g.countable(sharing, inPeriod, []plan.Part{plan.PartGoals}, func(f *plan.Facts) bool {
		told, _ := g.verdicts(f, g.period, "")
		return told.Checks() > 0
	})
	all, told, untold := g.verdictsOf(sharing, g.period, "")
	if told >= plan.SmallGroup && !tooFew(untold) {
		t.Verdicts = &all
	}
}

func (g *group) addSkills(t *Team, sharing []*plan.Facts) {
	for _, level := range []plan.SkillLevel{plan.Mastered, plan.Practising, plan.NotStarted, plan.LeftAside} {
		var all sum
		theirs := func(f *plan.Facts) int {
			return len(slices.DeleteFunc(g.skills(f), func(s plan.PractisedSkill) bool { return s.Level != level }))
		}
		for _, f := range g.counted(sharing, inPeriod, []plan.Part{plan.PartSkills}, func(f *plan.Facts) bool { return theirs(f) > 0 }) {
			all.add(plan.Rate{Part: theirs(f), Whole: theirs(f)}, 0)
		}
		if all.people >= plan.SmallGroup {
			t.Skills = append(t.Skills, LevelCount{level, all.rate.Part})
		}
	}
}

// teamColumns are the figures that tell the teams apart.
var teamColumns = []string{"sessions_held", "commitment", "follow_up", "plan_success"}

// quantities are a row's, by teamColumns.
func (r *TeamRow) quantities() []*Quantity {
	return []*Quantity{&r.Held, &r.Commitment, &r.FollowUp, &r.Success}
}

// addTeams tells the teams apart, where they are large enough.
func (g *group) addTeams(t *Team) {
	names := g.now.Teams()
	if len(names) == 0 {
		return
	}
	t.Teams = make([]TeamRow, len(names))
	for column, key := range teamColumns {
		d := definitionOf(key)
		sums := make([]sum, len(names)+1) // the last is of those without a team
		people := make([]int, len(sums))
		for i, name := range append(names, "") {
			sums[i], _ = g.over(g.inTeam(g.sharing(d.part), name), key)
			people[i] = sums[i].people
		}
		for i, shown := range plan.Showable(people)[:len(names)] {
			q := Quantity{Hidden: true}
			switch {
			case shown:
				q = sums[i].quantity(d.form(sums[i].rate))
			case sums[i].people < plan.SmallGroup && sums[i].untold >= plan.SmallGroup:
				q.Why = notByAll
			}
			t.Teams[i].Name = names[i]
			*t.Teams[i].quantities()[column] = q
		}
	}
}

func (g *group) inTeam(people []*plan.Facts, name string) []*plan.Facts {
	return where(people, func(f *plan.Facts) bool { return g.now.TeamOf(f) == name })
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
	if n > 0 {
		t.LeftOut = append(t.LeftOut, LeftOut{plan.PartCoaching, sentence.CountAs(n, "coach has", "coaches have") + " not approved it for " + t.For})
	}
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
