package rules

import "github.com/coachlog/coachlog/logparse"

var requestedHelp = &Rule{
	ID: "requested-help", Title: "A session that the coachee asked for says what the coach will do",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{26, 31}, Judgement: true,
	Why:  "Somebody who asks for a session mostly needs something. If nothing is agreed on the other side, say in a word why talking was enough.",
	Bad:  "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath",
	Good: "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath\n  - [ ] Sit in on two calls ^sit @josh",
	find: func(f *finder) {
		if f.log.Kind.V != "requested" {
			return
		}
		for _, a := range f.log.Person.Agreements {
			if a.StatedIn == f.log && a.Owner != f.log.Person.ID {
				return
			}
		}
		for _, g := range f.log.LongTerm {
			if len(g.Help) > 0 {
				return
			}
		}
		f.at(f.log.Kind.Span, "nothing that the coach will do came out of this session").
			todo("agree it with its @owner, or keep it so: # coachlog: ignore requested-help: REASON")
	},
}
