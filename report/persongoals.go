package report

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
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
		d.addWrongPlans(g)
	}
	now, then := d.p.VerdictsIn(d.period, ""), d.earlier.VerdictsIn(d.before, "").Reached()
	d.Verdicts = verdictCounts(now)
	for _, coach := range d.coaches() {
		x, y := d.p.PlanSuccessOf(coach, d.period), d.earlier.PlanSuccessOf(coach, d.before)
		d.Figures = append(d.Figures, define("plan_success", coach, "Plans of @"+coach+" that worked", rateOf(x), rateOf(y)).moved(y, x))
	}
	d.Figures = append(d.Figures, define("goals_reached", "", "", rateOf(now.Reached()), rateOf(then)).moved(then, now.Reached()))
}

func (d *personDraft) countProposal(g *plan.Goal) {
	if len(g.Stated) == 0 || !d.period.Contains(g.Stated[0].Log.Date) {
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

func verdictCounts(c plan.VerdictCount) Verdicts {
	return Verdicts{c.Worked, c.WasWrong, c.AnotherWay, c.FollowThrough, c.NoVerdict}
}

// addWrongPlans tells the plans of a goal that were wrong, and what came next.
func (d *personDraft) addWrongPlans(g *plan.Goal) {
	for _, v := range g.Verdicts {
		if v.Outcome != plan.WasWrong || !d.period.Contains(v.Log.Date) {
			continue
		}
		w := WrongPlan{Goal: g.Text, ID: g.ID, Coach: d.name(v.Coach), Judged: v.Log.Date, Actions: []string{}}
		if v.NewPlan != nil {
			w.NewPlan = v.NewPlan.Date
			for _, a := range g.Agreements {
				switch {
				case a.Agreed != v.NewPlan:
				case d.names(a.Owner):
					w.Actions = append(w.Actions, a.Text)
				default:
					w.unnamed = true
				}
			}
		}
		d.Wrong = append(d.Wrong, w)
	}
}

// goalReport is a goal's part of the period; ok is false where it has none.
func goalReport(g *plan.Goal, period plan.Period, see view) (report GoalReport, ok bool) {
	report = GoalReport{Text: g.Text, ID: g.ID, Due: g.Due, By: see.name(g.By), Outcome: outcomeOf(g), Actions: []ActionReport{}}
	if g.Target.Set && see.may(plan.PartMetrics) {
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
		report.Verdicts = append(report.Verdicts, verdictReport(v, see))
	}
	for _, a := range g.Agreements {
		if period.Contains(a.Agreed.Date) || a.Account != nil && period.Contains(a.Account.Date) {
			ok = true
			report.Actions = addAgreement(report.Actions, a, see)
		}
	}
	return report, ok
}

func verdictReport(v *plan.Verdict, see view) VerdictReport {
	r := VerdictReport{Judged: v.Log.Date, Due: v.Due, Outcome: v.Outcome, Followed: v.Followed, Reached: v.Reached}
	told := see.may(plan.PartMetrics)
	if v.Value != nil && told {
		r.Value, r.ValueOn = &v.Value.Value, v.Value.Date
	}
	if v.NewPlan != nil {
		r.NewPlan = v.NewPlan.Date
	}
	for _, a := range v.Set {
		named := see.names(a.Owner)
		told = told && named
		switch {
		case a.Result == plan.Kept:
		case named:
			r.NotKept = appendNew(r.NotKept, a.Owner)
		default:
			r.unnamed = true
		}
	}
	if told { // the reason can name the metric, and actions
		r.Why = v.Why
	}
	return r
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

// addAgreement adds an agreement to its action's report. What others promised is
// theirs to tell.
func addAgreement(actions []ActionReport, a *plan.Agreement, see view) []ActionReport {
	if !see.names(a.Owner) {
		return actions
	}
	agreement := AgreementReport{Agreed: a.Agreed.Date, Result: a.Result, Carried: a.Carried, By: see.name(a.By)}
	if see.may(plan.PartRemarks) {
		agreement.Remarks, agreement.Counters = remarksOf(a), counterProposals(a.Counters, see)
	}
	if a.Account != nil {
		agreement.Account = a.Account.Date
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

// remarksOf are the remarks below an action where its account was given.
func remarksOf(a *plan.Agreement) (remarks []string) {
	if a.AccountItem == nil {
		return nil
	}
	for _, remark := range a.AccountItem.Remarks() {
		if !remark.IsCounter() {
			remarks = append(remarks, remark.Text)
		}
	}
	return remarks
}

func counterProposals(counters []logparse.Counter, see view) []CounterProposal {
	var proposals []CounterProposal
	for _, c := range counters {
		proposals = append(proposals, CounterProposal{c.Text, see.name(c.By)})
	}
	return proposals
}

func targetText(t logparse.Target) string {
	return fmt.Sprintf("%s %s %s", t.Metric, t.Relation, logparse.FormatNumber(t.Number))
}
