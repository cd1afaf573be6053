package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var agenda = &Rule{
	ID: "agenda", Title: "Each session has an agenda and goals",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{20, 24},
	Why:  "An agenda lets the coachee prepare and choose the focus. A session that ends without a goal ends without a plan.",
	Bad:  "## Follow-through\n\n(no agenda, no goals)",
	Good: "## Agenda\n\n- Focus: closing calls\n\n## Short-term goals\n\n- [ ] Close calls with a summary ^close",
	log: func(f *finder, log *plan.Log) {
		if log.Points(logparse.Agenda) == 0 {
			f.at(log.Doc, section(log, logparse.Agenda), "the session has no agenda", "write a line or two under `## Agenda`: what this session is for")
		}
		if len(shortTerm(log))+len(log.MidTerm) == 0 {
			f.at(log.Doc, section(log, logparse.ShortTerm, logparse.MidTerm), "the session sets no goal", "agree at least one goal, or carry one on with [>]")
		}
	},
}
