package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
)

// A textPage is what a command writes for a terminal.
type textPage struct {
	strings.Builder
	style terminal.Style
}

func (p *textPage) head(title string) {
	fmt.Fprintf(p, "\n%s\n\n", p.style.Bold(title))
}

// line writes text, wrapped, with its first column at indent.
func (p *textPage) line(indent int, text string) { p.item(indent, "", text) }

// item writes text behind a mark; further lines stand below the text.
func (p *textPage) item(indent int, mark, text string) {
	blank := strings.Repeat(" ", indent)
	hang := blank + strings.Repeat(" ", terminal.Width(mark))
	fmt.Fprintf(p, "%s%s%s\n", blank, mark, terminal.Wrap(text, p.style.Width, hang))
}

// action writes an action, what became of it, and the remarks of its accounts.
func (p *textPage) action(indent int, a ActionReport) {
	p.item(indent, string(a.box())+" ", terminal.Escape(a.Text)+" "+p.style.Faint(terminal.Escape(a.notes())))
	for _, remark := range a.remarks() {
		p.item(indent+4, p.style.Faint("- "), p.style.Faint(terminal.Escape(remark)))
	}
}
