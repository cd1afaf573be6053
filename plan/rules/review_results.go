package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var reviewResults = &Rule{
	ID: "review-results", Title: "A review looks at results and at what went well",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{3, 36},
	Why:  "A review is where both see what the period brought, figures and all. What went well comes first.",
	Bad:  "kind: review     # without metrics, and with nothing under Successes and challenges",
	Good: "kind: review\nmetrics: {aht: 388, fcr: 74}",
	log: func(f *finder, log *plan.Log) {
		if log.Kind.V != "review" {
			return
		}
		if len(log.Metrics) == 0 {
			f.at(log.Doc, log.Kind.Span, "the review looks at no figure", "write the period's last values in the front matter, as in `metrics: {aht: 388}`")
		}
		if log.Points(logparse.Successes) == 0 && log.Points(logparse.GoingWell) == 0 {
			f.at(log.Doc, section(log, logparse.Successes), "the review says nothing of what went well", "begin with it, under `## Successes and challenges`")
		}
	},
}
