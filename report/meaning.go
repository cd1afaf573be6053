package report

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// A Meaning is all that a logbook's files mean, as docs/format.md defines it:
// what another implementation has to find in the same files.
type Meaning struct {
	Logs   []Log           `json:"logs"`
	Plans  []PlanMeaning   `json:"plans,omitempty"`
	People []PersonMeaning `json:"people"` // who have logs

	// Over all time, by person.
	Commitment  map[string]plan.Commitment `json:"commitment"`
	FollowUp    map[string]plan.Rate       `json:"follow_up"`
	PlanSuccess map[string]plan.Rate       `json:"plan_success"`
}

// A PersonMeaning is what became of one coachee's agreements.
type PersonMeaning struct {
	ID         string             `json:"id"`
	Agreements []AgreementMeaning `json:"agreements"`
	Goals      []GoalMeaning      `json:"goals"`
	Forgotten  []logparse.Date    `json:"forgotten,omitempty"` // by the day of the person's last log
	Skills     []SkillMeaning     `json:"skills,omitempty"`
}

// An AgreementMeaning is one action that was agreed, and its one result; of a repeated one
// it is one turn.
type AgreementMeaning struct {
	Text           string         `json:"text"`
	ID             string         `json:"id,omitempty"`
	Goal           string         `json:"goal"`
	Horizon        plan.Horizon   `json:"horizon"`
	Owner          string         `json:"owner"`
	Due            logparse.Date  `json:"due"`
	Agreed         logparse.Date  `json:"agreed"`
	Every          string         `json:"every,omitempty"`
	DueAt          *logparse.Date `json:"due_at"`  // the first session at which it was due
	Asked          *logparse.Date `json:"asked"`   // the first from then on that talked about it
	Account        *logparse.Date `json:"account"` // the session that gave the result or ended it
	Settled        *logparse.Date `json:"settled"` // the log that settled what the result left
	Blocker        string         `json:"blocked_by,omitempty"`
	Result         plan.Result    `json:"result"`
	Carried        int            `json:"carried"`
	FollowUpMissed bool           `json:"follow_up_missed"`

	By       string            `json:"proposed_by,omitempty"`
	Counters []CounterProposal `json:"counter_proposals,omitempty"`
}

// A GoalMeaning is one short-term or mid-term goal over all sessions.
type GoalMeaning struct {
	Text     string           `json:"text"`
	ID       string           `json:"id,omitempty"`
	Horizon  plan.Horizon     `json:"horizon"`
	Outcome  plan.Outcome     `json:"outcome"`
	By       string           `json:"proposed_by,omitempty"`
	Missing  []string         `json:"waits_for,omitempty"`
	ByValue  bool             `json:"reached_by_value,omitempty"` // a mid-term goal, by the last value of its metric
	Verdicts []VerdictMeaning `json:"verdicts"`
}

// A VerdictMeaning is one judgement of a short-term goal.
type VerdictMeaning struct {
	Judged  logparse.Date   `json:"judged"`
	Due     logparse.Date   `json:"due"`
	Coach   string          `json:"coach,omitempty"`
	Reached bool            `json:"reached"`
	Outcome plan.Outcome    `json:"outcome"`
	Support bool            `json:"support_missing"`
	Part    [2]float64      `json:"part"`             // of the coachee: done with half of partly, and of how many
	Others  [2]float64      `json:"others"`           // of everybody else
	Value   *float64        `json:"value"`            // the median; null where there is no metric or no value
	Values  int             `json:"values,omitempty"` // that it is the median of
	Reading *ReadingMeaning `json:"reading,omitempty"`
	Late    int             `json:"days_late,omitempty"`
	NewPlan *logparse.Date  `json:"new_plan"` // the log that answered a plan that fell short
	InTime  bool            `json:"new_plan_in_time"`
}

// A ReadingMeaning is what a median was worked out from, and the target that it was held against.
type ReadingMeaning struct {
	Target string        `json:"target"`
	From   logparse.Date `json:"from"`
	To     logparse.Date `json:"to"`
	Values []chart.Point `json:"values"`
}

