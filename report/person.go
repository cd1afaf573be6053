package report

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// A Person is the review of one coachee in one period: the model behind every
// format.
type Person struct {
	Head
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Coach     string            `json:"coach,omitempty"` // at the period's end
	Summary   []string          `json:"summary"`         // the period in a few sentences, made from what follows
	Session   Sessions          `json:"sessions"`
	Sides     []Side            `json:"sides"`     // the coachee first, then everybody else who promised something
	Coaches   []CoachSide       `json:"coaches"`   // of the period's sessions
	Verdicts  plan.VerdictCount `json:"verdicts"`  // of the short-term goals judged in the period
	Going     []Strength        `json:"strengths"` // what was named as going well
	Strengths []string          `json:"plan_strengths"`
	Short     []GoalReport      `json:"short_term_goals"`
	Mid       []GoalReport      `json:"mid_term_goals"`
	Long      []string          `json:"long_term_goals"` // in the coachee's words, never judged
	Help      []plan.Help       `json:"help"`            // given for long-term goals: listed with credit, in no rate
	Skills    []SkillReport     `json:"skills"`
	Goals     Proposals         `json:"proposals"`
	Metrics   []MetricTrend     `json:"metrics"`
	Open      []CheckAction     `json:"open_actions"`
	Owed      []CheckPlan       `json:"owed_plans"`
	Older     []OlderTask       `json:"older_tasks"` // not ticked in logs adopted from older notes, the latest first; in no figure

	checks plan.VerdictCount // of goals, whatever the readers may see of what came of them
}

// A SessionReport is one session on the calendar.
type SessionReport struct {
	Date    logparse.Date   `json:"date"`
	Status  logparse.Status `json:"status"`
	Kind    string          `json:"kind,omitempty"`
	Minutes int             `json:"minutes,omitempty"`
	Talk    *int            `json:"talk,omitempty"` // percent
}

func sessionReport(s plan.SessionFact) SessionReport {
	return SessionReport{s.Date, s.Status, s.Kind, s.Minutes, s.Talk}
}

// An OlderTask is a task in a log adopted from older notes.
type OlderTask struct {
	Date logparse.Date `json:"date"` // of the last log that has it
	Text string        `json:"text"`
	File string        `json:"file"`
	Line int           `json:"line"`
}

func olderTasks(tasks []plan.OlderTask) []OlderTask {
	out := each(tasks, func(t plan.OlderTask) OlderTask {
		return OlderTask{t.Log.Date, t.Item.Text, t.Log.Path(), t.Log.Doc.Position(t.Item.Span.Start).Line}
	})
	slices.SortStableFunc(out, func(x, y OlderTask) int { return y.Date.Compare(x.Date) })
	return out
}

// A Strength is one thing that was named as going well.
type Strength struct {
	Date logparse.Date `json:"date"`
	Text string        `json:"text"`
}

// A SkillReport is one skill with its practice: the actions that were agreed for
// it, over all time, and how many of those with a result were done.
type SkillReport struct {
	Name     string          `json:"name"`
	Text     string          `json:"text"`
	Next     bool            `json:"next_role"`
	Level    plan.SkillLevel `json:"level"`
	Practice plan.Rate       `json:"practice"` // done over done, partly and not done
}

// Proposals count who proposed the goals that say so.
type Proposals struct {
	Coachee int `json:"coachee"`
	Known   int `json:"known"`
	All     int `json:"all"`
}

// Sessions are the period's sessions, and their counts.
type Sessions struct {
	plan.SessionCount
	Talk     *int            `json:"talk,omitempty"` // mean percent of the talking done by the coachee, over the logs that say
	TalkLogs int             `json:"talk_logs"`
	List     []SessionReport `json:"list"` // by date

	ForgottenDays []logparse.Date `json:"forgotten_days"` // agreed for a session, and no log says what became of them
}

// A Side is what one owner promised in these sessions and what became of it.
type Side struct {
	Owner   string    `json:"owner"`
	Coachee bool      `json:"coachee"`
	Rate    plan.Rate `json:"commitment_rate"` // done over done, partly and not done
	plan.Commitment
	NotTalked *int `json:"not_talked"` // when it was due: the coach's; null where the readers may not see it

	Weeks []chart.Week `json:"weeks"` // in which an action got a result
}

// A CoachSide is what one coach answers for.
type CoachSide struct {
	Coach       string    `json:"coach"`
	FollowUp    plan.Rate `json:"follow_up_rate"`    // actions talked about when they first came due, over those that came due
	PlanSuccess plan.Rate `json:"plan_success_rate"` // plans that worked over those that worked or fell short
}

