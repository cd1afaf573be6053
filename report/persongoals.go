package report

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// addGoals tells the goals, the verdicts on them, and who proposed them.
func (d *personDraft) addGoals() {
	for _, g := range d.p.Goals {
		d.countProposal(g)
		report, ok := goalReport(g, d.period, d.view)
		if !ok {
			continue
		}
		if g.Horizon == plan.MidTerm {
			d.Mid = append(d.Mid, report)
		} else {
			d.Short = append(d.Short, report)
		}
	}
	d.Verdicts = d.facts.VerdictsThat(d.period, func(coach string, v *plan.VerdictFact) bool {
		return v == nil && d.names(coach) || v != nil && d.namesAll(d.facts, v)
	})
	d.checks = d.facts.VerdictsIn(d.period, "")
	d.checks.Support, d.checks.Waiting = d.Verdicts.Support, d.Verdicts.Waiting
	for _, coach := range d.coaches() {
		now, title := d.planSuccess(coach, d.facts, d.period), "Plans of @"+coach+" that worked"
		d.Figures = append(d.Figures, newFigure("plan_success", now, d.planSuccess(coach, d.earlier, d.before)).about(coach, title))
		if year, ok := d.period.FourQuarters(); ok {
			if all := d.planSuccess(coach, d.facts, year); all != now {
				d.Figures = append(d.Figures, newFigure("plan_success_year", all, plan.Rate{}).about(coach, title+", last four quarters").alone())
			}
		}
	}
	d.addFigures("goals_reached")
}

// planSuccess are the plans of a coach that worked.
func (d *personDraft) planSuccess(coach string, f *plan.Facts, period plan.Period) plan.Rate {
	c, _ := d.verdicts(f, period, coach)
	return c.PlanSuccess()
}

func (d *personDraft) countProposal(g *plan.Goal) {
	if !d.period.Contains(g.Stated[0].Log.Date) {
		return
	}
	d.Goals.All++
	if g.By != "" {
		d.Goals.Known++
	}
	if g.By == d.p.ID {
		d.Goals.Coachee++
	}
}

// tellsAnswer says whether the readers may see if a plan that fell short was answered with
// new actions: that is for the coach of the plan to tell, beside the coachee.
func (v view) tellsAnswer(of *plan.Verdict) bool {
	return v.may(plan.PartGoals, plan.PartOpen) && v.names(of.Coach)
}

// goalReport is a goal's part of the period; ok is false where it has none.
func goalReport(g *plan.Goal, period plan.Period, see view) (report GoalReport, ok bool) {
	report = GoalReport{Text: g.Text, ID: g.ID, Due: g.Due, By: see.name(g.By), Outcome: outcomeOf(g, see)}
	if g.Target.Set && see.may(plan.PartMetrics) {
		report.Target = targetText(g.Target.V)
	}
	for _, m := range g.Moves {
		reachedEarly := g.Ended == plan.EndReached && m.Target == nil && m.To.IsZero()
		if move := (MoveReport{On: m.Log.Date, From: m.From, To: m.To}); m.Target == nil && !reachedEarly {
			report.Moves = append(report.Moves, move)
		} else if m.Target != nil && see.may(plan.PartMetrics) {
			move.Target = targetText(*m.Target)
			report.Moves = append(report.Moves, move)
		}
	}
	if g.Waits != nil && see.names(g.Waits.Coach) && see.may(plan.PartMetrics) { // asking was this coach's to do, and what is missing can name the metric
		report.Waits = &WaitReport{g.Waits.Date, g.Wanted()}
	}
	for _, s := range g.Stated {
		ok = ok || period.Contains(s.Log.Date)
	}
	for _, v := range g.Verdicts {
		if !period.Contains(v.Log.Date) {
			continue
		}
		ok = true
		report.Verdicts = append(report.Verdicts, verdictReport(v, see))
		if report.Outcome == GoalRunning {
			report.Outcome = see.outcome(v)
		}
	}
	var agreements []*plan.Agreement
	for _, a := range g.Agreements {
		if period.Contains(a.Agreed.Date) || a.Account != nil && period.Contains(a.Account.Date) {
			ok = true
			agreements = append(agreements, a)
		}
	}
	report.Actions = actionReports(agreements, see)
	return report, ok
}

