package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var shareDated = &Rule{
	ID: "share-dated", Title: "An approval to share says since when, and which parts",
	Tier: Always, Severity: logparse.Error, looksAt: plans, Requirements: []int{67},
	Why:  "Nothing leaves the logbook without the coachee's approval. Without a day, an approval could just be a default, so it shares nothing; nor does a part that coachlog doesn't know.",
	Bad:  "share:\n  team: {parts: [goal]}",
	Good: "share:\n  team: {since: 2026-07-01, parts: [goals]}",
	find: func(f *finder) {
		for _, a := range f.plan.Share {
			switch {
			case !a.Since.Set:
				f.at(a.Group.Span, "the approval for %q has no day, so it shares nothing", a.Group.V).
					todo("write the day when %s approved it, as in `since: 2026-07-01`", f.person.Name)
			case f.today.Before(a.Since.V):
				f.at(a.Since.Span, "the approval for %q starts on %s, which is in the future", a.Group.V, on(a.Since.V)).todo("correct the day")
			case a.Withdrawn.Set && a.Withdrawn.V.Before(a.Since.V):
				f.at(a.Withdrawn.Span, "the approval for %q was withdrawn before it was given", a.Group.V).todo("correct one of the two days")
			}
			for _, part := range a.Parts {
				if !plan.KnownPart(part.V) {
					f.at(part.Span, "`%s` isn't a part that can be shared, so the approval for %q ignores it", part.V, a.Group.V).
						todo("write %s, or some of %s", plan.AllParts, partNames())
				}
			}
		}
	},
}

func partNames() string {
	var names []string
	for _, part := range plan.Parts {
		names = append(names, string(part))
	}
	return strings.Join(names, ", ")
}
