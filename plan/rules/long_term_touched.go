package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var longTermTouched = &Rule{
	ID: "long-term-touched", Title: "Long-term goals are touched in every session",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{84, 85},
	Why:  "A minute on what the person wants from their career, whatever it is, keeps the rest in proportion. Nothing under this heading is ever counted.",
	Bad:  "## Long-term goals\n\n(empty)",
	Good: "## Long-term goals\n\n- [ ] Finish the networking degree ^degree",
	log: func(f *finder, log *plan.Log) {
		if log.Points(logparse.LongTerm) == 0 {
			f.at(log.Doc, section(log, logparse.LongTerm), "the session says nothing of long-term goals", "write one in the coachee's words, or that there is none yet, under `## Long-term goals`")
		}
	},
}
