package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var ownerInText = &Rule{
	ID: "owner-in-text", Title: "An action's owner is at its end",
	Tier: Always, Severity: logparse.Warning, looksAt: anyLogs, Requirements: []int{15, 73}, NeedsLogbook: true, Judgement: true,
	Why:  "In the middle of the text, a name is just text, and the action counts as the coachee's.",
	Bad:  "- [ ] Ask @josh to assign two escalated cases a week ^assign",
	Good: "- [ ] Assign two escalated cases a week ^assign @josh",
	find: func(f *finder) {
		for i, goal := range slices.Concat(f.log.FollowThrough, f.log.ShortTerm, f.log.MidTerm) {
			followed := i < len(f.log.FollowThrough)
			for _, action := range goal.Actions {
				if action.Owner.Set || action.State == logparse.Blocked || followed && action.State != logparse.Carried {
					continue
				}
				for _, name := range action.NamedInText(f.doc.Source) {
					p := cmp.Or(f.Person(name.V), f.Person(strings.ToLower(name.V)))
					if p != nil && p.Known && p.ID != f.log.Person.ID {
						f.at(name.Span, "@%s is in the middle of the text, so this action counts as %s's", name.V, f.log.Person.ID).
							todo("write @%s at the end if it is theirs, or @%s if it isn't", p.ID, f.log.Person.ID)
						break
					}
				}
			}
		}
	},
}
