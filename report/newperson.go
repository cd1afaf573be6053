package report

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// NewPerson builds the review of one person, as things stood at the period's end
// or, where that is still to come, stand today: a report written later says the
// same. For a group of readers only those sections are built that the person lets
// them see.
func NewPerson(b *plan.Logbook, id string, scope Scope) *Person {
	now := b.Until(scope.Period.To)
	p := now.Person(id)
	if p == nil { // all that there is of them is later
		p = now.Someone(id)
	}
	r := &Person{Head: newHead(scope), ID: p.ID, Name: p.Name}
	before := scope.before()
	d := &personDraft{r, view{scope.readers(b.Roster), p.ID}, now, p, p.Facts(), p.Facts().AsOf(before.To), scope.Period, before}
	for _, s := range personSections {
		if d.may(s.needs...) {
			s.add(d)
		}
	}
	d.Summary = d.summary()
	for _, part := range plan.Parts {
		switch {
		case part == plan.PartCoaching: // the person's own work as a coach, which another report tells
		case d.may(part):
			r.told = append(r.told, part)
		default:
			r.LeftOut = append(r.LeftOut, d.leftOut(p.ID, part))
		}
	}
	return r
}

// addFigures adds figures about the person alone.
func (d *personDraft) addFigures(keys ...string) {
	for _, key := range keys {
		now, _ := d.measure(key, d.facts, d.period)
		then, _ := d.measure(key, d.earlier, d.before)
		d.Figures = append(d.Figures, newFigure(key, now, then))
	}
}

// A personDraft is a person's review while it is built.
type personDraft struct {
	*Person
	view
	now            *plan.Logbook // as it stood at the period's end
	p              *plan.Person
	facts, earlier *plan.Facts // at the ends of the two periods
	period, before plan.Period
}

// personSections build a person's review, with the parts that it takes to show them
// to others: one without any part is shown to nobody else. Their order is that of
// the figures.
var personSections = []struct {
	needs []plan.Part
	add   func(d *personDraft)
}{
	{[]plan.Part{plan.PartStrengths}, (*personDraft).addStrengths},
	{[]plan.Part{plan.PartSessions}, (*personDraft).addSessions},
	{[]plan.Part{plan.PartCommitment}, (*personDraft).addCommitment},
	{[]plan.Part{plan.PartGoals}, (*personDraft).addGoals},
	{[]plan.Part{plan.PartCommitment, plan.PartGoals}, (*personDraft).addCoaches},
	{[]plan.Part{plan.PartLongTerm}, (*personDraft).addLongTerm},
	{[]plan.Part{plan.PartSkills}, (*personDraft).addSkills},
	{[]plan.Part{plan.PartMetrics}, (*personDraft).addMetrics},
	{[]plan.Part{plan.PartOpen}, (*personDraft).addOpen},
	{[]plan.Part{plan.PartOpen, plan.PartGoals}, (*personDraft).addOwed},
	{nil, (*personDraft).addOlder}, // nobody can tell what part a task of older notes is of, and whose it is
}

func (d *personDraft) addStrengths() {
	for _, log := range d.p.HeldLogs() {
		if !d.period.Contains(log.Date) {
			continue
		}
		for _, text := range log.Texts(log.Doc.Source, logparse.GoingWell) {
			d.Going = append(d.Going, Strength{log.Date, text})
		}
	}
	d.Strengths = planStrengths(d.p)
}

// sessionFigures are those of a person's sessions, in the order of the report.
var sessionFigures = []string{
	"sessions_held", "cadence", "talks", "sessions_missed", "sessions_cancelled", "sessions_forgotten", "sessions_planned", "minutes", "talk",
}

func (d *personDraft) addSessions() {
	if coach := d.now.CoachOn(d.facts, d.Today); d.names(coach) || !d.may(plan.PartGoals) { // beside the verdicts the name would say whose plans they are about
		d.Coach = coach
	}
	s := &d.Session
	s.SessionCount = d.facts.SessionsIn(d.period)
	s.Talk, s.TalkLogs = talkOf(s.SessionCount.Talk)
	s.List = each(where(d.facts.Sessions, func(s plan.SessionFact) bool { return d.period.Contains(s.Date) }), sessionReport)
	s.ForgottenDays = d.forgotten(d.facts, d.period)
	s.Forgotten = len(s.ForgottenDays)
	d.addFigures(sessionFigures...)
}

// addLongTerm tells the long-term goals as the last session has them, and the help
// that was given for them.
func (d *personDraft) addLongTerm() {
	for _, log := range d.p.HeldLogs() {
		if long := longTermTexts(log.Session); d.period.Contains(log.Date) && len(long) > 0 && log.Kind.V != "ad-hoc" {
			d.Long = long
		}
	}
	d.Help = where(d.p.HelpGiven(d.period), func(h plan.Help) bool { return d.names(h.By) })
}

func longTermTexts(s *logparse.Session) []string {
	return each(s.LongTerm, func(goal *logparse.LongTermGoal) string { return goal.Item.Text })
}

// addCommitment counts both sides' commitments, and the follow-up that was given.
func (d *personDraft) addCommitment() {
	owners := []string{d.p.ID}
	for _, a := range d.facts.Agreements {
		if d.facts.AccountIn(a, d.period) && d.names(a.Owner()) {
			owners = appendNew(owners, a.Owner())
		}
	}
	slices.Sort(owners[1:])
	for _, owner := range owners {
		c, then := d.facts.CommitmentOf(owner, d.period), d.earlier.CommitmentOf(owner, d.before)
		side := Side{Owner: owner, Coachee: owner == d.p.ID, Rate: c.Rate(), Commitment: c, Weeks: shownWeeks(d.facts.Weeks(owner, d.period))}
		if d.tellsNotTalked() {
			side.NotTalked = &c.NotTalked
		}
		d.Sides = append(d.Sides, side)
		d.Figures = append(d.Figures, newFigure("commitment", c.Rate(), then.Rate()).about(owner, "Done by @"+owner))
	}
	for _, coach := range d.coaches() {
		f := newFigure("follow_up", d.facts.FollowUpOf(coach, d.period), d.earlier.FollowUpOf(coach, d.before))
		d.Figures = append(d.Figures, f.about(coach, "Follow-up by @"+coach))
	}
}

