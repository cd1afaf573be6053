package rules

import (
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unknownPerson = &Rule{
	ID: "unknown-person", Title: "The logbook knows everybody who is named",
	Tier: Always, Severity: logparse.Error, looksAt: anyLogs, Requirements: []int{15, 73}, NeedsLogbook: true,
	Why:  "If nobody knows an action's owner, nobody will do it. Mostly it is a typo.",
	Bad:  "- [ ] Assign two escalated cases a week @jhos ^assign",
	Good: "- [ ] Assign two escalated cases a week @josh ^assign",
	find: func(f *finder) {
		check := func(what string, v logparse.Value[string]) {
			if !v.Set || f.Settings.Unreadable() { // they may be among its people
				return
			}
			if p := f.Person(v.V); p != nil && p.Known {
				return
			}
			if f.log.Adopted.Set && f.asked[v.V] { // a person's many old notes are one finding
				return
			}
			f.asked[v.V] = f.asked[v.V] || f.log.Adopted.Set
			found := f.at(f.orTitle(v.Span), "there is nobody called %q here yet%s, but the log names them as %s", v.V, hint.DidYouMean(v.V, known(f.Logbook)), what).
				todo("%sto add somebody: coachlog new person %s", among(some(known(f.Logbook))), v.V)
			f.renamed(found, v.Span, v.V, f.inOtherCase(v.V))
		}
		check("coachee", f.log.Coachee)
		check("coach", f.log.Session.Coach)
		for it := range tokenItems(f.log) {
			check("owner", it.Owner)
		}
	},
}

// inOtherCase is the one id that differs from another one in capitals alone: rep1 and rep2 are a
// letter apart, and two people.
func (f *finder) inOtherCase(id string) (other string) {
	for _, p := range f.Known {
		if p.Known && strings.EqualFold(p.ID, id) {
			if other != "" {
				return ""
			}
			other = p.ID
		}
	}
	return other
}

// known are the ids of those whom the logbook knows.
func known(b *plan.Logbook) (ids []string) {
	for _, p := range b.Known {
		if p.Known {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
