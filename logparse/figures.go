package logparse

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
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
	columns [4]int  // where each of figureColumns is; -1 where it isn't
	head    []Span  // the cells of its first line, with the blanks around them
	widths  []int   // of the columns, as the line below the first has them
	rows    []Span  // the other lines, line ends included
	end     int     // behind its last line
	body    *Source // whose text it is
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

var delimiterRow = pattern(`^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?$`)

// newFigureTable reads the first two lines of a table; nil where they make none of
// figures.
func (s *Source) newFigureTable(head, below Span) *figureTable {
	t := &figureTable{columns: [4]int{-1, -1, -1, -1}, head: s.cells(head), end: below.End, body: s}
	for _, cell := range s.cells(below) {
		t.widths = append(t.widths, cell.End-cell.Start-2)
	}
	known := false
	for i := range t.head {
		if n := slices.Index(figureColumns, normalTitle(t.cell(t.head, i))); n >= 0 && t.columns[n] < 0 {
			t.columns[n], known = i, true
		}
	}
	if !known && len(t.head) == len(figureColumns) {
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

// cell is the text of one of a line's cells, "" where it has too few. Emphasis and
// comments are left out.
func (t *figureTable) cell(cells []Span, column int) string {
	span := t.cellSpan(cells, column)
	return strings.Trim(string(uncommented(t.body.plain[span.Start:span.End])), "*_` \t")
}

// cellSpan is where a cell's text stands, without blanks.
func (t *figureTable) cellSpan(cells []Span, column int) Span {
	if column < 0 || column >= len(cells) {
		return Span{}
	}
	span := cells[column]
	text := t.body.plain[span.Start:span.End]
	span.End -= len(text) - len(bytes.TrimRight(text, " \t"))
	span.Start += min(len(text)-len(bytes.TrimLeft(text, " \t")), span.End-span.Start)
	return span
}

// readFigures reads the values of the day under Figures. They count like those of
// the front matter; of two that differ, none does.
func (p *sessionReader) readFigures(section *Section, disputed map[string]bool) {
	for _, table := range p.figureTables(section) {
		for _, row := range table.rows {
			cells := p.cells(row)
			key, _, _ := strings.Cut(table.cell(cells, table.columns[0]), " (") // aht (s)
			now := table.cell(cells, table.columns[2])
			if now == "" || isPlaceholder(now) {
				continue
			}
			span := table.cellSpan(cells, table.columns[0])
			number, ok, remedy := p.reading.metricNumber(key, now)
			switch {
			case !IsID(key):
				p.report(Diagnostic{Code: "bad-id", Span: table.cellSpan(cells, table.columns[2]),
					Message: fmt.Sprintf("the value isn't read: %q beside it is no metric's name", key),
					Remedy:  "write the metric as coachlog.yaml has it, as in `aht`"})
			case !ok:
				p.report(Diagnostic{Code: "bad-number", Span: table.cellSpan(cells, table.columns[2]),
					Message: fmt.Sprintf("the value of `%s` is not a plain number", key), Remedy: remedy})
			default:
				p.addFigure(Measure{NormalID(key), number, span}, disputed)
			}
		}
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
// in, or a table below the heading. ok says whether the log has such a section.
func (d *Document) AddFigures(figures []Figure) (edit Edit, ok bool, err error) {
	if d.Session == nil {
		return Edit{}, false, errors.New("only a session log has figures")
	}
	section := d.Session.Section(Figures)
	if section == nil || len(figures) == 0 {
		return Edit{}, false, nil
	}
	done := func(result *Document, at int) bool {
		return slices.ContainsFunc(result.figureTables(result.Session.Section(Figures)), func(t *figureTable) bool {
			return slices.ContainsFunc(t.rows, func(row Span) bool {
				return row.Start >= at && t.cell(result.cells(row), t.columns[0]) == figures[0].Metric
			})
		})
	}
	tables := d.figureTables(section)
	if len(tables) == 0 {
		end := section.Span.End
		text := d.eol() + d.figureLines(figures, []int{0, 1, 2, 3}, []int{6, 4, 3, 6}, true)
		if end > 0 && d.plain[end-1] != '\n' {
			text = d.eol() + text
		}
		return Edit{span: Span{end, end}, text: text, done: done}, true, nil
	}
	t := tables[0]
	order := make([]int, len(t.head))
	for i := range order {
		order[i] = slices.Index(t.columns[:], i)
	}
	at := Span{t.end, t.end}
	for _, row := range t.rows {
		if strings.Trim(string(d.plain[row.Start:row.End]), "| \t\r\n") == "" {
			at = row
			break
		}
	}
	text := d.figureLines(figures, order, t.widths, false)
	if at.Start > 0 && d.plain[at.Start-1] != '\n' {
		text = d.eol() + text
	}
	return Edit{span: at, text: text, done: done}, true, nil
}

// figureLines are the lines of a table; order says which of figureColumns each of
// its columns is, -1 one of the authors' own.
func (d *Document) figureLines(figures []Figure, order, widths []int, head bool) string {
	rows := make([][]string, 0, len(figures)+2)
	if head {
		rows = append(rows, figureColumns, []string{"------", "----", "---", "------"})
	}
	for _, f := range figures {
		rows = append(rows, []string{f.Metric, f.Last, "", f.Target})
	}
	var out strings.Builder
	for _, row := range rows {
		for i, column := range order {
			text := ""
			if column >= 0 {
				text = row[column]
			}
			fmt.Fprintf(&out, "| %s%s ", text, strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text))))
		}
		out.WriteString("|" + d.eol())
	}
	return out.String()
}
