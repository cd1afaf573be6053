package rules

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

var unknownRule = &Rule{
	ID: "unknown-rule", Title: "A rule that is set or silenced exists",
	Tier: Always, Severity: logparse.Warning, looksAt: files | settings,
	Why:  "A setting for a rule that doesn't exist has no effect, though somebody meant it to.",
	Bad:  "rules:\n  talkshare: off",
	Good: "rules:\n  talk-share: off",
	find: func(f *finder) {
		unknown := func(span logparse.Span, id string) {
			if !f.linter.ids[id] {
				finding := f.at(span, "there is no rule %q", id).todo("coachlog lint --list-rules lists them")
				now := merged[id]
				if now != "" {
					finding.todo("it is part of %s now, so write that", now)
				}
				f.renamed(finding, span, id, cmp.Or(now, logparse.OnlyName(id, slices.Collect(maps.Keys(f.linter.ids)))))
			}
		}
		if f.doc == f.settings {
			for _, s := range f.Settings.Rules {
				unknown(s.Span, s.Rule)
			}
			return
		}
		for _, ignore := range f.doc.Ignores {
			for _, id := range ignore.Rules {
				unknown(ignore.Span, id)
			}
		}
	},
}
