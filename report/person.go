package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// PersonSchema is the version of Person's JSON form.
const PersonSchema = 1

// A Person is the review of one coachee in one period: the model behind every
// format.
type Person struct {
	Schema  int           `json:"schema"`
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Coach   string        `json:"coach,omitempty"`
	Period  Period        `json:"period"`
	Today   logparse.Date `json:"today"`
	Session Sessions      `json:"sessions"`
	Sides   []Side        `json:"sides"`     // the coachee first, then everybody else who promised something
	Coaches []CoachSide   `json:"coaches"`   // of the period's sessions
	Going   []Strength    `json:"strengths"` // what was named as going well
	Short   []GoalReport  `json:"short_term_goals"`
	Mid     []GoalReport  `json:"mid_term_goals"`
	Long    []string      `json:"long_term_goals"` // in the coachee's words, never judged
	Help    []HelpReport  `json:"help"`            // given for long-term goals: listed with credit, in no rate
	Skills  []SkillReport `json:"skills"`
	Goals   Proposals     `json:"proposals"`
	Before  Share         `json:"commitment_before"` // the coachee's commitment rate in the period before
	Moved   plan.Movement `json:"commitment_moved"`
	Metrics []MetricTrend `json:"metrics"`
	Open    []CheckAction `json:"open_actions"`
	Owed    []CheckPlan   `json:"owed_plans"`
	Older   []OlderTask   `json:"older_tasks"` // not ticked in logs adopted from older notes, the latest first; in no figure
}

// An OlderTask is a task in a log adopted from older notes.
type OlderTask struct {
	Date logparse.Date `json:"date"` // of the last log that has it
	Text string        `json:"text"`
	File string        `json:"file"`
	Line int           `json:"line"`
}

func olderTasks(tasks []plan.OlderTask) []OlderTask {
	out := []OlderTask{}
	for _, t := range tasks {
		out = append(out, OlderTask{t.Log.Date, t.Item.Text, t.Log.Path(), t.Log.Doc.Position(t.Item.Span.Start).Line})
	}
	slices.SortStableFunc(out, func(x, y OlderTask) int { return y.Date.Compare(x.Date) })
	return out
}

// A Strength is one thing that was named as going well.
type Strength struct {
	Date logparse.Date `json:"date"`
	Text string        `json:"text"`
}

// A HelpReport is something that was done for a long-term goal.
type HelpReport struct {
	Date logparse.Date `json:"date"`
	Goal string        `json:"goal"`
	Text string        `json:"text"`
	By   string        `json:"by"`
}

// A SkillReport is one skill with its practice: the actions that were agreed for
// it, over all time, and how many of those whose account was given were kept.
type SkillReport struct {
	Name     string          `json:"name"`
	Text     string          `json:"text"`
	Next     bool            `json:"next_role"`
	Level    plan.SkillLevel `json:"level"`
	Practice Share           `json:"practice"` // kept over kept, partly and not kept
}

// Proposals count who proposed the goals that say so.
type Proposals struct {
	Coachee int `json:"coachee"`
	Known   int `json:"known"`
	All     int `json:"all"`
}

// A Period is the range of days that a report covers, both ends included.
type Period struct {
	Name string        `json:"name"`
	From logparse.Date `json:"from"`
	To   logparse.Date `json:"to"`
}

// Sessions counts the period's sessions.
type Sessions struct {
	Logs      int  `json:"logs"`
	Held      int  `json:"held"`
	Planned   int  `json:"planned"` // still to come, or not filled in
	Missed    int  `json:"missed"`
	Cancelled int  `json:"cancelled"`
	AdHoc     int  `json:"ad_hoc"`         // of those held
	Older     int  `json:"older"`          // adopted from older notes, of those held
	Requested int  `json:"requested"`      // by the coachee, of those held
	Peer      int  `json:"peer"`           // led by a colleague, of those held
	Minutes   int  `json:"minutes"`        // of those held, where a log says
	Talk      *int `json:"talk,omitempty"` // mean percent of the talking done by the coachee, over the logs that say
	TalkLogs  int  `json:"talk_logs"`
}

