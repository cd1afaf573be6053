package rules

import "github.com/coachlog/coachlog/logparse"

var longTermTouched = &Rule{
	ID: "long-term-touched", Title: "Long-term goals are touched in every session",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{84, 85},
	Why:  "A minute on what the person wants from their career, whatever it is, keeps the rest in proportion. Nothing under this heading is ever counted.",
	Bad:  "## Long-term goals\n\n(empty)",
	Good: "## Long-term goals\n\n- [ ] Finish the networking degree ^degree",
	find: func(f *finder) {
		if f.log.Points(logparse.LongTerm) == 0 {
			f.at(f.section(logparse.LongTerm), "the session doesn't mention long-term goals").
				todo("under `## Long-term goals`, write one in the coachee's words, or that there is none yet")
		}
	},
}
