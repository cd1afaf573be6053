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
				if counteredBefore(f.last, c.Text) {
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

// counteredBefore says whether a log before this one has a counter-proposal.
func counteredBefore(log *plan.Log, text string) bool {
	return slices.ContainsFunc(log.Person.CountedLogs(), func(earlier *plan.Log) bool {
		return earlier.Before(log) && slices.ContainsFunc(goalsIn(earlier), func(goal *logparse.Goal) bool {
			return slices.ContainsFunc(goal.Actions, func(action *logparse.Action) bool {
				return slices.ContainsFunc(action.Counters(), func(c logparse.Counter) bool { return c.Text == text })
			})
		})
	})
}
