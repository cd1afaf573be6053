package page

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report/chart"
)

// Pictures makes markdown show the charts as images: it keeps one and returns where
// a page finds it.
type Pictures func(name string, svg []byte) (address string, err error)

// Markdown writes the page as a forge renders it. Charts are shown where pictures
// isn't nil, and left out else: what they show stands in the text as well.
func (p *Page) Markdown(w io.Writer, pictures Pictures) error {
	m := &markdown{pictures: pictures}
	m.line("# ", p.Title)
	for _, line := range p.head() {
		m.line("", line)
	}
	for _, s := range p.Sections {
		m.line("## ", s.Title)
		m.line("", s.Lead)
		for _, b := range s.Blocks {
			if err := m.block(b); err != nil {
				return err
			}
		}
	}
	m.line("", p.Closing)
	if len(p.Terms) > 0 {
		m.WriteString("\n## What the figures mean\n\n")
	}
	for _, t := range p.Terms {
		fmt.Fprintf(m, "- %s: %s.\n", MarkdownText(t.Name), MarkdownText(t.Means))
	}
	_, err := io.WriteString(w, strings.TrimLeft(m.String(), "\n"))
	return err
}

type markdown struct {
	strings.Builder
	pictures Pictures
	drawn    int
}

// line writes a line of its own, if there is one.
func (m *markdown) line(mark, text string) {
	if text != "" {
		fmt.Fprintf(m, "\n%s%s\n", mark, MarkdownText(text))
	}
}

func (m *markdown) block(b Block) error {
	switch b := b.(type) {
	case Figures:
		m.table(b.table())
	case Paragraph:
		m.line("", string(b))
	case Quote:
		m.line("### ", b.Title)
		var lines []string
		for _, line := range b.Lines {
			lines = append(lines, "> "+MarkdownText(strings.TrimSpace(line)))
		}
		fmt.Fprintf(m, "\n%s\n", strings.Join(lines, "  \n")) // two blanks break a line
	case Paste:
		return m.block(Verbatim(b))
	case Verbatim:
		m.WriteString("\n")
		for line := range strings.Lines(wholeLines(terminal.EscapeLines(string(b)))) {
			m.WriteString("    " + line)
		}
	case List:
		m.WriteString("\n")
		m.items("", b)
	case Table:
		m.table(b)
	case Cards:
		m.cards(b)
	case Charts:
		return m.charts(b)
	}
	return nil
}

func (m *markdown) table(t Table) {
	m.WriteString("\n")
	m.row(t.Columns)
	for i := range t.Columns {
		m.WriteString("|---")
		if t.Numbers && i > 0 {
			m.WriteString(":")
		}
	}
	m.WriteString("|\n")
	for _, row := range t.Rows {
		m.row(row)
	}
}

func (m *markdown) row(cells []string) {
	for _, cell := range cells {
		m.WriteString(strings.TrimRight("| "+MarkdownText(cell), " ") + " ")
	}
	m.WriteString("|\n")
}

// items writes items as they stand in a log: what was kept is ticked.
func (m *markdown) items(indent string, items []Item) {
	for _, it := range items {
		var words []string
		switch it.Mark {
		case "", Bullet, Plus, Question, Remedy:
		case "[x]", "[ ]":
			words = append(words, string(it.Mark))
		default: // no checkbox of a forge
			words = append(words, MarkdownText(string(it.Mark)))
		}
		if it.Label != "" {
			words = append(words, "**"+MarkdownText(it.Label)+":**")
		}
		if it.Text != "" {
			words = append(words, MarkdownText(it.Text))
		}
		if it.Small != "" {
			words = append(words, "("+MarkdownText(it.Small)+")")
		}
		fmt.Fprintf(m, "%s- %s\n", indent, strings.Join(words, " "))
		for _, below := range it.Below {
			fmt.Fprintf(m, "%s  - %s\n", indent, MarkdownText(below))
		}
		m.items(indent+"  ", it.Items)
	}
}

func (m *markdown) cards(cards Cards) {
	for _, c := range cards {
		fmt.Fprintf(m, "\n### %s\n", MarkdownText(c.Title))
		switch {
		case c.Badge != "" && c.Small != "":
			fmt.Fprintf(m, "\n**%s**, %s\n", MarkdownText(c.Badge), MarkdownText(c.Small))
		case c.Badge != "":
			fmt.Fprintf(m, "\n**%s**\n", MarkdownText(c.Badge))
		default:
			m.line("", c.Small)
		}
		for _, line := range c.Lines {
			m.line("", line)
		}
		if len(c.Items) > 0 {
			m.WriteString("\n")
			m.items("", c.Items)
		}
	}
}

func (m *markdown) charts(charts Charts) error {
	if m.pictures == nil {
		return nil
	}
	for _, c := range charts {
		svg, err := chart.File(c)
		if err != nil {
			return err
		}
		m.drawn++
		address, err := m.pictures(fmt.Sprintf("chart-%d.svg", m.drawn), svg)
		if err != nil {
			return err
		}
		fmt.Fprintf(m, "\n![%s](%s)\n", MarkdownText(c.Alt()), address)
	}
	return nil
}

// MarkdownText makes text from a log safe within a line or a table cell: no
// HTML, no cell ends, no links or images, no new block, nothing that a terminal
// would obey. Emphasis stays.
func MarkdownText(text string) string {
	var out strings.Builder
	runes := []rune(terminal.Escape(text))
	for i, r := range runes {
		switch {
		case r == '<' && i+1 < len(runes) && (unicode.IsLetter(runes[i+1]) || strings.ContainsRune("/!?", runes[i+1])):
			out.WriteString("&lt;")
			continue
		case strings.ContainsRune("|[]`\\", r), i == 0 && strings.ContainsRune("#>-+=~", r):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
