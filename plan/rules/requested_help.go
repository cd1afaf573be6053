package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var requestedHelp = &Rule{
	ID: "requested-help", Title: "A session that the coachee asked for says what the coach will do",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{26, 31}, Judgement: true,
	Why:  "If somebody asks for a session, they mostly need something. If talking was enough, say so in a few words.",
	Bad:  "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath",
	Good: "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath\n  - [ ] Sit in on two calls ^sit @josh",
	find: func(f *finder) {
		promised := func(a *plan.Agreement) bool { return a.StatedIn == f.log && a.Owner != f.log.Person.ID }
		helps := func(g *logparse.LongTermGoal) bool { return len(g.Help) > 0 }
		if f.log.Kind.V == "requested" && !slices.ContainsFunc(f.log.Person.Agreements, promised) && !slices.ContainsFunc(f.log.LongTerm, helps) {
			f.at(f.log.Kind.Span, "the coach promised nothing in this session").
				todo("if there is something to do, agree it with its @owner; if listening was enough, write # coachlog: ignore requested-help: REASON")
		}
	},
}