// tellsNotTalked says whether the readers may see how many results nobody asked for: that
// is for all to tell who led sessions of the period.
func (d *personDraft) tellsNotTalked() bool {
	return !slices.ContainsFunc(d.facts.Sessions, func(s plan.SessionFact) bool { return s.Held() && d.period.Contains(s.Date) && !d.names(s.Coach) })
}

// addCoaches sets what each coach answers for side by side.
func (d *personDraft) addCoaches() {
	d.Coaches = each(d.coaches(), func(coach string) CoachSide {
		return CoachSide{coach, *d.figure("follow_up", coach).Now.Rate, *d.figure("plan_success", coach).Now.Rate}
	})
}

// coaches are those who led a session of the period, or whose plan was judged in it.
func (d *personDraft) coaches() []string {
	var coaches []string
	for _, s := range d.facts.Sessions {
		if s.Held() && s.Coach != "" && d.period.Contains(s.Date) {
			coaches = appendNew(coaches, s.Coach)
		}
	}
	for _, g := range d.p.Goals {
		for _, v := range g.Verdicts {
			if v.Coach != "" && d.period.Contains(v.Log.Date) {
				coaches = appendNew(coaches, v.Coach)
			}
		}
	}
	return slices.DeleteFunc(coaches, func(id string) bool { return !d.names(id) })
}

// shownWeeks are those in which an action got a result.
func shownWeeks(weeks []plan.Week) []chart.Week {
	return each(where(weeks, func(w plan.Week) bool { return w.Rate().Whole > 0 }), func(w plan.Week) chart.Week {
		return chart.Week{Monday: w.Monday, Done: w.Done, Partly: w.Partly, NotDone: w.NotDone}
	})
}

func appendNew[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// addMetrics tells the values, and those before a goal was agreed beside those since.
func (d *personDraft) addMetrics() {
	goals := make(map[string][]*plan.Goal)
	for _, g := range d.p.Goals {
		if g.Target.Set {
			goals[g.Target.V.Metric] = append(goals[g.Target.V.Metric], g)
		}
	}
	of := d.facts.ByMetric()
	for _, key := range slices.Sorted(maps.Keys(of)) {
		all := of[key]
		values := d.period.Values(all)
		if len(values) == 0 {
			continue
		}
		trend, day := metricTrend(d.now.Roster, key, values), d.period.From.AddDays(-1)
		for _, g := range goals[key] {
			trend.target, trend.Target = &g.Target.V.Number, targetOf(g.Target.V)
			if d.may(plan.PartGoals) {
				day = g.Stated[0].Log.Date
			}
		}
		trend.Course = plan.CourseOf(all, day, trend.Direction)
		trend.compared = pointsOf(all[len(all)-trend.Before.Values-trend.Since.Values:])
		d.Metrics = append(d.Metrics, trend)
	}
}

// addSkills tells the skills with their practice.
func (d *personDraft) addSkills() {
	skills, written, mastered := d.skills(d.facts), d.p.Skills(), 0
	for i, s := range skills {
		text := s.Name
		if s.InPlan { // those come first, in the plan's order
			text = written[i].Text
		}
		practice, _ := d.facts.Tally(s)
		d.Skills = append(d.Skills, SkillReport{s.Name, text, s.Next, s.Level, practice.Rate()})
		if s.InPlan && s.Level == plan.Mastered {
			mastered++
		}
	}
	d.addFigures("skills_practised")
	d.Figures = append(d.Figures, newFigure("skills_mastered", plan.Rate{Part: mastered}, plan.Rate{}).alone())
}

// addOpen lists the actions that nobody has fulfilled yet.
func (d *personDraft) addOpen() {
	for _, u := range d.facts.Unfulfilled(d.Today, d.now.NextSession(d.facts, d.Today)) {
		if d.names(u.Owner()) {
			d.Open = append(d.Open, checkAction(d.facts, u, d.p, d.view))
		}
	}
	if !d.own { // what the readers may not see has no part in the order either
		slices.SortStableFunc(d.Open, func(x, y CheckAction) int {
			if x.By.IsZero() || y.By.IsZero() {
				return y.By.Compare(x.By) // those without a day come last
			}
			return x.By.Compare(y.By)
		})
	}
	d.Figures = append(d.Figures, newFigure("open", plan.Rate{Part: len(d.Open)}, plan.Rate{}).alone())
}

// addOwed lists the plans that need new actions: those are for the coach of the day.
func (d *personDraft) addOwed() {
	coach := d.now.CoachOn(d.facts, d.Today)
	for _, owed := range d.facts.OwedPlans() {
		if d.names(coach) && d.names(owed.Coach) && d.namesOwners(d.p.Goals[owed.Goal].Verdicts[owed.Index]) {
			d.Owed = append(d.Owed, checkPlan(d.facts, owed, d.p, coach, d.Today))
		}
	}
}

// addOlder lists the tasks of older notes that were not ticked.
func (d *personDraft) addOlder() {
	d.Older = olderTasks(d.p.OlderTasks(d.period))
}

// shortDate is a date as a reader says it: 6 Jul 2026.
func shortDate(d logparse.Date) string {
	if d.IsZero() {
		return "no date"
	}
	return d.InWords()
}
