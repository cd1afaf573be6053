package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var requestedHelp = &Rule{
	ID: "requested-help", Title: "A session that the coachee asked for says what the coach will do",
	Tier: Method, Severity: logparse.Info, Requirements: []int{26, 31}, Judgement: true,
	Why:  "Somebody who asks for a session mostly needs something. If nothing is agreed on the other side, say in a word why talking was enough.",
	Bad:  "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath",
	Good: "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath\n  - [ ] Sit in on two calls ^sit @josh",
	log: func(f *finder, log *plan.Log) {
		if log.Kind.V != "requested" {
			return
		}
		for _, a := range log.Person.Agreements {
			if a.StatedIn == log && a.Owner != log.Person.ID {
				return
			}
		}
		for _, g := range log.LongTerm {
			if len(g.Help) > 0 {
				return
			}
		}
		f.at(log.Doc, log.Kind.Span, "nothing that the coach will do came out of this session",
			"agree it with its @owner, or keep it so: # coachlog: ignore requested-help: REASON")
	},
}
