package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var preparationAsked = &Rule{
	ID: "preparation-asked", Title: "The coachee's view was asked for before the session",
	Tier: Strict, Severity: logparse.Info, looksAt: sessions, Requirements: []int{16, 62, 63},
	Why:  "With strengths, areas and wishes a day ahead, the coach can prepare for the person and not only for the figures. A kick-off and a review need them most.",
	Bad:  "people/rep1/2026-07-06.md, and no people/rep1/prep-2026-07-06.md",
	Good: "coachlog prep rep1 --message mailto, and later: coachlog prep rep1 --from reply.txt",
	find: func(f *finder) {
		if prepared(f.log) {
			return
		}
		f.at(f.title(), "there are no answers from %s for this session", f.name(f.log.Person.ID)).
			todo("next time, send the questions a day or two ahead: coachlog prep %s --message text", f.log.Person.ID)
	},
}

// prepared says whether there is a preparation for the session: for its day, or
// received since the session before it.
func prepared(log *plan.Log) bool {
	var before logparse.Date
	for _, held := range log.Person.HeldLogs() {
		if held.Before(log) {
			before = held.Date
		}
	}
	return slices.ContainsFunc(log.Person.Preparations, func(p *plan.Preparation) bool {
		since := before.Before(p.Received.V) && !log.Date.Before(p.Received.V)
		return p.Session == log.Date || since
	})
}
