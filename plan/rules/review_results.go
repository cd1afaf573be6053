package rules

import "github.com/coachlog/coachlog/logparse"

var reviewResults = &Rule{
	ID: "review-results", Title: "A review looks at results and at what went well",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{3, 36},
	Why:  "In a review, both look at what the period brought, figures included. What went well comes first.",
	Bad:  "kind: review     # without metrics, and with nothing under Successes and challenges",
	Good: "kind: review\nmetrics: {aht: 388, fcr: 74}",
	find: func(f *finder) {
		if f.log.Kind.V != "review" {
			return
		}
		if len(f.log.Metrics) == 0 {
			f.at(f.log.Kind.Span, "the review has no figures, so it compares nothing").todo("write the period's last values under `## Figures`, as in `| aht | | 388 | |`")
		}
		if f.log.Points(logparse.Successes) == 0 && f.log.Points(logparse.GoingWell) == 0 {
			f.at(f.section(logparse.Successes), "the review doesn't say what went well").todo("start with it, under `## Successes and challenges`")
		}
	},
}
