package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

var counterAnswered = &Rule{
	ID: "counter-answered", Title: "A counter-proposal gets an answer",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{59, 60},
	Why:  "If only one side agrees, an action is an order. As long as a counter-proposal has no answer, one of the two hasn't agreed.",
	Bad:  "- [ ] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1     # for the second session",
	Good: "- [-] Take ten escalated cases ^cases\n  - counter: Five, and ten from August by:rep1\n- [ ] Take five escalated cases ^five by:rep1",
	find: func(f *finder) {
		var fresh []*logparse.Item
		for _, log := range f.person.CountedLogs() {
			for it := range tokenItems(log) {
				for _, c := range it.Counters() {
					if !log.Before(f.log) {
						fresh = append(fresh, c.Item)
					}
					if log == f.log && c.Text == "" {
						f.at(c.Item.TextSpan, "the counter-proposal is empty").
							todo("write after `counter:` what would be better, and by:ID for who proposes it")
					}
				}
			}
		}
		for _, a := range f.person.Agreements {
			for _, c := range a.Counters {
				if a.Live() && !slices.Contains(fresh, c.Item) {
					f.at(f.goalSpan(a.Goal), "the counter-proposal to %s waits for an answer: %q", nameOf(a), c.Text).
						todo("agree on it instead, or find a third way, and drop what you don't need with [-]")
				}
			}
		}
	},
}
