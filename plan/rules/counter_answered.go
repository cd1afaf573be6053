package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var counterAnswered = &Rule{
	ID: "counter-answered", Title: "A counter-proposal gets an answer",
	Tier: Method, Severity: logparse.Info, looksAt: coachees, Requirements: []int{59, 60},
	Why:  "If only one side agrees, an action is an order. As long as a counter-proposal has no answer, one of the two hasn't agreed.",
	Bad:  "- [ ] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1     # for the second session",
	Good: "- [-] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1\n- [ ] Take five escalated cases ^five by:rep1",
	find: func(f *finder) {
		if f.last == nil {
			return
		}
		f.turnTo(f.last)
		for _, a := range f.person.Agreements {
			if !a.Goal.Running() || a.Closed() && !a.Unsettled() {
				continue
			}
			for _, c := range a.Counters {
				if saidBefore(a, f.last, c) {
					f.at(f.goalSpan(a.Goal), "the counter-proposal to %s waits for an answer: %q", nameOf(a), c.Text).
						todo("agree on it instead, or find a third way, and drop what you don't need with [-]")
				}
			}
		}
		for _, action := range plannedActions(f.last) {
			for _, c := range action.Counters() {
				if c.Text == "" {
					f.at(c.Item.TextSpan, "the counter-proposal is empty").
						todo("write after `counter:` what would be better, and by:ID for who proposes it")
				}
			}
		}
	},
}

// saidBefore says whether a counter-proposal comes from a log before this one.
func saidBefore(a *plan.Agreement, log *plan.Log, c logparse.Counter) bool {
	for _, earlier := range log.Person.CountedLogs() {
		if !earlier.Before(log) {
			return false
		}
		for _, goal := range goalsIn(earlier) {
			if slices.ContainsFunc(goal.Actions, func(action *logparse.Action) bool {
				same := a.ID != "" && action.ID.V == a.ID || action.NormalText == a.Stated.NormalText
				return same && slices.ContainsFunc(action.Counters(), func(o logparse.Counter) bool { return o.Text == c.Text })
			}) {
				return true
			}
		}
	}
	return false
}
