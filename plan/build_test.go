package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A log for a test: the date (with a number behind a second one of a day), front
// matter lines, and the body's sections by their letter: F, S, M and L.
type log struct {
	date  string
	front string
	body  string
}

var sections = map[string]string{
	"F": "## Follow-through", "S": "## Short-term goals", "M": "## Mid-term goals", "L": "## Long-term goals",
}

// text is a log as a file. A body's line "S Goal ^g" starts a goal under its
// section; "- [x] ..." are its actions.
func (l log) text() string {
	var body strings.Builder
	section := ""
	for _, line := range strings.Split(strings.TrimSpace(l.body), "\n") {
		line = strings.TrimSpace(line)
		letter, goal, ok := strings.Cut(line, " ")
		if heading := sections[letter]; ok && heading != "" {
			if section != letter {
				fmt.Fprintf(&body, "\n%s\n\n", heading)
				section = letter
			}
			if !strings.HasPrefix(goal, "[") {
				goal = "[ ] " + goal
			}
			fmt.Fprintf(&body, "- %s\n", goal)
			continue
		}
		fmt.Fprintf(&body, "  %s\n", line)
	}
	front := l.front
	if !strings.Contains(front, "status:") {
		front += "\nstatus: held"
	}
	if !strings.Contains(front, "coach:") {
		front += "\ncoach: josh"
	}
	return fmt.Sprintf("---\n%s\n---\n%s", strings.TrimSpace(front), body.String())
}

func (l log) doc(t testing.TB) *logparse.Document {
	doc := logparse.Parse("people/rep1/"+l.date+".md", []byte(l.text()), logparse.Headings{})
	if len(doc.Diagnostics) > 0 {
		t.Fatalf("%s: %+v\n%s", l.date, doc.Diagnostics, doc.Text)
	}
	return doc
}

// judge parses logs of rep1 and judges them.
func judge(t testing.TB, logs ...log) *plan.Logbook {
	t.Helper()
	var docs []*logparse.Document
	for _, l := range logs {
		docs = append(docs, l.doc(t))
	}
	return plan.New(&logparse.Settings{}, docs, nil)
}

// accounts sums up what became of every agreement: "id agreed>account result".
func accounts(b *plan.Logbook) []string {
	var out []string
	for _, a := range b.Person("rep1").Agreements {
		account := "..."
		if a.Account != nil {
			account = a.Account.Date.String()[5:]
		}
		line := fmt.Sprintf("%s %s>%s %s", a.ID, a.Agreed.Date.String()[5:], account, a.Result)
		if a.Owner != "rep1" {
			line += " @" + a.Owner
		}
		if len(a.Carried) > 0 {
			line += fmt.Sprintf(" carried %d", len(a.Carried))
		}
		if a.DueAt != nil && a.AskedAt != a.DueAt {
			line += " (not asked)"
		}
		if a.Settled != nil {
			line += " settled " + a.Settled.Date.String()[5:]
		}
		out = append(out, line)
	}
	return out
}

// verdicts sums up every verdict: "id date outcome".
func verdicts(b *plan.Logbook) []string {
	var out []string
	for _, g := range b.Person("rep1").Goals {
		for _, v := range g.Verdicts {
			line := fmt.Sprintf("%s %s %s", g.ID, v.Log.Date.String()[5:], v.Outcome)
			if v.Support {
				line += ", support missing"
			}
			if v.Late > 0 {
				line += fmt.Sprintf(", %d days late", v.Late)
			}
			out = append(out, line)
		}
		if g.Waits != nil {
			out = append(out, g.ID+" waits for "+strings.Join(g.Missing, ", "))
		}
	}
	return out
}

// day is a date of a test.
func day(t testing.TB, text string) logparse.Date {
	t.Helper()
	date, err := logparse.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return date
}

func docsOf(t testing.TB, logs []log) []*logparse.Document {
	var docs []*logparse.Document
	for _, l := range logs {
		docs = append(docs, l.doc(t))
	}
	return docs
}
