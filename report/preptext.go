package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report/page"
)

// PrepFormats are the formats of a preparation's page.
var PrepFormats = []string{"text", "markdown", "json"}

// Write writes the page in one of PrepFormats.
func (prep *Prep) Write(w io.Writer, style terminal.Style, format string) error {
	switch format {
	case "json":
		return writeJSON(w, prep)
	case "markdown":
		return prep.markdown(w)
	}
	return prep.text(w, style)
}

func (prep *Prep) text(w io.Writer, style terminal.Style) error {
	p := &textPage{style: style}
	fmt.Fprintf(p, "%s\n", style.Bold(terminal.Escape("Before the session with "+prep.Name)))
	p.line(0, style.Faint(terminal.Escape(prep.subtitle())))
	p.head(terminal.Escape(prep.askedTitle()))
	if prep.Asked == nil {
		p.line(2, prep.notAsked())
	} else {
		for _, answer := range prep.Asked.Answers {
			p.line(2, style.Cyan(answer.Title))
			for _, line := range answer.Lines {
				p.line(4, terminal.Escape(line))
			}
		}
	}
	if len(prep.Strengths.Lines) > 0 {
		p.head("Strengths to begin with, from the " + prep.Strengths.From)
		for _, line := range prep.Strengths.Lines {
			p.line(2, terminal.Escape(line))
		}
	}
	if len(prep.Open)+len(prep.Owed) > 0 {
		p.head("Open on both sides")
		CheckPerson{ID: prep.ID, Actions: prep.Open, Plans: prep.Owed}.entries(&p.Builder, style)
		trimEnd(&p.Builder)
	}
	prep.textRemarks(p)
	if len(prep.Metrics) > 0 {
		p.head("Figures")
		for _, m := range prep.Metrics {
			p.item(2, terminal.Pad(terminal.Escape(m.Key), 14)+"  ", terminal.Escape(m.prepSentence()))
			if spark := m.sparkline(); spark != "" {
				p.line(18, spark)
			}
		}
	}
	textLines(p, "Long-term goals to touch", prep.Long)
	textLines(p, "How "+prep.Name+" likes to be coached", prep.Delivery)
	p.head("Questions, in place of advice")
	for _, q := range prep.Questions {
		p.item(2, "? ", terminal.Escape(q.Text))
	}
	textLines(p, "Keep in mind", prep.Mind)
	_, err := io.WriteString(w, strings.TrimRight(p.String(), "\n")+"\n")
	return err
}

// trimEnd takes blank lines off the end of what was written.
func trimEnd(out *strings.Builder) {
	text := strings.TrimRight(out.String(), "\n") + "\n"
	out.Reset()
	out.WriteString(text)
}

func textLines(p *textPage, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.head(terminal.Escape(title))
	for _, line := range lines {
		p.line(2, terminal.Escape(line))
	}
}

func (prep *Prep) textRemarks(p *textPage) {
	if len(prep.Remarks) == 0 {
		return
	}
	p.head("Said of what was agreed, on " + shortDate(prep.Last))
	for _, r := range prep.Remarks {
		p.item(2, stateBox(r.State)+" ", named(p.style, r.Text, r.ID)+" "+p.style.Faint("@"+terminal.Escape(r.Owner)))
		for _, remark := range r.Remarks {
			p.item(6, p.style.Faint("- "), terminal.Escape(remark))
		}
	}
}

// stateBox is an item's checkbox as it stands in a log.
func stateBox(s logparse.State) string {
	if s == logparse.Plain {
		return "-"
	}
	return "[" + string(rune(s)) + "]"
}

// A questionGroup is one group of the bank, for programs.
type questionGroup struct {
	Group     string         `json:"group"`
	Questions []PrepQuestion `json:"questions"`
}

// Questions writes the bank of open questions in one of PrepFormats.
func Questions(w io.Writer, style terminal.Style, format string, bank []draft.Question) error {
	var out strings.Builder
	groups := []questionGroup{}
	for _, group := range draft.ByGroup(bank) {
		g := questionGroup{Group: group[0].Group}
		if len(groups) > 0 {
			out.WriteString("\n")
		}
		if format == "markdown" {
			fmt.Fprintf(&out, "## %s\n\n", page.MarkdownText(g.Group))
		} else {
			fmt.Fprintf(&out, "%s\n", style.Bold(terminal.Escape(g.Group)))
		}
		for _, q := range group {
			g.Questions = append(g.Questions, PrepQuestion(q))
			if format == "markdown" {
				fmt.Fprintf(&out, "- %s\n", page.MarkdownText(q.Text))
				continue
			}
			own := ""
			if q.Own {
				own = style.Faint(" (this logbook's own)")
			}
			fmt.Fprintf(&out, "  %s%s\n", terminal.Wrap(terminal.Escape(q.Text), style.Width, "  "), own)
		}
		groups = append(groups, g)
	}
	if format == "json" {
		return writeJSON(w, groups)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
