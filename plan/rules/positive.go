package rules

import "github.com/coachlog/coachlog/logparse"

var positive = &Rule{
	ID: "positive", Title: "At least one positive in each session",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{28},
	Why:  "Coaching is development, not correction. Name what goes well, so that it goes on.",
	Bad:  "### Going well\n\n### To develop\n\n- The summary at the end of the call",
	Good: "### Going well\n\n- Calm with the angry caller on Tuesday",
	find: func(f *finder) {
		if f.log.Points(logparse.GoingWell) == 0 {
			f.at(f.section(logparse.GoingWell, logparse.Feedback), "nothing is listed as going well, and what nobody names gets lost").todo("write at least one thing under `### Going well`")
		}
	},
}
