package report

import (
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// NewAgreeMail is the message by which somebody without the logbook at hand is asked whether
// a session's log says what was agreed. Its last line names the file and the id of the text,
// by which the answer is filed.
func NewAgreeMail(b *plan.Logbook, doc *logparse.Document, to *plan.Person, text string) *PrepMessage {
	day := "in our plan"
	if doc.Session != nil {
		day = "on " + longDay(doc.Session.Date.V)
	}
	lines := []string{
		"Hi " + terminal.Escape(firstName(to.Name)) + ",", "",
		"This is what we agreed " + day + ". Is that right?",
		"Answer \"yes\", or write what should be different.", "",
	}
	if doc.Session != nil {
		for _, section := range [][]*logparse.Goal{doc.Session.ShortTerm, doc.Session.MidTerm} {
			for _, g := range section {
				if g.State == logparse.Dropped {
					continue
				}
				lines = append(lines, "* "+agreedLine(b, g.Item, to))
				for _, a := range g.Actions {
					if a.State == logparse.Dropped {
						continue
					}
					lines = append(lines, "  - "+agreedLine(b, a.Item, to))
				}
			}
		}
		if doc.Session.Next.Set {
			lines = append(lines, "", "Our next session: "+longDay(doc.Session.Next.V))
		}
	}
	lines = append(lines, "", "For the logbook: "+doc.Path, text, "")
	return &PrepMessage{Subject: "What we agreed " + day, Body: strings.Join(lines, "\n")}
}

// agreedLine is a goal or an action on one line, with who does it and by when.
func agreedLine(b *plan.Logbook, it *logparse.Item, to *plan.Person) string {
	line := terminal.Escape(it.Text)
	if it.Owner.Set {
		who := b.Resolve(it.Owner.V)
		if p := b.Person(who); p != nil {
			who = p.Name
		}
		if b.Resolve(it.Owner.V) == to.ID {
			who = "you"
		}
		line += " (" + terminal.Escape(who) + ")"
	}
	if it.Due.Set {
		line += ", by " + longDay(it.Due.V)
	}
	return line
}
