package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A Figure is a row of the table under Figures before the session: what is known
// of a metric. Its value of the day is left to be written.
type Figure struct {
	Metric string // its key
	Last   string // the last value
	Target string // of a goal
}

// figureColumns are the columns of the table under Figures, in their order.
var figureColumns = []string{"metric", "last", "now", "target"}

// A figureTable is a table under Figures.
type figureTable struct {
	columns [4]int // where each of figureColumns is; -1 where it isn't
	head    []Span // the cells of its first line, with the blanks around them
	widths  []int  // of the columns, as the line below the first has them
	rows    []Span // the other lines, line ends included
	end     int    // behind its last line
}

// figureTables finds the tables of a section by their columns' names: in any order,
// or by their order where there are four of other names.
func (s *Source) figureTables(section *Section) []*figureTable {
	if section == nil {
		return nil
	}
	var tables []*figureTable
	var open *figureTable
	var before Span
	for start, line := range s.textLines(Span{section.Heading.End, section.Span.End}) {
		span := Span{start, start + len(line)}
		text := bytes.TrimSpace(line)
		switch {
		case bytes.IndexByte(text, '|') < 0 || before.End != start:
			open = nil
		case open != nil:
			open.rows, open.end = append(open.rows, span), span.End
		case delimiterRow().Match(text):
			if open = s.newFigureTable(before, span); open != nil {
				tables = append(tables, open)
			}
		}
		before = span
	}
	return tables
}

var delimiterRow = pattern.Of(`^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?$`)

// newFigureTable reads the first two lines of a table; nil where they make none of
// figures.
func (s *Source) newFigureTable(head, below Span) *figureTable {
	t := &figureTable{columns: [4]int{-1, -1, -1, -1}, head: s.cells(head), end: below.End}
	for _, cell := range s.cells(below) {
		t.widths = append(t.widths, cell.End-cell.Start-2)
	}
	moved := false // a column from its usual place
	for i := range t.head {
		title, _ := s.cell(t.head, i)
		if n := slices.Index(figureColumns, NormalTitle(title)); n >= 0 && t.columns[n] < 0 {
			t.columns[n], moved = i, moved || i != n
		}
	}
	if !moved && len(t.head) == len(figureColumns) {
		t.columns = [4]int{0, 1, 2, 3}
	}
	if len(t.head) != len(t.widths) || t.columns[0] < 0 || t.columns[2] < 0 {
		return nil
	}
	return t
}

// cells are the cells of a table's line, with the blanks around them.
func (s *Source) cells(line Span) []Span {
	text := bytes.TrimSpace(s.plain[line.Start:line.End])
	at := line.Start + bytes.Index(s.plain[line.Start:line.End], text)
	if len(text) > 0 && text[0] == '|' {
		text, at = text[1:], at+1
	}
	if n := len(text); n > 0 && text[n-1] == '|' && !bytes.HasSuffix(text, []byte(`\|`)) {
		text = text[:n-1]
	}
	cells := []Span{{at, at}}
	for i, c := range text {
		if c == '|' && (i == 0 || text[i-1] != '\\') {
			cells = append(cells, Span{at + i + 1, at + i + 1})
			continue
		}
		cells[len(cells)-1].End = at + i + 1
	}
	return cells
}

// cell is the text of one of a line's cells and its place, without blanks; none where
// it has too few. Emphasis and comments are left out of the text.
func (s *Source) cell(cells []Span, column int) (string, Span) {
	if column < 0 || column >= len(cells) {
		return "", Span{}
	}
	span := cells[column]
	text := bytes.TrimRightFunc(s.plain[span.Start:span.End], isAnyBlank)
	span.End = span.Start + len(text)
	text = bytes.TrimLeftFunc(text, isAnyBlank)
	span.Start = span.End - len(text)
	return strings.Trim(string(uncommented(text)), "*_` \t"), span
}

