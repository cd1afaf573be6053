package rules

import "github.com/coachlog/coachlog/logparse"

var shareDated = &Rule{
	ID: "share-dated", Title: "An approval to share says since when",
	Tier: Always, Severity: logparse.Error, looksAt: plans, Requirements: []int{67},
	Why:  "Nothing leaves the logbook without the coachee's approval. Without a day, an approval could just be a default, so it shares nothing.",
	Bad:  "share:\n  team: {parts: [goals]}",
	Good: "share:\n  team: {since: 2026-07-01, parts: [goals]}",
	find: func(f *finder) {
		for _, a := range f.plan.Share {
			switch {
			case !a.Since.Set:
				f.at(a.Group.Span, "the approval for %q has no day, so it shares nothing", a.Group.V).
					todo("write the day when %s approved it, as in `since: 2026-07-01`", f.person.ID)
			case f.today.Before(a.Since.V):
				f.at(a.Since.Span, "the approval for %q starts on %s, which is in the future", a.Group.V, a.Since.V).todo("correct the day")
			case a.Withdrawn.Set && a.Withdrawn.V.Before(a.Since.V):
				f.at(a.Withdrawn.Span, "the approval for %q was withdrawn before it was given", a.Group.V).todo("correct one of the two days")
			}
		}
	},
}
