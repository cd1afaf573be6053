package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var shareParts = &Rule{
	ID: "share-parts", Title: "An approval to share names parts that exist",
	Tier: Always, Severity: logparse.Error, looksAt: plans, Requirements: []int{67},
	Why:  "coachlog shares nothing for a part that it doesn't know, though the coachee wanted to share it.",
	Bad:  "share:\n  team: {since: 2026-07-01, parts: [goal]}",
	Good: "share:\n  team: {since: 2026-07-01, parts: [goals]}",
	find: func(f *finder) {
		for _, a := range f.plan.Share {
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
