package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// NewPerson builds the review of one person, as things stood at the period's end
// or, where that is still to come, stand today: a report written later says the
// same. For a group of readers only those sections are built that the person lets
// them see.
func NewPerson(b *plan.Logbook, id string, scope Scope) *Person {
	before := scope.before()
	now, then := b.Until(scope.Period.To), b.Until(before.To)
	p, earlier := personIn(now, id), personIn(then, id)
	r := &Person{
		Head: newHead(scope), ID: p.ID, Name: p.Name,
		Session: Sessions{List: []SessionReport{}}, Sides: []Side{}, Coaches: []CoachSide{}, Going: []Strength{}, Strengths: []string{},
		Short: []GoalReport{}, Wrong: []WrongPlan{}, Mid: []GoalReport{}, Long: []string{}, Help: []HelpReport{}, Skills: []SkillReport{},
		Metrics: []MetricTrend{}, Open: []CheckAction{}, Owed: []CheckPlan{}, Older: []OlderTask{},
	}
	d := &personDraft{r, view{scope.readers(b), p.ID}, now, p, earlier, scope.Period, before}
	for _, s := range personSections {
		if d.may(s.needs...) {
			s.add(d)
		}
	}
	for _, part := range personParts() {
		if d.may(part) {
			r.told = append(r.told, part)
		} else {
			r.LeftOut = append(r.LeftOut, d.leftOut(p.ID, part))
		}
	}
	return r
}

// A personDraft is a person's review while it is built.
type personDraft struct {
	*Person
	view
	now            *plan.Logbook // as it stood at the period's end
	p, earlier     *plan.Person  // at the ends of the two periods
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
	{[]plan.Part{plan.PartCommitment, plan.PartGoals}, (*personDraft).addCoaches},
	{[]plan.Part{plan.PartGoals}, (*personDraft).addGoals},
	{[]plan.Part{plan.PartLongTerm}, (*personDraft).addLongTerm},
	{[]plan.Part{plan.PartSkills}, (*personDraft).addSkills},
	{[]plan.Part{plan.PartMetrics}, (*personDraft).addMetrics},
	{[]plan.Part{plan.PartOpen}, (*personDraft).addOpen},
	{[]plan.Part{plan.PartOpen, plan.PartGoals}, (*personDraft).addOwed},
	{nil, (*personDraft).addOlder}, // nobody can tell what part a task of older notes is of, and whose it is
}

// personParts are the parts that a person's review draws on: all but the person's own
// work as a coach.
func personParts() []plan.Part {
	return slices.DeleteFunc(slices.Clone(plan.Parts), func(part plan.Part) bool { return part == plan.PartCoaching })
}

// personIn is somebody in a logbook; without anything where all that there is of
// them is later.
func personIn(b *plan.Logbook, id string) *plan.Person {
	if p := b.Person(id); p != nil {
		return p
	}
	return &plan.Person{ID: id, Name: id}
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
	if d.p.Plan != nil {
		for _, it := range d.p.Plan.Strengths {
			d.Strengths = append(d.Strengths, it.Text)
		}
	}
}

func (d *personDraft) addSessions() {
	c, then := d.p.Sessions(d.period), d.earlier.Sessions(d.before)
	if coach := d.now.CoachOf(d.p); d.names(coach) || !d.may(plan.PartGoals) { // beside the verdicts the name would say whose plans they are about
		d.Coach = coach
	}
	d.Session = Sessions{
		Logs: c.Logs, Held: c.Held, Planned: c.Planned, Missed: c.Missed, Cancelled: c.Cancelled, AdHoc: c.AdHoc, Older: c.Older,
		Requested: c.Requested, Peer: c.Peer, Minutes: c.Minutes, TalkLogs: c.Talk.Whole / 100, List: []SessionReport{},
	}
	if mean, ok := c.Talk.Percent(); ok {
		d.Session.Talk = &mean
	}
	for _, log := range d.p.Logs {
		if d.period.Contains(log.Date) {
			d.Session.List = append(d.Session.List, SessionReport{log.Date, log.Status.V, log.Kind.V, log.Minutes.V, given(log.Talk)})
		}
	}
	d.Figures = append(d.Figures,
		define("sessions_held", "", "", numberOf(c.Held, ""), numberOf(then.Held, "")),
		define("sessions_missed", "", "", numberOf(c.Missed, ""), numberOf(then.Missed, "")),
		define("sessions_planned", "", "", numberOf(c.Planned, ""), numberOf(then.Planned, "")),
		define("minutes", "", "", numberOf(c.Minutes, "min"), numberOf(then.Minutes, "min")),
		define("talk", "", "", meanOf(c.Talk), meanOf(then.Talk)),
	)
}

// addLongTerm tells the long-term goals as the last session has them, and the help
// that was given for them.
func (d *personDraft) addLongTerm() {
	for _, log := range d.p.HeldLogs() {
		if long := longTermTexts(log.Session); d.period.Contains(log.Date) && len(long) > 0 && log.Kind.V != "ad-hoc" {
			d.Long = long
		}
	}
	for _, h := range d.p.HelpGiven(d.period) {
		if d.names(h.By) {
			d.Help = append(d.Help, HelpReport{h.Date, h.Goal, h.Text, h.By})
		}
	}
}

func longTermTexts(s *logparse.Session) []string {
	texts := []string{}
	for _, goal := range s.LongTerm {
		texts = append(texts, goal.Item.Text)
	}
	return texts
}

