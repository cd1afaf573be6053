package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var signOffVoid = &Rule{
	ID: "sign-off-void", Title: "A text is as it was when somebody agreed to it",
	Tier: Always, Severity: logparse.Warning, Requirements: []int{4, 59}, NeedsLogbook: true,
	Why:  "Who agrees to a text agrees to just that text. Changed since, it binds nobody until both have said yes again.",
	Bad:  "- [ ] Call Tom ^call due:2026-08-31     # agreed when it said 2026-07-31",
	Good: "- [ ] Call Tom ^call due:2026-07-31",
	logbook: func(f *finder, b *plan.Logbook) {
		for _, doc := range b.Docs {
			for _, s := range b.Voided(doc.Path) {
				message := "since " + s.Person + " agreed to this text on " + s.Commit.Day().String() + ", " + s.Void.Words()
				remedy := "if this is what was agreed, " + s.Person + " runs coachlog agree " + doc.Path + "; else bring back the text of " + plan.Short(s.Commit.ID)
				if s.Void.Progress {
					message += ", by ticks alone"
				}
				f.at(doc, firstChange(doc, s.Void.Lines), message, remedy)
			}
		}
	},
}

// firstChange is the first of the lines, or the top of the file.
func firstChange(doc *logparse.Document, lines []int) logparse.Span {
	if len(lines) == 0 {
		return logparse.Span{Start: doc.Front.Span.Start, End: doc.Front.Span.Start + 3}
	}
	return doc.LineSpan(lines[0])
}
