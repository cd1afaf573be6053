package rules

import "github.com/coachlog/coachlog/logparse"

var ignoreReason = &Rule{
	ID: "ignore-reason", Title: "A rule is silenced with a reason",
	Tier: Always, Severity: logparse.Warning, looksAt: files,
	Why:  "The next reader should know why an exception is right. Without a reason, the comment has no effect.",
	Bad:  "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable -->",
	Good: "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable: her own words, and both know what is meant -->",
	find: func(f *finder) {
		for _, ignore := range f.doc.Ignores {
			if ignore.Reason == "" {
				f.at(ignore.Span, "this comment gives no reason, so it has no effect").
					todo("write the reason after a colon: <!-- coachlog: ignore RULE: REASON -->")
			}
		}
	},
}
