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
// same. For a group of readers it holds only what the person lets them see.
func NewPerson(b *plan.Logbook, id string, scope Scope) *Person {
	consent := plan.Consent{Parts: plan.Parts}
	if known := b.Person(id); scope.For != "" && known != nil {
		consent = known.ConsentTo(scope.For, scope.Today)
	}
	before := scope.before()
	now, then := b.Until(scope.Period.To), b.Until(before.To)
	p, earlier := personIn(now, id), personIn(then, id)
	r := &Person{
		Head: newHead(scope), ID: p.ID, Name: p.Name, Coach: now.CoachOf(p),
		Sides: []Side{}, Coaches: []CoachSide{}, Going: []Strength{}, Strengths: []string{}, Short: []GoalReport{}, Wrong: []WrongPlan{}, Mid: []GoalReport{},
		Long: []string{}, Help: []HelpReport{}, Skills: []SkillReport{}, Metrics: []MetricTrend{}, Open: []CheckAction{}, Owed: []CheckPlan{},
		Older: olderTasks(p.OlderTasks(scope.Period)),
	}
	for _, person := range NewCheck(now, r.Today, CheckFilter{People: []string{p.ID}}).People {
		r.Open, r.Owed = person.Actions, person.Plans
	}
	r.addSessions(p, scope.Period)
	r.addSides(p, scope.Period)
	r.addGoals(p, scope.Period)
	r.addMetrics(now, p, scope.Period)
	r.addSkills(p, scope.Period)
	r.addFigures(p, earlier, scope.Period, before)
	if scope.For != "" {
		r.keepOnly(consent)
	}
	return r
}

// personIn is somebody in a logbook; without anything where all that there is of
// them is later.
func personIn(b *plan.Logbook, id string) *plan.Person {
	if p := b.Person(id); p != nil {
		return p
	}
	return &plan.Person{ID: id, Name: id}
}