// A Share is a rate with its counts. Percent is missing where nothing was due.
type Share struct {
	Part    int  `json:"part"`
	Whole   int  `json:"whole"`
	Percent *int `json:"percent,omitempty"`
}

func shareOf(r plan.Rate) Share {
	s := Share{Part: r.Part, Whole: r.Whole}
	if percent, ok := r.Percent(); ok {
		s.Percent = &percent
	}
	return s
}

// String is "7 of 9 (78%)", or "none due".
func (s Share) String() string {
	if s.Percent == nil {
		return "none due"
	}
	return fmt.Sprintf("%d of %d (%d%%)", s.Part, s.Whole, *s.Percent)
}

// A Side is what one owner promised in these sessions and what became of it.
type Side struct {
	Owner     string `json:"owner"`
	Coachee   bool   `json:"coachee"`
	Rate      Share  `json:"commitment_rate"` // kept over kept, partly and not kept
	Kept      int    `json:"kept"`
	Partly    int    `json:"partly"`
	NotKept   int    `json:"not_kept"`
	Dropped   int    `json:"dropped"`    // by agreement, in no rate
	NoAccount int    `json:"no_account"` // the coach's, in no rate of the owner
	Carried   int    `json:"carried"`    // times an account was moved on
}

// A CoachSide is what one coach answers for.
type CoachSide struct {
	Coach       string `json:"coach"`
	FollowUp    Share  `json:"follow_up_rate"`    // accounts given over accounts due
	PlanSuccess Share  `json:"plan_success_rate"` // plans that worked over those that worked or were wrong
}

// A GoalReport is one goal's part of the review.
type GoalReport struct {
	Text     string          `json:"text"`
	ID       string          `json:"id,omitempty"`
	Due      logparse.Date   `json:"due"`
	Target   string          `json:"target,omitempty"`
	By       string          `json:"proposed_by,omitempty"`
	Outcome  plan.Outcome    `json:"outcome"` // the last verdict's, else still running, reached or dropped
	Verdicts []VerdictReport `json:"verdicts,omitempty"`
	Actions  []ActionReport  `json:"actions"` // agreed or accounted for in the period
}

// A VerdictReport is one judgement of a short-term goal.
type VerdictReport struct {
	Judged   logparse.Date `json:"judged"`
	Due      logparse.Date `json:"due"`
	Outcome  plan.Outcome  `json:"outcome"`
	Followed bool          `json:"followed"`
	NotKept  []string      `json:"not_kept_by,omitempty"` // owners of actions that were not kept, or in part
	Reached  bool          `json:"reached"`
	Value    *float64      `json:"value,omitempty"`
	ValueOn  logparse.Date `json:"value_on"`
	Why      string        `json:"why,omitempty"`
	NewPlan  logparse.Date `json:"new_plan"` // of a plan that was wrong: the session that answered it
}

// An ActionReport is one action's part of the review: agreed once or, as with
// what is done every week, again and again.
type ActionReport struct {
	Text       string            `json:"text"` // as last stated
	ID         string            `json:"id,omitempty"`
	Owner      string            `json:"owner"`
	Agreements []AgreementReport `json:"agreements"`
}

// An AgreementReport is one agreement of an action, and its one account.
type AgreementReport struct {
	Agreed  logparse.Date `json:"agreed"`
	Account logparse.Date `json:"account"` // empty while it is to come
	Result  plan.Result   `json:"result"`
	Carried int           `json:"carried"`
	Late    *LateAccount  `json:"late,omitempty"`
	Remarks []string      `json:"remarks,omitempty"` // of the account

	By       string            `json:"proposed_by,omitempty"`
	Counters []CounterProposal `json:"counter_proposals,omitempty"`
}

// A CounterProposal is what somebody would rather do (method 60).
type CounterProposal struct {
	Text string `json:"text"`
	By   string `json:"by,omitempty"`
}

// A LateAccount is what a later session says of an action of which no account
// was given when it was due. It counts for nothing.
type LateAccount struct {
	Date  logparse.Date  `json:"date"`
	State logparse.State `json:"state"`
}

