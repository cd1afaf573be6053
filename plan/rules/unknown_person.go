package rules

import (
	"slices"
	"strings"

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
			if p := f.Person(v.V); !v.Set || p != nil && p.Known {
				return
			}
			if f.log.Adopted.Set && f.asked[v.V] { // a person's many old notes are one finding
				return
			}
			f.asked[v.V] = f.asked[v.V] || f.log.Adopted.Set
			f.at(f.orTitle(v.Span), "nobody has the id %q, named as %s", v.V, what).todo("the people are %s; to add one: coachlog new person %s", known(f.Logbook), v.V)
		}
		check("coachee", f.log.Coachee)
		check("coach", f.log.Session.Coach)
		for _, it := range tokenItems(f.log) {
			check("owner", it.Owner)
		}
	},
}

func known(b *plan.Logbook) string {
	var ids []string
	for _, p := range b.Known {
		if p.Known {
			ids = append(ids, p.ID)
		}
	}
	switch {
	case len(ids) == 0:
		return "none yet"
	case len(ids) > 12:
		return strings.Join(ids[:12], ", ") + " and others"
	}
	return strings.Join(ids, ", ")
}

// tokenItems are the items of a log whose tokens count, at any depth.
func tokenItems(log *plan.Log) []*logparse.Item {
	var items []*logparse.Item
	for _, goal := range slices.Concat(log.FollowThrough, log.ShortTerm, log.MidTerm) {
		items = append(items, goal.Item)
		for _, action := range goal.Actions {
			items = append(items, action.Item)
		}
	}
	for _, goal := range log.LongTerm {
		items = append(append(items, goal.Item), goal.Help...)
	}
	return items
}
