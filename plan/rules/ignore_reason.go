package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var ignoreReason = &Rule{
	ID: "ignore-reason", Title: "A rule is silenced with a reason",
	Tier: Always, Severity: logparse.Warning,
	Why:  "The next reader should know why an exception is right. Without a reason the comment silences nothing.",
	Bad:  "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable -->",
	Good: "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable: her own words, and both know what is meant -->",
	logbook: func(f *finder, b *plan.Logbook) {
		for _, doc := range b.Docs {
			for _, ignore := range doc.Ignores {
				if ignore.Reason == "" {
					f.at(doc, ignore.Span, "this comment gives no reason, so it silences nothing",
						"write the reason behind a colon: <!-- coachlog: ignore RULE: REASON -->")
				}
			}
		}
	},
}
