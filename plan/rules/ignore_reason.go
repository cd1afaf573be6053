package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

var ignoreReason = &Rule{
	ID: "ignore-reason", Title: "A rule is silenced with a reason, where there is something to silence",
	Tier: Always, Severity: logparse.Warning, looksAt: files,
	Why:  "The next reader should know why an exception is right. Without a reason, the comment has no effect, and neither has one that is above nothing.",
	Bad:  "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable -->",
	Good: "- [ ] Be yourself ^self <!-- coachlog: ignore action-trackable: her own words, and both know what is meant -->",
	find: func(f *finder) {
		for _, ignore := range f.doc.Ignores {
			if ignore.Reason == "" {
				f.at(ignore.Span, "this comment gives no reason, so it has no effect").
					todo("write the reason after a colon: <!-- coachlog: ignore RULE: REASON -->")
			} else if ignore.Line > f.doc.LineCount() {
				f.at(ignore.Span, "there is nothing below this comment, so it has no effect").
					todo("write it at the end of the line that it is for, or on a line of its own above it")
			} else if at := slices.IndexFunc(ignore.Rules, f.linter.hearsNoComment); at >= 0 {
				f.at(ignore.Span, "no comment silences %s, so this one has no effect", ignore.Rules[at]).
					todo("set it in coachlog.yaml: rules: {%s: off}", ignore.Rules[at])
			}
		}
	},
}

// hearsNoComment says whether a rule can only be silenced for the whole logbook.
func (l *Linter) hearsNoComment(id string) bool {
	for _, rule := range l.rules {
		if rule.ID == id {
			return rule.looksAt&(logbook|files) != 0
		}
	}
	return slices.ContainsFunc(logparse.Diagnostics, func(d logparse.DiagnosticKind) bool { return d.Code == id })
}
