package logparse

import "strings"

// A HeadingLine is one heading of a file's body, whether or not it opens a section.
type HeadingLine struct {
	Title   string // as written, without its marks
	Level   int    // 1 to 6
	Span    Span   // the heading's line or lines
	Section SectionName
}

// Outline lists the headings of a log, or of a file that is none of coachlog's,
// in the file's order. Those in a confidential section are left out, and with
// them the section's own.
func (d *Document) Outline() []HeadingLine {
	if len(d.hidden) == 1 && d.hidden[0] == (Span{0, len(d.Text)}) {
		return nil // nothing of it could be read
	}
	var outline []HeadingLine
	for _, b := range d.blocksFrom(max(d.bom, d.Front.Span.End)) {
		if b.heading == nil {
			continue
		}
		h := HeadingLine{b.heading.title, b.heading.level, b.span, d.headings.section(b.heading.title, sessionSections())}
		if h.Section == Confidential {
			continue
		}
		h.Span.End = h.Span.Start + len(strings.TrimRight(string(d.plain[h.Span.Start:h.Span.End]), " \t\n"))
		outline = append(outline, h)
	}
	return outline
}