// A GoalReport is one goal's part of the review.
type GoalReport struct {
	Text     string          `json:"text"`
	ID       string          `json:"id,omitempty"`
	Due      logparse.Date   `json:"due"`
	Target   string          `json:"target,omitempty"`
	By       string          `json:"proposed_by,omitempty"`
	Moves    []MoveReport    `json:"moves,omitempty"` // of its date or its target, before the date had come
	Outcome  plan.Outcome    `json:"outcome"`         // how it ended, else the last verdict's of the period, not checked yet or running
	Waits    *WaitReport     `json:"waits,omitempty"` // for what is missing
	Verdicts []VerdictReport `json:"verdicts,omitempty"`
	Actions  []ActionReport  `json:"actions"` // agreed in the period, or with a result of it
}

// A MoveReport is what two agreed to change before a goal's date.
type MoveReport struct {
	On     logparse.Date `json:"on"`
	From   logparse.Date `json:"from"`             // empty where the date stayed
	To     logparse.Date `json:"to"`               // empty where the date went
	Target string        `json:"target,omitempty"` // that it had before
}

// A WaitReport says what a goal waits for whose date has come, and since when.
type WaitReport struct {
	Since   logparse.Date `json:"since"`
	Missing []string      `json:"missing"`
}

// A VerdictReport is one judgement of a short-term goal.
type VerdictReport struct {
	Judged  logparse.Date  `json:"judged"`
	Due     logparse.Date  `json:"due"`
	Outcome plan.Outcome   `json:"outcome"`
	Late    int            `json:"days_late,omitempty"` // that the goal waited for what was missing
	Reached bool           `json:"reached"`
	Target  string         `json:"target,omitempty"` // as it stood before the date
	Reading *ReadingReport `json:"reading,omitempty"`
	Coachee plan.DonePart  `json:"coachee"`          // what the coachee did of their part
	Others  *plan.DonePart `json:"others,omitempty"` // everybody else; missing where the readers may not see it
	Support bool           `json:"support_missing"`
	NewPlan logparse.Date  `json:"new_plan"` // of a plan that fell short: the log that gave it new actions

	untold  bool     // the readers may not see whether it was answered
	who     string   // the coachee's name
	how     string   // how results are counted, where that isn't plain
	helpers []string // the names of the others
	coach   string   // the name of whose job new actions are; "" where the readers may not see it
}

// A ReadingReport is what a metric said of a goal, and of which values.
type ReadingReport struct {
	Median float64       `json:"median"`
	Values []chart.Point `json:"values"`
	Days   int           `json:"days"` // that were looked at
	Last   chart.Point   `json:"last"` // the first on or after the goal's date
}

// An ActionReport is one action's part of the review: agreed once or, as with
// what is done every week, again and again.
type ActionReport struct {
	Text       string            `json:"text"` // as last stated
	ID         string            `json:"id,omitempty"`
	Owner      string            `json:"owner"`
	Agreements []AgreementReport `json:"agreements"`
}

// An AgreementReport is one agreement of an action, and its one result.
type AgreementReport struct {
	Agreed   logparse.Date `json:"agreed"`
	Account  logparse.Date `json:"account"` // of the result; empty while it is to come
	Result   plan.Result   `json:"result"`
	Blocker  string        `json:"blocked_by,omitempty"`
	NotNoted logparse.Date `json:"not_noted"` // the last session that was due to talk about it and didn't; empty once it has a result
	Carried  int           `json:"carried"`
	Late     *LateMention  `json:"late,omitempty"`
	Remarks  []string      `json:"remarks,omitempty"` // each with its day

	By       string            `json:"proposed_by,omitempty"`
	Counters []CounterProposal `json:"counter_proposals,omitempty"`
}

// A CounterProposal is what somebody would rather do (method 60).
type CounterProposal struct {
	Text string `json:"text"`
	By   string `json:"by,omitempty"`
}

// A LateMention is the last that a session says of an action once it has a result.
type LateMention struct {
	Date  logparse.Date  `json:"date"`
	State logparse.State `json:"state"`
}

// A MetricName is a metric as the settings know it.
type MetricName struct {
	Key       string `json:"key"`
	Name      string `json:"name"`
	Unit      string `json:"unit,omitempty"`
	Direction string `json:"direction,omitempty"`
}

func metricName(r *plan.Roster, key string) MetricName {
	m, _ := r.Metric(key)
	return MetricName{key, cmp.Or(m.Name.V, key), m.Unit.V, m.Direction.V}
}

// A MetricTrend is one metric's values in the period, and those up to a day beside those
// since: the day on which a goal about it was agreed, else the last before the period.
type MetricTrend struct {
	MetricName
	Values []chart.Point `json:"values"`
	Target string        `json:"target,omitempty"` // of the last goal about it
	plan.Course

	target   *float64      // of Target
	compared []chart.Point // all values that Course compares
}

func metricTrend(r *plan.Roster, key string, values []plan.ValueFact) MetricTrend {
	return MetricTrend{MetricName: metricName(r, key), Values: pointsOf(values)}
}

func pointsOf(values []plan.ValueFact) []chart.Point {
	return each(values, func(v plan.ValueFact) chart.Point { return chart.Point{Date: v.Date, Value: v.Value} })
}
