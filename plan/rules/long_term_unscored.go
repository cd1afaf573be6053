package rules

import "github.com/coachlog/coachlog/logparse"

var longTermUnscored = &Rule{
	ID: "long-term-unscored", Title: "A long-term goal is the coachee's own, without a target",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{84, 87},
	Why:  "Long-term goals are what the coachee wants, whatever the career, and changing, delaying or dropping one never counts. A figure, or somebody else's proposal, isn't such a goal.",
	Bad:  "- [ ] Hit 95% QA in our team ^qa by:josh",
	Good: "- [ ] Lead a team ^lead",
	find: func(f *finder) {
		person := f.log.Person
		for _, goal := range f.log.LongTerm {
			it := goal.Item
			switch {
			case it.Target.Set:
				f.at(it.Target.Span, "the target of %q is ignored: long-term goals are never measured", it.Text).
					todo("remove the metric, or make it a mid-term goal")
			case f.figureIn(it) != "":
				f.at(it.TextSpan, "%q restates a figure (%s), and long-term goals are never measured", it.Text, f.figureIn(it)).
					todo("make it a mid-term goal, and ask what %s wants in some years, here or elsewhere", f.name(person.ID))
			case it.By.Set && f.Resolve(it.By.V) != person.ID:
				f.at(it.By.Span, "%q was proposed by %s, and a long-term goal is %s's own", it.Text, f.name(f.Resolve(it.By.V)), f.name(person.ID)).
					todo("ask what %s wants, whatever the career, and write that in their words", f.name(person.ID))
			}
		}
	},
}