// addCommitment counts both sides' commitments, and the follow-up that was given.
func (d *personDraft) addCommitment() {
	owners := []string{d.p.ID}
	for _, a := range d.p.Agreements {
		if a.Account != nil && d.period.Contains(a.Account.Date) && d.names(a.Owner) {
			owners = appendNew(owners, a.Owner)
		}
	}
	slices.Sort(owners[1:])
	for _, owner := range owners {
		c, then := d.p.CommitmentOf(owner, d.period), d.earlier.CommitmentOf(owner, d.before)
		var noAccount *int
		if d.tellsNoAccount() {
			noAccount = &c.NoAccount
		}
		d.Sides = append(d.Sides, Side{
			owner, owner == d.p.ID, shareOf(c.Rate()), c.Kept, c.Partly, c.NotKept, c.Dropped, noAccount, c.Carried,
			weekReports(d.p.Weeks(d.period, func(o string) bool { return o == owner })),
		})
		d.Figures = append(d.Figures, define("commitment", owner, "Kept by @"+owner, rateOf(c.Rate()), rateOf(then.Rate())).moved(then.Rate(), c.Rate()))
	}
	for _, coach := range d.coaches() {
		x, y := d.p.FollowUpOf(coach, d.period), d.earlier.FollowUpOf(coach, d.before)
		d.Figures = append(d.Figures, define("follow_up", coach, "Follow-up given by @"+coach, rateOf(x), rateOf(y)).moved(y, x))
	}
}

// tellsNoAccount says whether the readers may see how many results nobody asked for: that
// is for all to tell who led sessions of the period.
func (d *personDraft) tellsNoAccount() bool {
	return !slices.ContainsFunc(d.p.HeldLogs(), func(log *plan.Log) bool { return d.period.Contains(log.Date) && !d.names(log.Coach) })
}

// addCoaches sets what each coach answers for side by side.
func (d *personDraft) addCoaches() {
	for _, coach := range d.coaches() {
		success, _ := d.planSuccess(coach)
		d.Coaches = append(d.Coaches, CoachSide{coach, shareOf(d.p.FollowUpOf(coach, d.period)), shareOf(success)})
	}
}

// coaches are those who led a session of the period, or whose plan was judged in it.
func (d *personDraft) coaches() []string {
	var coaches []string
	for _, log := range d.p.HeldLogs() {
		if log.Coach != "" && d.period.Contains(log.Date) {
			coaches = appendNew(coaches, log.Coach)
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

func weekReports(weeks []plan.Week) []WeekReport {
	out := []WeekReport{}
	for _, w := range weeks {
		if w.Rate().Whole > 0 {
			out = append(out, WeekReport{w.Monday, w.Kept, w.Partly, w.NotKept})
		}
	}
	return out
}

func practised(skills []*plan.Skill, period plan.Period) int {
	n := 0
	for _, s := range skills {
		if s.PractisedIn(period) {
			n++
		}
	}
	return n
}

func mastered(p *plan.Person) int {
	n := 0
	for _, s := range p.Skills() {
		if s.Level == plan.Mastered {
			n++
		}
	}
	return n
}

func appendNew(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func (d *personDraft) addMetrics() {
	p, period := d.p, d.period
	for _, key := range p.Metrics() {
		trend := MetricTrend{Key: key, Name: key, Values: []MetricValue{}}
		if m, ok := d.now.Metric(key); ok {
			trend.Name, trend.Unit, trend.Direction = cmp.Or(m.Name.V, key), m.Unit.V, m.Direction.V
		}
		for _, o := range p.Observations(key) {
			if period.Contains(o.Date) {
				trend.Values = append(trend.Values, MetricValue{o.Date, o.Value})
			}
		}
		for _, g := range p.Goals {
			if g.Target.Set && g.Target.V.Metric == key {
				trend.target = &g.Target.V.Number
				trend.Target = fmt.Sprintf("%s %s", g.Target.V.Relation, logparse.FormatNumber(g.Target.V.Number))
			}
		}
		if len(trend.Values) > 0 {
			trend.Trend = plan.TrendOf(within(p.Observations(key), period), trend.Direction)
			d.Metrics = append(d.Metrics, trend)
		}
	}
}

// within are the observations of a period.
func within(all []plan.Observation, period plan.Period) []plan.Observation {
	return slices.DeleteFunc(slices.Clone(all), func(o plan.Observation) bool { return !period.Contains(o.Date) })
}

// addSkills tells the skills with their practice.
func (d *personDraft) addSkills() {
	skills := d.skills(d.p)
	for _, s := range skills {
		c, _ := s.Tally()
		d.Skills = append(d.Skills, SkillReport{s.Name, s.Text, s.Next, s.Level, shareOf(c.Rate())})
	}
	d.Figures = append(d.Figures,
		define("skills_practised", "", "", numberOf(practised(skills, d.period), ""), numberOf(practised(d.skills(d.earlier), d.before), "")),
		define("skills_mastered", "", "", numberOf(mastered(d.p), ""), Quantity{}),
	)
}

// addOpen lists the actions that nobody has fulfilled yet.
func (d *personDraft) addOpen() {
	for _, u := range d.p.Unfulfilled(d.Today) {
		if d.names(u.Owner) {
			d.Open = append(d.Open, checkAction(u, d.view))
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
	d.Figures = append(d.Figures, define("open", "", "", numberOf(len(d.Open), ""), Quantity{}))
}

// addOwed lists the plans that are due new actions, which the coach owes.
func (d *personDraft) addOwed() {
	for _, v := range d.p.OwedPlans() {
		if d.names(v.Log.Coach) && d.namesOwners(v) {
			d.Owed = append(d.Owed, checkPlan(v, d.Today))
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
	return d.Time().Format("2 Jan 2006")
}