// readFigures reads the values of the day under Figures. They count like those of
// the front matter; of two that differ, none does.
func (p *sessionReader) readFigures(section *Section, disputed map[string]bool) {
	tables := p.figureTables(section)
	p.findOtherFigures(section, tables)
	for _, table := range tables {
		for _, row := range table.rows {
			cells := p.cells(row)
			metric, span := p.cell(cells, table.columns[0])
			key, _, _ := strings.Cut(metric, " (") // aht (s)
			now, nowSpan := p.cell(cells, table.columns[2])
			if now == "" || isPlaceholder(now) {
				continue
			}
			number, ok, remedy := p.reading.metricNumber(key, now)
			switch {
			case !IsID(key):
				p.report(Diagnostic{Code: "bad-id", Span: nowSpan,
					Message: fmt.Sprintf("the value isn't read: %q beside it isn't a metric's name", key),
					Remedy:  "write the metric as coachlog.yaml has it, as in `aht`"})
			case !ok:
				p.report(Diagnostic{Code: "bad-number", Span: nowSpan,
					Message: fmt.Sprintf("the value of `%s` is not a plain number", key), Remedy: remedy, Fix: fixDecimals(now, nowSpan)})
			default:
				p.addFigure(Measure{NormalID(key), number, span}, disputed)
			}
		}
	}
}

var otherFigure = pattern.Of(`^[\s>|*+-]*\pL[^:|=]{0,40}[:|=][:|=\s]*[~<>≤≥]*\s*\d`)

// findOtherFigures reports the first value that is in none of the tables.
func (p *sessionReader) findOtherFigures(section *Section, tables []*figureTable) {
	for start, line := range p.textLines(Span{section.Heading.End, section.Span.End}) {
		within := func(t *figureTable) bool { return t.head[0].Start <= start+len(line) && start < t.end }
		if slices.ContainsFunc(tables, within) || !otherFigure().Match(line) {
			continue
		}
		text := bytes.TrimSpace(line)
		at := start + bytes.Index(line, text)
		p.report(Diagnostic{Code: "bad-number", Span: Span{at, at + len(text)},
			Message: "this isn't read: values under Figures are in a table that has the columns metric and now",
			Remedy:  "write `| metric | last | now | target |`, `|---|---|---|---|` below it, then a row for each metric"})
		return
	}
}

// addFigure takes a value of the table in, unless the log has another one.
func (p *sessionReader) addFigure(m Measure, disputed map[string]bool) {
	metrics := p.session.Metrics
	i := slices.IndexFunc(metrics, func(other Measure) bool { return other.Metric == m.Metric })
	switch {
	case disputed[m.Metric] || i >= 0 && metrics[i].Value == m.Value:
	case i < 0:
		p.session.Metrics = append(metrics, m)
	default:
		other := metrics[i]
		disputed[m.Metric] = true
		p.session.Metrics = slices.Delete(metrics, i, i+1)
		p.report(Diagnostic{Code: "figure-twice", Span: m.Span,
			Message: fmt.Sprintf("`%s` is %s here and %s on line %d, so neither counts", m.Metric, FormatNumber(m.Value), FormatNumber(other.Value), p.Position(other.Span.Start).Line),
			Remedy:  "keep the right one"})
	}
}

// AddFigures writes rows into the table under Figures, before those left to write
// in. ok says whether the log has such a table.
func (d *Document) AddFigures(figures []Figure) (edit Edit, ok bool) {
	if d.Session == nil || len(figures) == 0 {
		return Edit{}, false
	}
	tables := d.figureTables(d.Session.Section(Figures))
	if len(tables) == 0 {
		return Edit{}, false
	}
	t := tables[0]
	at := Span{t.end, t.end}
	for _, row := range t.rows {
		if strings.Trim(string(d.plain[row.Start:row.End]), "| \t\r\n") == "" {
			at = row
			break
		}
	}
	var text strings.Builder
	for _, f := range figures {
		cells := []string{f.Metric, f.Last, "", f.Target}
		for i, width := range t.widths {
			cell := ""
			if column := slices.Index(t.columns[:], i); column >= 0 { // none of the authors' own
				cell = cells[column]
			}
			fmt.Fprintf(&text, "| %-*s ", max(0, width), cell)
		}
		text.WriteString("|" + d.eol())
	}
	done := func(result *Document, at int) bool {
		return slices.ContainsFunc(result.figureTables(result.Session.Section(Figures)), func(t *figureTable) bool {
			return slices.ContainsFunc(t.rows, func(row Span) bool {
				metric, _ := result.cell(result.cells(row), t.columns[0])
				return row.Start >= at && metric == figures[0].Metric
			})
		})
	}
	edit = d.newLines(at.Start, text.String())
	edit.Span, edit.done = at, done
	return edit, true
}
