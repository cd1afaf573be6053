package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var requestedHelp = &Rule{
	ID: "requested-help", Title: "A session that the coachee asked for says what the coach will do",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{26, 31}, Judgement: true,
	Why:  "If somebody asks for a session, they mostly need something. Where all that comes of it is work for them, one promise may be missing.",
	Bad:  "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath",
	Good: "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath\n  - [ ] Sit in on two calls ^sit @josh",
	find: func(f *finder) {
		agreed := func(own bool) func(a *plan.Agreement) bool {
			return func(a *plan.Agreement) bool { return a.StatedIn == f.log && own == (a.Owner == f.log.Person.ID) }
		}
		all := f.log.Person.Agreements
		helps := func(g *logparse.LongTermGoal) bool { return len(g.Help) > 0 }
		if f.log.Kind.V == "requested" && slices.ContainsFunc(all, agreed(true)) && !slices.ContainsFunc(all, agreed(false)) && !slices.ContainsFunc(f.log.LongTerm, helps) {
			f.at(f.log.Kind.Span, "%s asked for this session, and only %s has something to do", f.name(f.log.Person.ID), f.name(f.log.Person.ID)).
				todo("did you promise anything? write it down with its @owner; if listening was enough, fine")
		}
	},
}
