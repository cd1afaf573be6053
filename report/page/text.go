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
	t := &text{style: style, labels: minLabel}
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if list, ok := b.(List); ok {
				t.fitLabels(list)
			}
		}
	}
	if p.Title != "" {
		fmt.Fprintf(t, "%s\n", style.Bold(terminal.Wrap(terminal.Escape(p.Title), style.Width, "")))
	}
	for _, line := range p.head() {
		t.small(0, "", line)
	}
	for _, s := range p.Sections {
		t.section(s)
	}
	if p.Closing != "" {
		t.WriteString("\n")
		t.line(0, p.Closing)
	}
	if len(p.Terms) > 0 {
		fmt.Fprintf(t, "\n%s\n\n", style.Bold("What the figures mean"))
	}
	for _, term := range p.Terms {
		t.small(2, "", term.Name+": "+term.Means+".")
	}
	_, err := io.WriteString(w, terminal.EscapeLines(strings.Trim(t.String(), "\n")+"\n"))
	return err
}

// A text is a page that is being written for a terminal.
type text struct {
	strings.Builder
	style  terminal.Style
	labels int // columns that the labels take
}

// The column of labels is at least as wide as the usual ones need, and no wider than this.
const (
	minLabel = 10
	maxLabel = 24
)

// fitLabels makes the column of labels wide enough.
func (t *text) fitLabels(items []Item) {
	for _, it := range items {
		if it.Label != "" {
			t.labels = min(max(t.labels, terminal.Width(it.Label)+2), maxLabel)
		}
		t.fitLabels(it.Items)
	}
}

func (t *text) section(s Section) {
	t.WriteString("\n")
	if s.Title != "" {
		fmt.Fprintf(t, "%s\n\n", t.style.Bold(terminal.Escape(s.Title)))
	}
	if s.Lead != "" {
		t.small(2, "", s.Lead)
		t.WriteString("\n")
	}
	for i, b := range s.Blocks {
		if i > 0 {
			t.WriteString("\n")
		}
		t.block(b)
	}
}

// line writes text, wrapped, with its first column at indent.
func (t *text) line(indent int, text string) { t.item(indent, "", text) }

// item writes text behind a mark; further lines stand below the text.
func (t *text) item(indent int, mark, text string) {
	text = terminal.Escape(text) // before it is measured
	hang := strings.Repeat(" ", indent+terminal.Width(mark))
	t.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+mark+terminal.Wrap(text, t.style.Width, hang), " "))
	t.WriteByte('\n')
}

// small writes smaller print behind a mark: each line is dressed by itself, as pagers
// want it.
func (t *text) small(indent int, mark, text string) {
	hang := strings.Repeat(" ", indent+terminal.Width(mark))
	before := strings.Repeat(" ", indent) + mark
	for line := range strings.SplitSeq(terminal.Wrap(terminal.Escape(text), t.style.Width, hang), "\n") {
		t.WriteString(t.style.Faint(before + line))
		t.WriteByte('\n')
		before = ""
	}
}

func (t *text) block(b Block) {
	switch b := b.(type) {
	case Figures:
		t.table(b.table())
	case Paragraph:
		t.line(2, string(b))
	case Quote:
		indent := 2
		if b.Title != "" {
			t.line(indent, t.style.Cyan(b.Title))
			indent += 2
		}
		for _, line := range b.Lines {
			t.line(indent, line)
		}
	case Paste:
		t.WriteString(wholeLines(string(b)))
	case Verbatim:
		for line := range strings.Lines(wholeLines(string(b))) {
			if line != "\n" {
				line = "  " + line
			}
			t.WriteString(line)
		}
	case List:
		for _, it := range b {
			t.listItem(2, it)
		}
	case Table:
		t.table(b)
	case Cards:
		t.cards(b)
	case Charts:
		t.charts(b)
	}
}