// A MetricTrend is one metric's values in the period; one dip is no failure
// (method 11), so all values are there.
type MetricTrend struct {
	Key       string        `json:"key"`
	Name      string        `json:"name"`
	Unit      string        `json:"unit,omitempty"`
	Direction string        `json:"direction,omitempty"`
	Values    []MetricValue `json:"values"`
	Target    string        `json:"target,omitempty"` // of a running or judged goal
	Trend     plan.Trend    `json:"trend"`            // of all values together: one dip is no failure
}

// A MetricValue is one observation.
type MetricValue struct {
	Date  logparse.Date `json:"date"`
	Value float64       `json:"value"`
}

// NewPerson builds the review of one person, as things stood at the period's end
// or, where that is still to come, stand today: a report written later says the
// same.
func NewPerson(b *plan.Logbook, id string, period plan.Period, today logparse.Date) *Person {
	if period.To.Before(today) {
		today = period.To
	}
	b = b.Until(period.To)
	p := b.Person(id)
	if p == nil { // all that there is of them is later
		p = &plan.Person{ID: id, Name: id}
	}
	check := NewCheck(b, today, CheckFilter{People: []string{p.ID}})
	r := &Person{
		Schema: PersonSchema, ID: p.ID, Name: p.Name, Coach: b.CoachOf(p),
		Period: Period{period.Name, period.From, period.To}, Today: today,
		Sides: []Side{}, Coaches: []CoachSide{}, Going: []Strength{}, Short: []GoalReport{}, Mid: []GoalReport{},
		Long: []string{}, Help: []HelpReport{}, Skills: []SkillReport{}, Metrics: []MetricTrend{}, Open: []CheckAction{}, Owed: []CheckPlan{},
		Older: olderTasks(p.OlderTasks(period)),
	}
	for _, person := range check.People {
		r.Open, r.Owed = person.Actions, person.Plans
	}
	r.addSessions(p, period)
	r.addSides(p, period)
	r.addGoals(p, period)
	r.addMetrics(b, p, period)
	r.addSkills(b, p, period)
	return r
}

func (r *Person) addSessions(p *plan.Person, period plan.Period) {
	talk := 0
	for _, log := range p.Logs {
		if !period.Contains(log.Date) {
			continue
		}
		r.Session.Logs++
		switch log.Status.V {
		case logparse.Planned:
			r.Session.Planned++
		case logparse.Missed:
			r.Session.Missed++
		case logparse.Cancelled:
			r.Session.Cancelled++
		case logparse.Held:
			r.Session.Held++
			r.Session.Minutes += log.Minutes.V
			if log.Adopted.Set {
				r.Session.Older++
			}
			switch log.Kind.V {
			case "ad-hoc":
				r.Session.AdHoc++
			case "requested":
				r.Session.Requested++
			case "peer":
				r.Session.Peer++
			}
			if log.Talk.Set {
				talk += log.Talk.V
				r.Session.TalkLogs++
			}
			for _, text := range log.Texts(log.Doc.Source, logparse.GoingWell) {
				r.Going = append(r.Going, Strength{log.Date, text})
			}
			if long := longTermTexts(log.Session); len(long) > 0 && log.Kind.V != "ad-hoc" {
				r.Long = long
			}
		}
	}
	if n := r.Session.TalkLogs; n > 0 {
		mean := (2*talk + n) / (2 * n)
		r.Session.Talk = &mean
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
		r.Sides = append(r.Sides, Side{owner, owner == p.ID, shareOf(c.Rate()), c.Kept, c.Partly, c.NotKept, c.Dropped, c.NoAccount, c.Carried})
	}
	for _, coach := range coaches {
		r.Coaches = append(r.Coaches, CoachSide{coach, shareOf(p.FollowUpOf(coach, period)), shareOf(p.PlanSuccessOf(coach, period))})
	}
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
// goals, who proposed the goals, and how commitment moved.
func (r *Person) addSkills(b *plan.Logbook, p *plan.Person, period plan.Period) {
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
	before, now := p.CommitmentOf(p.ID, period.Before()).Rate(), p.CommitmentOf(p.ID, period).Rate()
	r.Before, r.Moved = shareOf(before), plan.Move(before, now)
}

// shortDate is a date as a reader says it: 6 Jul 2026.
func shortDate(d logparse.Date) string {
	if d.IsZero() {
		return "no date"
	}
	return d.Time().Format("2 Jan 2006")
}