func verdictReport(v *plan.Verdict, see view) VerdictReport {
	r := VerdictReport{
		Judged: v.Log.Date, Due: v.Due, Outcome: see.outcome(v), Reached: v.Reached, Coachee: v.Coachee,
		untold: !see.tellsAnswer(v), who: see.called(v.Goal.Person.ID),
	}
	if v.Waited != nil && see.names(v.Waited.Coach) {
		r.Late = v.Late
	}
	if v.Target.Set && see.may(plan.PartMetrics) {
		r.Target = targetText(v.Target.V)
		if of := v.Reading; of != nil {
			r.Reading = &ReadingReport{of.Median, each(of.Values, observed), of.From.DaysUntil(of.To) + 1, observed(of.Last)}
		}
	}
	if v.Answer != nil && !r.untold {
		r.NewPlan = v.Answer.Date
	}
	r.coach = see.called(see.name(see.all.CoachOn(v.Goal.Person.Facts(), see.scope.Today)))
	var told []*plan.Agreement
	others := see.namesOwners(v)
	for _, a := range v.Set {
		own := a.Owner == v.Goal.Person.ID
		if others && !own {
			r.helpers = appendNew(r.helpers, see.called(a.Owner))
		}
		if others || own {
			told = append(told, a)
		}
	}
	if r.how = howCounted(told); others {
		r.Others, r.Support = &v.Others, v.Support
	}
	return r
}

func observed(o plan.Observation) chart.Point { return chart.Point{Date: o.Date, Value: o.Value} }

// What a report says of a goal without a verdict, or of which the readers may not see it.
const (
	GoalRunning    plan.Outcome = "running"
	GoalWaits      plan.Outcome = "not checked yet"
	GoalReached    plan.Outcome = "reached"
	GoalNotReached plan.Outcome = "not reached"
)

func outcomeOf(g *plan.Goal, see view) plan.Outcome {
	last := len(g.Verdicts) - 1
	switch {
	case g.Ended == plan.EndReached && last >= 0:
		return see.outcome(g.Verdicts[last])
	case g.Ended != "":
		return plan.Outcome(g.Ended)
	case g.Waits != nil:
		return GoalWaits
	case g.Horizon == plan.MidTerm && g.MetricReached() && see.may(plan.PartMetrics):
		return plan.Outcome(plan.EndReached) // by its last value; it lives on
	}
	return GoalRunning
}

// An actionKey tells actions apart: by owner and id, or by owner and text where they have no id.
type actionKey struct{ owner, id, text string }

// actionReports put the agreements on one action together. What others promised is
// theirs to tell.
func actionReports(agreements []*plan.Agreement, see view) []ActionReport {
	var actions []ActionReport
	known := make(map[actionKey]int)
	for _, a := range agreements {
		if !see.names(a.Owner) {
			continue
		}
		key := actionKey{a.Owner, a.ID, ""}
		if a.ID == "" {
			key.text = logparse.NormalText(a.Text)
		}
		i, again := known[key]
		if !again {
			i = len(actions)
			known[key] = i
			actions = append(actions, ActionReport{ID: a.ID, Owner: a.Owner})
		}
		actions[i].Text = a.Text
		actions[i].Agreements = append(actions[i].Agreements, agreementReport(a, see))
	}
	return actions
}

// agreementReport tells one agreement. That nobody talked about it when it was due is its
// coach's to tell.
func agreementReport(a *plan.Agreement, see view) AgreementReport {
	agreement := AgreementReport{Agreed: a.Agreed.Date, Result: see.result(a), Blocker: see.name(a.Blocker), Carried: len(a.Carried), By: see.name(a.By)}
	if see.may(plan.PartRemarks) {
		agreement.Remarks, agreement.Counters = remarksOf(a), counterProposals(a.Counters, see)
	}
	if a.Account != nil && agreement.Result == a.Result {
		agreement.Account = a.Account.Date
	}
	if a.Late != nil && agreement.Result == a.Result {
		agreement.Late = &LateMention{a.Late.Log.Date, a.Late.Item.State}
	}
	if a.Result == plan.Open && a.Untold != nil && see.names(a.Untold.Coach) {
		agreement.NotNoted = a.Untold.Date
	}
	return agreement
}

// remarksOf are the remarks below an action in any log, each once and with the day on which it
// was said: the reason can stand below a box that nobody ticked.
func remarksOf(a *plan.Agreement) (remarks []string) {
	for _, m := range a.Said {
		for _, remark := range m.Item.Remarks() {
			if !remark.IsCounter() {
				day, text := remark.SaidOn(m.Log.Date)
				remarks = appendNew(remarks, "("+day.Time().Format("2 Jan")+") "+text)
			}
		}
	}
	return remarks
}

func counterProposals(counters []logparse.Counter, see view) []CounterProposal {
	return each(counters, func(c logparse.Counter) CounterProposal { return CounterProposal{c.Text, see.name(c.By)} })
}

func targetText(t logparse.Target) string {
	return fmt.Sprintf("%s %s %s", t.Metric, t.Relation, logparse.FormatNumber(t.Number))
}
