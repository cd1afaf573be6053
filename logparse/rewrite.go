package logparse

import (
	"iter"
	"slices"
)

// Replace is an edit that writes a text in a place; none where anything on its lines is
// confidential.
func (d *Document) Replace(span Span, text string) []Edit {
	start, end := d.lineStart(span.Start), d.lineSpan(d.lineAt(span.End)).End
	touches := func(h Span) bool { return start < h.End && h.Start < max(end, start+1) }
	if slices.ContainsFunc(d.hidden, touches) || string(d.Text[span.Start:span.End]) == text {
		return nil
	}
	return rewrite(span, text)
}

// WhyUnsafe is what makes it unsafe to rewrite a file: that it can't be read, which of two
// versions is right, or what of it is confidential. It is nil where nothing does.
func (d *Document) WhyUnsafe() *Diagnostic {
	unsafe := func(x Diagnostic) bool {
		return x.Code == "conflict-marker" || x.Code == "front-matter-unclosed" || x.Code == HeldBack || x.Code == FileCopy || x.Severity == Error && d.broken
	}
	if at := slices.IndexFunc(d.Diagnostics, unsafe); at >= 0 {
		return &d.Diagnostics[at]
	}
	if d.broken || len(d.conflicts) > 0 || len(d.Diagnostics) == maxDiagnostics {
		return &Diagnostic{Message: "too much of it can't be read", Remedy: "coachlog lint shows what"}
	}
	return nil
}

// Lines is the place of the item's own words: its first paragraph, without the checkbox.
func (it *Item) Lines() Span {
	if len(it.lines) == 0 {
		return Span{it.Marker.End, it.Marker.End}
	}
	return Span{it.lines[0].Start, it.lines[len(it.lines)-1].End}
}

// A Scalar is one value of the front matter or of the settings, and the keys that lead to it.
type Scalar struct {
	Keys []string
	Text string // as it is meant
	Span Span   // quotes included
}

// Scalars are the values of the front matter or of the settings, those in lists too.
func (d *Document) Scalars() iter.Seq[Scalar] {
	root := d.Front.root
	if d.Kind == SettingsFile {
		root = d.yamlOfFile(func(Diagnostic) {})
	}
	return func(yield func(Scalar) bool) { visitScalars(root, nil, yield) }
}

func visitScalars(n *yamlNode, keys []string, yield func(Scalar) bool) bool {
	switch {
	case n == nil:
	case n.kind == yamlScalar:
		return yield(Scalar{keys, n.text, n.span})
	case n.kind == yamlList:
		return !slices.ContainsFunc(n.items, func(item *yamlNode) bool { return !visitScalars(item, keys, yield) })
	case n.kind == yamlMapping:
		return !slices.ContainsFunc(n.entries, func(e yamlEntry) bool { return !visitScalars(e.value, append(slices.Clone(keys), e.key), yield) })
	}
	return true
}

// Day reads a day as people write it, where that can mean one day only in this file.
func (d *Document) Day(text string) (Date, bool) { return d.headings.day(text) }

// Percent is the number that is written with a percent's sign or word behind it, as it is written.
func Percent(text string) (number string, ok bool) {
	m := percentForm().FindStringSubmatch(plainBlanks(text))
	if m == nil {
		return "", false
	}
	return m[1], true
}

// LineEnd is the line end that the file uses.
func (s *Source) LineEnd() string { return s.eol() }

// A TableLine is a line of a table, with the places of its cells, the blanks around them
// left out.
type TableLine struct {
	Span  Span // without the line end
	Cells []Span
}

// FigureTables are the tables under Figures: the line of titles, the one of dashes, the rows.
func (d *Document) FigureTables() (tables [][]TableLine) {
	if d.Session == nil || d.Session.Adopted.Set {
		return nil
	}
	for section := range d.Session.named(Figures) {
		for _, t := range d.figureTables(section) {
			var lines []TableLine
			for at := d.lineStart(t.head[0].Start); at < t.end; at = d.lineSpan(d.lineAt(at)).End {
				span := d.LineSpan(d.lineAt(at) + 1)
				line := TableLine{Span: span}
				cells := d.cells(span)
				for i := range cells {
					_, cell := d.cell(cells, i)
					line.Cells = append(line.Cells, cell)
				}
				lines = append(lines, line)
			}
			tables = append(tables, lines)
		}
	}
	return tables
}
