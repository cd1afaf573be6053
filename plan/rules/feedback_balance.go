package rules

import (
	"github.com/coachlog/coachlog/logparse"

	"github.com/coachlog/coachlog/internal/sentence"
)

// Over this many sessions, a side of the feedback may be so many times as long as the other.
const (
	balanceSessions = 4
	balanced        = 3
)

var feedbackBalance = &Rule{
	ID: "feedback-balance", Title: "Over a month, feedback balances strengths and what to develop",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{75}, Judgement: true,
	Why:  "Praise alone gives nothing to work on, and correction alone isn't coaching. One session may have its reasons; this counts the points of the last four.",
	Bad:  "(four sessions with twelve points to develop, and two that go well)",
	Good: "(four sessions with six points that go well, and five to develop)",
	find: func(f *finder) {
		recent := f.person.Sessions()
		if len(recent) < balanceSessions {
			return
		}
		well, develop := 0, 0
		for _, log := range recent[len(recent)-balanceSessions:] {
			well += log.Points(logparse.GoingWell)
			develop += log.Points(logparse.ToDevelop)
		}
		if max(well, develop) <= balanced*min(well, develop) {
			return
		}
		missing := "to develop"
		if well < develop {
			missing = "that goes well"
		}
		f.at(f.section(logparse.Feedback, logparse.GoingWell), "the last %d sessions name %s going well and %d to develop", balanceSessions, sentence.Count(well, "point"), develop).
			todo("next time, name something %s", missing)
	},
}
