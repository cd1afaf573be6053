package rules

import "github.com/coachlog/coachlog/logparse"

var requestedHelp = &Rule{
	ID: "requested-help", Title: "A session that the coachee asked for says what the coach will do",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{26, 31}, Judgement: true,
	Why:  "If somebody asks for a session, they mostly need something. If all that comes of it is work for them, one promise may be missing.",
	Bad:  "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath",
	Good: "kind: requested\n\n- [ ] Calmer calls ^calm\n  - [ ] Take a breath before each call ^breath\n  - [ ] Sit in on two calls ^sit @josh",
	find: func(f *finder) {
		own, others := 0, 0
		for _, a := range f.log.Person.Agreements {
			switch {
			case a.StatedIn != f.log:
			case a.Owner == f.log.Person.ID:
				own++
			default:
				others++
			}
		}
		for _, g := range f.log.LongTerm {
			others += len(g.Help)
		}
		if name := f.name(f.log.Person.ID); f.log.Kind.V == "requested" && own > 0 && others == 0 {
			f.at(f.log.Kind.Span, "%s asked for this session, and only %s has something to do", name, name).
				todo("did you promise anything? write it down with its @owner; if listening was enough, fine")
		}
	},
}
