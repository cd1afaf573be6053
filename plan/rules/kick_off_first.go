package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var kickOffFirst = &Rule{
	ID: "kick-off-first", Title: "A period starts with a kick-off",
	Tier: Method, Severity: logparse.Info, Requirements: []int{51}, NeedsLogbook: true,
	Why:  "An initial session sets what coaching is for and what both expect. Without it, each side works from its own idea of that.",
	Bad:  "kind: regular     # in the first session of the plan's period",
	Good: "kind: kick-off     # coachlog new session rep1 --kind kick-off",
	person: func(f *finder, p *plan.Person) {
		if p.Plan == nil || !p.Plan.Focus.Set {
			return // the rule focus-period asks for the period first
		}
		var first *plan.Log
		for _, log := range p.CountedLogs() {
			if log.Date.Before(p.Plan.Focus.V.From) || p.Plan.Focus.V.To.Before(log.Date) {
				continue
			}
			if log.Kind.V == "kick-off" || log.Kind.V == "coach" { // a coach's own sessions have one kind throughout
				return
			}
			if first == nil {
				first = log
			}
		}
		if first != nil {
			f.at(first.Doc, title(first), "the period started on "+p.Plan.Focus.V.From.String()+" and has no kick-off",
				"if this session set its scope, write `kind: kick-off`; else hold one: coachlog new session "+p.ID+" --kind kick-off")
		}
	},
}