// table writes columns where they fit, and else a line for each cell. Whole rows begin
// at the left.
func (t *text) table(b Table) {
	all := append([][]string{b.Columns}, b.Rows...)
	widths := make([]int, len(b.Columns))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], terminal.Width(terminal.Escape(cell)))
		}
	}
	room, indent := 2, "  "
	for _, w := range widths {
		room += w + 2
	}
	if b.Whole {
		indent = ""
		if over := room - 4 - t.style.Width; over > 0 && t.style.Height > 0 { // a person reads it, and no grep
			all = folded(all, widths, over)
		}
	} else if room > t.style.Width+2 {
		t.stacked(b.Columns, b.Rows)
		return
	}
	for r, row := range all {
		cells := make([]string, len(row))
		for i, cell := range row {
			cell = terminal.Escape(cell)
			if b.Numbers && i > 0 {
				cell = strings.Repeat(" ", widths[i]-terminal.Width(cell)) + cell
			}
			cell = terminal.Pad(cell, widths[i])
			switch {
			case r == 0:
				cell = t.style.Faint(cell)
			case i == 1 && !b.Whole:
				cell = t.style.Bold(cell)
			}
			cells[i] = cell
		}
		if line := strings.TrimRight(indent+strings.Join(cells, "  "), " "); line != "" {
			fmt.Fprintf(t, "%s\n", line)
		}
	}
}

// leastColumn is how narrow a column may get.
const leastColumn = 20

// folded are rows whose widest cells go on in rows below, so that they need fewer columns; widths
// become those that they need then.
func folded(rows [][]string, widths []int, over int) (all [][]string) {
	for over > 0 {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		less := min(over, widths[widest]-leastColumn)
		if less <= 0 {
			break
		}
		widths[widest] -= less
		over -= less
	}
	for _, row := range rows {
		first := len(all)
		for i, cell := range row {
			for n, line := range strings.Split(terminal.Wrap(terminal.Escape(cell), max(leastColumn, widths[i]), ""), "\n") {
				if first+n == len(all) {
					all = append(all, make([]string, len(row)))
				}
				all[first+n][i] = line
			}
		}
	}
	return all
}

func (t *text) stacked(columns []string, rows [][]string) {
	for _, row := range rows {
		t.line(2, row[0])
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
		t.line(6, strings.Join(parts, "; "))
	}
}

func (t *text) listItem(indent int, it Item) {
	line := it.Text
	if it.isHeading() {
		line = t.style.Cyan(line)
	}
	if it.Small != "" {
		line = strings.TrimLeft(line+" "+t.style.Faint(it.aside()), " ")
	}
	mark, bullet, below := "", "- ", 2
	switch {
	case it.Label != "":
		mark, bullet, below = t.tone(it.Tone, terminal.Pad(terminal.Escape(it.Label)+" ", t.labels)), "", t.labels
	case it.Mark != "":
		mark = string(it.Mark) + " "
		below = terminal.Width(mark)
	}
	t.item(indent, mark, line)
	for _, small := range it.Below {
		t.small(indent+terminal.Width(mark), bullet, small)
	}
	for _, inner := range it.Items {
		t.listItem(indent+below, inner)
	}
}

// aside is the smaller print behind a text, set off from it where no sign of its own does
// that.
func (it Item) aside() string {
	if it.Text == "" || strings.ContainsAny(it.Small, "@^[(") {
		return it.Small
	}
	return "(" + it.Small + ")"
}

func (t *text) cards(cards Cards) {
	for i, c := range cards {
		if i > 0 {
			t.WriteString("\n")
		}
		line := c.Title
		if c.Badge != "" {
			line = t.tone(c.Tone, strings.ToUpper(c.Badge)) + "  " + line
		}
		t.line(2, line)
		if c.Small != "" {
			t.small(6, "", c.Small)
		}
		for _, line := range c.Lines {
			t.line(6, line)
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
	case Plain:
		return t.style.Faint(text)
	}
	return text
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
