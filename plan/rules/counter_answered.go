package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var counterAnswered = &Rule{
	ID: "counter-answered", Title: "A counter-proposal gets an answer",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{59, 60},
	Why:  "An action is agreed by both, or it is an order. A counter-proposal that is carried along unanswered says that one of the two hasn't agreed yet.",
	Bad:  "- [ ] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1     # for the second session",
	Good: "- [-] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1\n- [ ] Take five escalated cases ^five by:rep1",
	find: func(f *finder) {
		for _, action := range plannedActions(f.log) {
			for _, c := range action.Counters() {
				switch {
				case c.Text == "":
					f.at(c.Item.TextSpan, "the counter-proposal says nothing yet").
						todo("write behind `counter:` what would be better, and by:ID for whose it is")
				case action.State != logparse.Dropped && counteredBefore(f.log, action, c.Text):
					f.at(c.Item.TextSpan, "the counter-proposal to %q stands since an earlier session", action.Text).
						todo("agree it in place of the action, or find a third way, and drop the one that goes with [-]")
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
