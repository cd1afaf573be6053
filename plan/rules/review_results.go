package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var reviewResults = &Rule{
	ID: "review-results", Title: "A review looks at results",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{3, 36},
	Why:  "In a review, both look at what the period brought, figures included.",
	Bad:  "kind: review     # and no figures",
	Good: "kind: review\nmetrics: {aht: 388, fcr: 74}",
	find: func(f *finder) {
		before := f.sessionBefore()
		recent := func(v plan.ValueFact) bool { // from a file of metrics too
			return !f.log.Date.Before(v.Date) && (before == nil || before.Date.Before(v.Date))
		}
		if f.log.Kind.V == "review" && !slices.ContainsFunc(f.log.Person.Facts().Values, recent) {
			f.at(f.log.Kind.Span, "the review has no figures, so it compares nothing").todo("write the period's last values under `## Figures`, as in `| aht | | 388 | |`")
		}
	},
}
