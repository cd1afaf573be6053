package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var signOffVoid = &Rule{
	ID: "sign-off-void", Title: "A text hasn't changed since somebody agreed to it",
	Tier: Always, Severity: logparse.Warning, looksAt: files, Requirements: []int{4, 59}, NeedsLogbook: true,
	Why:  "A sign-off is on exactly one version. If the text changes, it binds nobody until both have signed off again.",
	Bad:  "- [ ] Call Tom ^call due:2026-08-31     # agreed when it said 2026-07-31",
	Good: "- [ ] Call Tom ^call due:2026-07-31",
	find: func(f *finder) {
		for _, s := range f.Voided(f.doc.Path) {
			span, ticks := firstLine(f.doc), ""
			if len(s.Void.Lines) > 0 {
				span = f.doc.LineSpan(s.Void.Lines[0])
			}
			if s.Void.Progress {
				ticks = ", by ticks alone"
			}
			text := "the text of " + on(s.Day)
			message := fmt.Sprintf("since %s agreed to this text on %s, %s%s", s.Person, on(s.Day), s.Void.Words(), ticks)
			if s.Commit != nil {
				text = "the text of " + plan.Short(s.Commit.ID)
				if s.How == plan.ByHand {
					message = fmt.Sprintf("`agreed:` says that %s agreed, as %s wrote on %s, and %s since", s.Person, s.Commit.Author.Name, on(s.Commit.Day()), s.Void.Where())
				}
			}
			f.at(span, "%s", message).todo("if this is what was agreed, %s runs coachlog agree %s; if not, restore %s", s.Person, f.doc.Path, text)
		}
	},
}