// NewMeaning gathers what a logbook means.
func NewMeaning(b *plan.Logbook) *Meaning {
	m := &Meaning{Commitment: make(map[string]plan.Commitment), FollowUp: make(map[string]plan.Rate), PlanSuccess: make(map[string]plan.Rate)}
	for _, doc := range b.Docs {
		if doc.Kind == logparse.SessionLog {
			m.Logs = append(m.Logs, newLog(doc))
		}
		if doc.Plan != nil && !doc.Broken() {
			m.Plans = append(m.Plans, newPlanMeaning(doc))
		}
	}
	everybody := b.Everybody()
	commitments, led := everybody.Commitments(plan.AllTime), everybody.Led()
	for _, p := range b.People {
		if len(p.Logs) > 0 {
			skills := each(p.Skills(), func(s *plan.Skill) SkillMeaning { return SkillMeaning{s.Name, roleOf(s), s.Level, practiceOf(p, s)} })
			forgotten := b.Forgotten(p.Facts(), p.Logs[len(p.Logs)-1].Date)
			m.People = append(m.People, PersonMeaning{p.ID, each(p.Agreements, agreementMeaning), each(p.Goals, goalMeaning), forgotten, skills})
		}
		if c := commitments[p.ID]; c != (plan.Commitment{}) {
			m.Commitment[p.ID] = c
		}
		if !led[p.ID] {
			continue
		}
		if r := everybody.FollowUpOf(p.ID, plan.AllTime); r.Whole > 0 {
			m.FollowUp[p.ID] = r
		}
		if r := everybody.VerdictsIn(plan.AllTime, p.ID).PlanSuccess(); r.Whole > 0 {
			m.PlanSuccess[p.ID] = r
		}
	}
	return m
}

func agreementMeaning(a *plan.Agreement) AgreementMeaning {
	out := AgreementMeaning{
		Text: a.Text, ID: a.ID, Goal: a.Goal.Text, Horizon: a.Goal.Horizon, Owner: a.Owner, Due: a.Due, Agreed: a.Agreed.Date,
		Result: a.Result, Carried: len(a.Carried), FollowUpMissed: a.DueAt != nil && a.AskedAt != a.DueAt, By: a.By, Counters: counterProposals(a.Counters, ownView),
	}
	out.Every, out.Blocker = a.Every, a.Blocker
	out.DueAt, out.Asked, out.Account, out.Settled = dayOf(a.DueAt), dayOf(a.AskedAt), dayOf(a.Account), dayOf(a.Settled)
	return out
}

// dayOf is a log's day; nil of none.
func dayOf(log *plan.Log) *logparse.Date {
	if log == nil {
		return nil
	}
	return &log.Date
}

func goalMeaning(g *plan.Goal) GoalMeaning {
	out := GoalMeaning{Text: g.Text, ID: g.ID, Horizon: g.Horizon, Outcome: outcomeOf(g, ownView), By: g.By, Missing: g.Missing, ByValue: g.Horizon == plan.MidTerm && g.MetricReached()}
	for _, v := range g.Verdicts {
		verdict := VerdictMeaning{
			Judged: v.Log.Date, Due: v.Due, Coach: v.Coach, Reached: v.Reached, Outcome: v.Outcome, Support: v.Support, InTime: v.InTime,
			Part: partMeaning(v.Coachee), Others: partMeaning(v.Others), Late: v.Late, NewPlan: dayOf(v.Answer),
		}
		if v.Reading != nil {
			verdict.Value, verdict.Values = &v.Reading.Median, len(v.Reading.Values)
			verdict.Reading = &ReadingMeaning{v.Target.V.String(), v.Reading.From, v.Reading.To, each(v.Reading.Values, observed)}
		}
		out.Verdicts = append(out.Verdicts, verdict)
	}
	return out
}

func partMeaning(p plan.DonePart) [2]float64 { return [2]float64{p.Done, float64(p.Whole)} }
