package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unknownRule = &Rule{
	ID: "unknown-rule", Title: "A rule that is set or silenced exists",
	Tier: Always, Severity: logparse.Warning,
	Why:  "A setting for a rule that doesn't exist does nothing, though somebody meant it to.",
	Bad:  "rules:\n  talkshare: off",
	Good: "rules:\n  talk-share: off",
	logbook: func(f *finder, b *plan.Logbook) {
		for _, doc := range b.Docs {
			for _, ignore := range doc.Ignores {
				for _, id := range ignore.Rules {
					if !f.ids[id] {
						f.unknown(doc, ignore.Span, id)
					}
				}
			}
		}
	},
	settings: func(f *finder, doc *logparse.Document) {
		for _, s := range f.Settings.Rules {
			if !f.ids[s.Rule] {
				f.unknown(doc, s.Span, s.Rule)
			}
		}
	},
}

func (f *finder) unknown(doc *logparse.Document, span logparse.Span, id string) {
	f.at(doc, span, fmt.Sprintf("there is no rule %q", id), "coachlog lint --list-rules lists them")
}
