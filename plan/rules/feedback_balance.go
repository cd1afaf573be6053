package rules

import "github.com/coachlog/coachlog/logparse"

// A side of the feedback may be this many times as long as the other.
const balanced = 3

var feedbackBalance = &Rule{
	ID: "feedback-balance", Title: "Feedback balances strengths and what to develop",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{75}, Judgement: true,
	Why:  "Praise alone gives nothing to work on, and correction alone isn't coaching. The rule only counts points, so a session may have its reasons.",
	Bad:  "### Going well\n\n- Calm\n\n### To develop\n\n- Summary\n- Notes\n- Greeting\n- Pace",
	Good: "### Going well\n\n- Calm\n- Clear notes\n\n### To develop\n\n- Summary",
	find: func(f *finder) {
		well, develop := f.log.Points(logparse.GoingWell), f.log.Points(logparse.ToDevelop)
		switch {
		case develop == 0 && well > 0:
			f.at(f.section(logparse.ToDevelop, logparse.Feedback), "the feedback names nothing to develop").
				todo("write one thing to work on under `### To develop`")
		case well > 0 && max(well, develop) > balanced*min(well, develop):
			f.at(f.section(logparse.Feedback, logparse.GoingWell), "the feedback has %s going well and %d to develop", count(well, "thing"), develop).
				todo("pick two or three of each; the rest can wait")
		}
	},
}
