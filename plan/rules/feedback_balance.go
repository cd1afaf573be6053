package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A side of the feedback may be this many times as long as the other.
const balanced = 3

var feedbackBalance = &Rule{
	ID: "feedback-balance", Title: "Feedback balances strengths and what to develop",
	Tier: Method, Severity: logparse.Info, Requirements: []int{75}, Judgement: true,
	Why:  "All praise gives nothing to work on, and all correction is no coaching. The rule counts points, so a session may have its reasons.",
	Bad:  "### Going well\n\n- Calm\n\n### To develop\n\n- Summary\n- Notes\n- Greeting\n- Pace",
	Good: "### Going well\n\n- Calm\n- Clear notes\n\n### To develop\n\n- Summary",
	log: func(f *finder, log *plan.Log) {
		well, develop := log.Points(logparse.GoingWell), log.Points(logparse.ToDevelop)
		switch {
		case develop == 0 && well > 0:
			f.at(log.Doc, section(log, logparse.ToDevelop, logparse.Feedback), "the feedback names nothing to develop", "write one thing to work on under `### To develop`")
		case well > 0 && max(well, develop) > balanced*min(well, develop):
			f.at(log.Doc, section(log, logparse.Feedback, logparse.GoingWell), fmt.Sprintf("the feedback names %s going well and %d to develop", plural(well, "thing", "things"), develop),
				"keep the two nearer to each other: two or three of each is plenty")
		}
	},
}
