package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var agenda = &Rule{
	ID: "agenda", Title: "Each session has an agenda and goals",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{20, 24},
	Why:  "With an agenda, the coachee can prepare and choose the focus. A session without a goal ends without a plan.",
	Bad:  "## Follow-through\n\n(no agenda, no goals)",
	Good: "## Agenda\n\n- Focus: closing calls\n\n## Short-term goals\n\n- [ ] Close calls with a summary ^close",
	find: func(f *finder) {
		if f.log.Points(logparse.Agenda) == 0 {
			f.at(f.section(logparse.Agenda), "the session has no agenda").todo("write a line or two under `## Agenda`: what this session is for")
		}
		if len(runningGoals(f.log, plan.ShortTerm))+len(f.log.MidTerm) == 0 {
			f.at(f.section(logparse.ShortTerm, logparse.MidTerm), "the session sets no goal").todo("agree at least one goal, or carry one on with [>]")
		}
	},
}
