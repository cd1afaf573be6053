package page

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report/chart"
)

// Text writes the page for a terminal.
func (p *Page) Text(w io.Writer, style terminal.Style) error {
	t := &text{style: style}
	fmt.Fprintf(t, "%s\n", style.Bold(terminal.Wrap(terminal.Escape(p.Title), style.Width, "")))
	for _, line := range append([]string{p.Subtitle}, p.Notes...) {
		if line != "" {
			t.line(0, style.Faint(terminal.Escape(line)))
		}
	}
	for _, s := range p.Sections {
		t.WriteString("\n")
		if s.Title != "" {
			fmt.Fprintf(t, "%s\n\n", style.Bold(terminal.Escape(s.Title)))
		}
		if s.Lead != "" {
			t.line(2, style.Faint(terminal.Escape(s.Lead)))
			t.WriteString("\n")
		}
		for i, b := range s.Blocks {
			if i > 0 {
				t.WriteString("\n")
			}
			t.block(b)
		}
	}
	if len(p.Terms) > 0 {
		fmt.Fprintf(t, "\n%s\n\n", style.Bold("What the figures mean"))
	}
	for _, term := range p.Terms {
		t.line(2, style.Faint(terminal.Escape(term.Name+": "+term.Means+".")))
	}
	_, err := io.WriteString(w, strings.TrimRight(t.String(), "\n")+"\n")
	return err
}

// A text is a page that is being written for a terminal.
type text struct {
	strings.Builder
	style terminal.Style
}

// line writes text, wrapped, with its first column at indent.
func (t *text) line(indent int, text string) { t.item(indent, "", text) }

// item writes text behind a mark; further lines stand below the text.
func (t *text) item(indent int, mark, text string) {
	blank := strings.Repeat(" ", indent)
	hang := blank + strings.Repeat(" ", terminal.Width(mark))
	fmt.Fprintf(t, "%s%s%s\n", blank, mark, terminal.Wrap(text, t.style.Width, hang))
}

func (t *text) block(b Block) {
	switch b := b.(type) {
	case Figures:
		t.figures(b)
	case Paragraph:
		t.line(2, terminal.Escape(string(b)))
	case List:
		for _, it := range b {
			t.listItem(2, it)
		}
	case Table:
		t.table(b.Columns, b.Rows, b.Numbers)
	case Cards:
		t.cards(b)
	case Charts:
		t.charts(b)
	}
}

// figures writes a table of them; without columns for what none of them has.
func (t *text) figures(f Figures) {
	columns := []string{"", f.Now}
	before, moved := false, false
	for _, row := range f.Rows {
		before, moved = before || row.Before != "", moved || row.Moved != ""
	}
	if before {
		columns = append(columns, f.Before)
	}
	if moved {
		columns = append(columns, "")
	}
	var rows [][]string
	for _, row := range f.Rows {
		cells := []string{row.Title, row.Now}
		if before {
			cells = append(cells, row.Before)
		}
		if moved {
			cells = append(cells, row.Moved)
		}
		rows = append(rows, cells)
	}
	t.table(columns, rows, false)
}

// table writes columns where they fit, and else a line for each cell.
func (t *text) table(columns []string, rows [][]string, numbers bool) {
	widths := make([]int, len(columns))
	for _, row := range append([][]string{columns}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], terminal.Width(terminal.Escape(cell)))
		}
	}
	room := 2
	for _, w := range widths {
		room += w + 2
	}
	if room > t.style.Width+2 {
		t.stacked(columns, rows)
		return
	}
	for r, row := range append([][]string{columns}, rows...) {
		line := ""
		for i, cell := range row {
			cell = terminal.Escape(cell)
			if numbers && i > 0 {
				cell = strings.Repeat(" ", widths[i]-terminal.Width(cell)) + cell
			}
			cell = terminal.Pad(cell, widths[i])
			switch {
			case r == 0:
				cell = t.style.Faint(cell)
			case i == 1:
				cell = t.style.Bold(cell)
			}
			line += "  " + cell
		}
		if strings.TrimSpace(line) != "" {
			fmt.Fprintf(t, "%s\n", strings.TrimRight(line, " "))
		}
	}
}

func (t *text) stacked(columns []string, rows [][]string) {
	for _, row := range rows {
		t.line(2, terminal.Escape(row[0]))
		var parts []string
		for i, cell := range row[1:] {
			switch name := columns[i+1]; {
			case cell == "":
			case name == "":
				parts = append(parts, cell)
			default:
				parts = append(parts, name+": "+cell)
			}
		}
		t.line(6, terminal.Escape(strings.Join(parts, "; ")))
	}
}

func (t *text) listItem(indent int, it Item) {
	line := terminal.Escape(it.Text)
	if it.Small != "" {
		line += " " + t.style.Faint(terminal.Escape(it.Small))
	}
	mark := ""
	if it.Mark != "" {
		mark = string(it.Mark) + " "
	}
	t.item(indent, mark, line)
	for _, below := range it.Below {
		t.item(indent+terminal.Width(mark), t.style.Faint("- "), t.style.Faint(terminal.Escape(below)))
	}
}

func (t *text) cards(cards Cards) {
	for i, c := range cards {
		if i > 0 {
			t.WriteString("\n")
		}
		line := terminal.Escape(c.Title)
		if c.Badge != "" {
			line = t.tone(c.Tone, strings.ToUpper(terminal.Escape(c.Badge))) + "  " + line
		}
		t.line(2, line)
		if c.Small != "" {
			t.line(6, t.style.Faint(terminal.Escape(c.Small)))
		}
		for _, line := range c.Lines {
			t.line(6, terminal.Escape(line))
		}
		for _, it := range c.Items {
			t.listItem(6, it)
		}
	}
}

func (t *text) tone(tone Tone, text string) string {
	switch tone {
	case Good:
		return t.style.Green(text)
	case Care:
		return t.style.Yellow(text)
	}
	return t.style.Faint(text)
}

// charts writes those that a terminal can show: in one column, with their titles.
func (t *text) charts(charts Charts) {
	width := 0
	for _, c := range charts {
		width = max(width, terminal.Width(terminal.Escape(c.Title()))+2)
	}
	width = min(width, max(20, t.style.Width-12))
	for _, c := range charts {
		lines := c.Text(t.style.Width - 2 - width)
		if _, ok := c.(*chart.Line); ok && lines != "" {
			fmt.Fprintf(t, "  %s%s\n", terminal.Pad(terminal.Escape(c.Title()), width), t.style.Cyan(lines))
			continue
		}
		if lines = c.Text(t.style.Width - 4); lines == "" {
			continue
		}
		fmt.Fprintf(t, "  %s\n", t.style.Faint(terminal.Escape(c.Title())))
		for line := range strings.SplitSeq(lines, "\n") {
			fmt.Fprintf(t, "    %s\n", line)
		}
	}
}
