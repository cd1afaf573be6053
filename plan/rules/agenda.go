package rules

import "github.com/coachlog/coachlog/logparse"

var agenda = &Rule{
	ID: "agenda", Title: "Each session has an agenda",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{20, 24},
	Why:  "With an agenda, the coachee can prepare and choose the focus.",
	Bad:  "## Agenda\n\n- Focus, chosen by the coachee:",
	Good: "## Agenda\n\n- Focus, chosen by the coachee: closing calls",
	find: func(f *finder) {
		if f.log.Points(logparse.Agenda) == 0 {
			f.at(f.section(logparse.Agenda), "the session has no agenda, so nothing says what %s chose to talk about", f.name(f.log.Person.ID)).todo("write a line or two under `## Agenda`")
		}
	},
}
