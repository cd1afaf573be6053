package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var counterAnswered = &Rule{
	ID: "counter-answered", Title: "A counter-proposal gets an answer",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{59, 60},
	Why:  "If only one side agrees, an action is an order. As long as a counter-proposal has no answer, one of the two hasn't agreed.",
	Bad:  "- [ ] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1     # for the second session",
	Good: "- [-] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1\n- [ ] Take five escalated cases ^five by:rep1",
	find: func(f *finder) {
		for _, action := range plannedActions(f.log) {
			for _, c := range action.Counters() {
				switch {
				case c.Text == "":
					f.at(c.Item.TextSpan, "the counter-proposal is empty").
						todo("write after `counter:` what would be better, and by:ID for who proposes it")
				case action.State != logparse.Dropped && counteredBefore(f.log, action, c.Text):
					f.at(c.Item.TextSpan, "the counter-proposal to %q has been waiting since an earlier session", action.Text).
						todo("agree on it instead of the action, or find a third way, and drop what you don't need with [-]")
				}
			}
		}
	},
}

// counteredBefore says whether an earlier held session has the same action with
// the same counter-proposal.
func counteredBefore(log *plan.Log, action *logparse.Action, text string) bool {
	for _, earlier := range log.Person.HeldLogs() {
		if earlier == log {
			return false
		}
		for _, a := range plannedActions(earlier) {
			same := a.ID.Set && a.ID.V == action.ID.V || a.NormalText == action.NormalText
			if same && slices.ContainsFunc(a.Counters(), func(c logparse.Counter) bool { return c.Text == text }) {
				return true
			}
		}
	}
	return false
}
