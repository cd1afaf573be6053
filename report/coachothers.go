package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// othersLet says whether all who promised something in somebody's sessions let the readers
// see what came of it.
func (d *coachDraft) othersLet(id string) bool {
	for _, e := range []*plan.Everybody{d.now, d.then} {
		if slices.ContainsFunc(answersFor["employer"](e.Facts(id)), func(owner string) bool { return !d.may(owner, plan.PartCoaching) }) {
			return false
		}
	}
	return true
}

// keepVerdicts leaves out the verdicts that also tell what somebody did who doesn't let the
// readers see it.
func (w *work) keepVerdicts(r readers, people []*plan.Facts, period plan.Period) {
	w.Verdicts = plan.VerdictCount{}
	for _, f := range people {
		c, rest := r.verdicts(f, period, w.Coach)
		w.Verdicts.Add(c)
		if c.Reached().Whole > 0 {
			w.judged++
		}
		if rest > 0 {
			w.untold++
		}
	}
	w.PlanSuccess = w.Verdicts.PlanSuccess()
}

// tellsPlans says whether the verdicts that are left out, if any, leave enough people on
// either side.
func (w work) tellsPlans() bool {
	return w.untold == 0 || w.judged >= plan.SmallGroup && !givesAway(w.untold)
}

// leaveOutOthers says what is left out since others, too, answer for it.
func (d *coachDraft) leaveOutOthers() {
	if d.own {
		return
	}
	if now, _ := d.work(plan.PartCommitment); d.tells(plan.PartCommitment) {
		if told, _ := d.workWith(true, plan.PartCommitment); told.people < now.people {
			d.LeftOut = append(d.LeftOut, LeftOut{plan.PartCommitment, "what others promised, if some of them haven't approved it for " + d.For})
		}
	}
	if now, _ := d.work(plan.PartGoals); d.tells(plan.PartGoals) && now.untold > 0 {
		d.LeftOut = append(d.LeftOut, LeftOut{plan.PartGoals, "plans with an action of others, if some of them haven't approved it for " + d.For})
	}
}