func (r *Person) addSessions(p *plan.Person, period plan.Period) {
	c := p.Sessions(period)
	r.Session = Sessions{
		Logs: c.Logs, Held: c.Held, Planned: c.Planned, Missed: c.Missed, Cancelled: c.Cancelled, AdHoc: c.AdHoc, Older: c.Older,
		Requested: c.Requested, Peer: c.Peer, Minutes: c.Minutes, TalkLogs: c.Talk.Whole / 100, List: []SessionReport{},
	}
	if mean, ok := c.Talk.Percent(); ok {
		r.Session.Talk = &mean
	}
	for _, log := range p.Logs {
		if !period.Contains(log.Date) {
			continue
		}
		r.Session.List = append(r.Session.List, SessionReport{log.Date, log.Status.V, log.Kind.V, log.Minutes.V, given(log.Talk)})
		if !log.Held() {
			continue
		}
		for _, text := range log.Texts(log.Doc.Source, logparse.GoingWell) {
			r.Going = append(r.Going, Strength{log.Date, text})
		}
		if long := longTermTexts(log.Session); len(long) > 0 && log.Kind.V != "ad-hoc" {
			r.Long = long
		}
	}
	if p.Plan != nil {
		for _, it := range p.Plan.Strengths {
			r.Strengths = append(r.Strengths, it.Text)
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

// addSides counts both sides' commitments, and the coaches' part.
func (r *Person) addSides(p *plan.Person, period plan.Period) {
	owners, coaches := []string{p.ID}, []string{}
	for _, a := range p.Agreements {
		if a.Account == nil || !period.Contains(a.Account.Date) {
			continue
		}
		owners = appendNew(owners, a.Owner)
	}
	for _, log := range p.HeldLogs() {
		if log.Coach != "" && period.Contains(log.Date) {
			coaches = appendNew(coaches, log.Coach)
		}
	}
	for _, g := range p.Goals {
		for _, v := range g.Verdicts {
			if v.Coach != "" && period.Contains(v.Log.Date) {
				coaches = appendNew(coaches, v.Coach)
			}
		}
	}
	slices.Sort(owners[1:])
	for _, owner := range owners {
		c := p.CommitmentOf(owner, period)
		r.Sides = append(r.Sides, Side{
			owner, owner == p.ID, shareOf(c.Rate()), c.Kept, c.Partly, c.NotKept, c.Dropped, c.NoAccount, c.Carried,
			weekReports(p.Weeks(period, func(o string) bool { return o == owner })),
		})
	}
	for _, coach := range coaches {
		r.Coaches = append(r.Coaches, CoachSide{coach, shareOf(p.FollowUpOf(coach, period)), shareOf(p.PlanSuccessOf(coach, period))})
	}
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

// addFigures sets the figures beside those of another period.
func (r *Person) addFigures(p, earlier *plan.Person, period, before plan.Period) {
	now, then := p.Sessions(period), earlier.Sessions(before)
	r.Figures = append(r.Figures,
		define("sessions_held", "", "", numberOf(now.Held, ""), numberOf(then.Held, "")),
		define("sessions_missed", "", "", numberOf(now.Missed, ""), numberOf(then.Missed, "")),
		define("sessions_planned", "", "", numberOf(now.Planned, ""), numberOf(then.Planned, "")),
		define("minutes", "", "", numberOf(now.Minutes, "min"), numberOf(then.Minutes, "min")),
		define("talk", "", "", meanOf(now.Talk), meanOf(then.Talk)),
	)
	for _, s := range r.Sides {
		x, y := p.CommitmentOf(s.Owner, period).Rate(), earlier.CommitmentOf(s.Owner, before).Rate()
		r.Figures = append(r.Figures, define("commitment", s.Owner, "Kept by @"+s.Owner, rateOf(x), rateOf(y)).moved(y, x))
	}
	for _, c := range r.Coaches {
		x, y := p.FollowUpOf(c.Coach, period), earlier.FollowUpOf(c.Coach, before)
		r.Figures = append(r.Figures, define("follow_up", c.Coach, "Follow-up given by @"+c.Coach, rateOf(x), rateOf(y)).moved(y, x))
	}
	for _, c := range r.Coaches {
		x, y := p.PlanSuccessOf(c.Coach, period), earlier.PlanSuccessOf(c.Coach, before)
		r.Figures = append(r.Figures, define("plan_success", c.Coach, "Plans of @"+c.Coach+" that worked", rateOf(x), rateOf(y)).moved(y, x))
	}
	x, y := p.VerdictsIn(period, "").Reached(), earlier.VerdictsIn(before, "").Reached()
	r.Figures = append(r.Figures,
		define("goals_reached", "", "", rateOf(x), rateOf(y)).moved(y, x),
		define("skills_practised", "", "", numberOf(practised(p, period), ""), numberOf(practised(earlier, before), "")),
		define("skills_mastered", "", "", numberOf(mastered(p), ""), Quantity{}),
		define("open", "", "", numberOf(len(r.Open), ""), Quantity{}),
	)
}

func practised(p *plan.Person, period plan.Period) int {
	n := 0
	for _, s := range p.Skills() {
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

func (r *Person) addGoals(p *plan.Person, period plan.Period) {
	for _, g := range p.Goals {
		report, ok := goalReport(g, period)
		if !ok {
			continue
		}
		if g.Horizon == plan.MidTerm {
			r.Mid = append(r.Mid, report)
		} else {
			r.Short = append(r.Short, report)
		}
		r.addWrongPlans(g, period)
	}
	r.Verdicts = verdictCounts(p.VerdictsIn(period, ""))
}

func verdictCounts(c plan.VerdictCount) Verdicts {
	return Verdicts{c.Worked, c.WasWrong, c.AnotherWay, c.FollowThrough, c.NoVerdict}
}

// addWrongPlans tells the plans of a goal that were wrong, and what came next.
func (r *Person) addWrongPlans(g *plan.Goal, period plan.Period) {
	for _, v := range g.Verdicts {
		if v.Outcome != plan.WasWrong || !period.Contains(v.Log.Date) {
			continue
		}
		w := WrongPlan{Goal: g.Text, ID: g.ID, Coach: v.Coach, Judged: v.Log.Date, Actions: []string{}}
		if v.NewPlan != nil {
			w.NewPlan = v.NewPlan.Date
			for _, a := range g.Agreements {
				if a.Agreed == v.NewPlan {
					w.Actions = append(w.Actions, a.Text)
				}
			}
		}
		r.Wrong = append(r.Wrong, w)
	}
}

// goalReport is a goal's part of the period; ok is false where it has none.
func goalReport(g *plan.Goal, period plan.Period) (report GoalReport, ok bool) {
	report = GoalReport{Text: g.Text, ID: g.ID, Due: g.Due, By: g.By, Outcome: outcomeOf(g), Actions: []ActionReport{}}
	if g.Target.Set {
		report.Target = targetText(g.Target.V)
	}
	for _, s := range g.Stated {
		ok = ok || period.Contains(s.Log.Date)
	}
	for _, v := range g.Verdicts {
		if !period.Contains(v.Log.Date) {
			continue
		}
		ok = true
		verdict := VerdictReport{Judged: v.Log.Date, Due: v.Due, Outcome: v.Outcome, Followed: v.Followed, Reached: v.Reached, Why: v.Why}
		if v.Value != nil {
			verdict.Value, verdict.ValueOn = &v.Value.Value, v.Value.Date
		}
		if v.NewPlan != nil {
			verdict.NewPlan = v.NewPlan.Date
		}
		for _, a := range v.Set {
			if a.Result != plan.Kept {
				verdict.NotKept = appendNew(verdict.NotKept, a.Owner)
			}
		}
		report.Verdicts = append(report.Verdicts, verdict)
	}
	for _, a := range g.Agreements {
		if period.Contains(a.Agreed.Date) || a.Account != nil && period.Contains(a.Account.Date) {
			report.Actions = addAgreement(report.Actions, a)
		}
	}
	return report, ok || len(report.Actions) > 0
}

func outcomeOf(g *plan.Goal) plan.Outcome {
	switch {
	case g.State == logparse.Dropped:
		return plan.WasDropped
	case g.Horizon == plan.MidTerm && g.State == logparse.Done:
		return plan.ReachedMidTerm
	case g.Running() || len(g.Verdicts) == 0:
		return plan.StillRunning
	}
	return g.Verdicts[len(g.Verdicts)-1].Outcome
}

// addAgreement adds an agreement to its action's report.
func addAgreement(actions []ActionReport, a *plan.Agreement) []ActionReport {
	agreement := AgreementReport{Agreed: a.Agreed.Date, Result: a.Result, Carried: a.Carried, By: a.By, Counters: counterProposals(a.Counters)}
	if a.Account != nil {
		agreement.Account = a.Account.Date
	}
	if a.AccountItem != nil {
		for _, remark := range a.AccountItem.Remarks() {
			if !remark.IsCounter() {
				agreement.Remarks = append(agreement.Remarks, remark.Text)
			}
		}
	}
	if a.Late != nil {
		agreement.Late = &LateAccount{a.Late.Log.Date, a.Late.Item.State}
	}
	for i, action := range actions {
		if action.Owner == a.Owner && action.ID == a.ID && (a.ID != "" || logparse.NormalText(action.Text) == logparse.NormalText(a.Text)) {
			actions[i].Text = a.Text
			actions[i].Agreements = append(actions[i].Agreements, agreement)
			return actions
		}
	}
	return append(actions, ActionReport{a.Text, a.ID, a.Owner, []AgreementReport{agreement}})
}

func counterProposals(counters []logparse.Counter) []CounterProposal {
	var proposals []CounterProposal
	for _, c := range counters {
		proposals = append(proposals, CounterProposal{c.Text, c.By})
	}
	return proposals
}

func targetText(t logparse.Target) string {
	return fmt.Sprintf("%s %s %s", t.Metric, t.Relation, logparse.FormatNumber(t.Number))
}

func (r *Person) addMetrics(b *plan.Logbook, p *plan.Person, period plan.Period) {
	for _, key := range p.Metrics() {
		trend := MetricTrend{Key: key, Name: key, Values: []MetricValue{}}
		if m, ok := b.Metric(key); ok {
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
			r.Metrics = append(r.Metrics, trend)
		}
	}
}

// within are the observations of a period.
func within(all []plan.Observation, period plan.Period) []plan.Observation {
	return slices.DeleteFunc(slices.Clone(all), func(o plan.Observation) bool { return !period.Contains(o.Date) })
}

// addSkills tells the skills with their practice, the help given for long-term
// goals, and who proposed the goals.
func (r *Person) addSkills(p *plan.Person, period plan.Period) {
	for _, s := range p.Skills() {
		c, _ := s.Tally()
		r.Skills = append(r.Skills, SkillReport{s.Name, s.Text, s.Next, s.Level, shareOf(c.Rate())})
	}
	for _, h := range p.HelpGiven(period) {
		r.Help = append(r.Help, HelpReport{h.Date, h.Goal, h.Text, h.By})
	}
	for _, g := range p.Goals {
		if len(g.Stated) == 0 || !period.Contains(g.Stated[0].Log.Date) {
			continue
		}
		r.Goals.All++
		if g.By != "" {
			r.Goals.Known++
		}
		if g.By == p.ID {
			r.Goals.Coachee++
		}
	}
}

// shortDate is a date as a reader says it: 6 Jul 2026.
func shortDate(d logparse.Date) string {
	if d.IsZero() {
		return "no date"
	}
	return d.Time().Format("2 Jan 2006")
}
