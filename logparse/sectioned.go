package logparse

import (
	"bytes"
	"iter"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// Sectioned is what is below the headings of a file.
type Sectioned struct {
	Sections []*Section // in the file's order
}

// Section is the first section of that name, or nil.
func (in *Sectioned) Section(name SectionName) *Section {
	for section := range in.named(name) {
		return section
	}
	return nil
}

// named are the sections of that name.
func (in *Sectioned) named(name SectionName) iter.Seq[*Section] {
	return func(yield func(*Section) bool) {
		for _, section := range in.Sections {
			if section.Name == name && !yield(section) {
				return
			}
		}
	}
}

// Written says whether something stands under the first heading of that name.
func (in *Sectioned) Written(name SectionName) bool {
	section := in.Section(name)
	return section != nil && section.Written
}

// Points counts what was written below a heading: its list items, or 1 where
// it is prose.
func (in *Sectioned) Points(name SectionName) int {
	n := 0
	for section := range in.named(name) {
		items := len(section.ItemTexts())
		if items == 0 && section.Written {
			items = 1
		}
		n += items
	}
	return n
}

// Texts are the items below the headings of that name, or the prose of those
// that have no items.
func (in *Sectioned) Texts(s *Source, name SectionName) []string {
	var texts []string
	for section := range in.named(name) {
		items := section.ItemTexts()
		if len(items) == 0 && section.Written {
			items = []string{strings.Join(strings.Fields(s.prose(section)), " ")}
		}
		texts = append(texts, items...)
	}
	return texts
}

// ItemTexts are the items below a heading in which somebody wrote something.
func (section *Section) ItemTexts() []string {
	var texts []string
	for _, it := range section.Items {
		if it.Text != "" && it.filled() {
			texts = append(texts, it.Text)
		}
	}
	return texts
}

// readPlainItems reads the texts of items whose tokens mean nothing.
func (s *Source) readPlainItems(sections []*Section) {
	for _, section := range sections {
		readItems(s, section.Items)
		section.noteWritten()
	}
}

// readItems reads the texts of items whose tokens mean nothing.
func readItems(s *Source, items []*Item) {
	for it := range AllItems(items) {
		if !it.setPlainText(s) {
			var few [maxFewWords]Span
			it.setText(s, it.words(s, few[:0]))
		}
		it.dropPlaceholder()
	}
}

// noteWritten says that something stands below the heading where an item has a
// text. It comes after the items' texts were read.
func (s *Section) noteWritten() {
	s.Written = s.Written || slices.ContainsFunc(s.Items, (*Item).filled)
}

// A Passage is one paragraph or list item of a section, on one line.
type Passage struct {
	Text string
	Item *Item // nil of a paragraph
}

// Passages are what is in all sections of that name, in the file's order:
// paragraphs, and items with those nested in them. Comments are left out, and
// what is confidential always is.
func (in *Sectioned) Passages(s *Source, name SectionName) []Passage {
	var passages []Passage
	for section := range in.named(name) {
		passages = append(passages, s.Passages(section)...)
	}
	return passages
}

// Passages are what is below a section's heading.
func (s *Source) Passages(section *Section) []Passage {
	body := s.body(section)
	for _, it := range section.Items {
		for at := it.Span.Start; at < it.Span.End; at++ {
			body[at-section.Heading.End] = '\n'
		}
	}
	var passages []Passage
	items := slices.Collect(AllItems(section.Items))
	itemsBefore := func(at int) {
		for len(items) > 0 && items[0].Span.Start < at {
			if items[0].Text != "" && items[0].filled() {
				passages = append(passages, Passage{items[0].Text, items[0]})
			}
			items = items[1:]
		}
	}
	var words []string
	endParagraph := func(at int) {
		text := strings.TrimLeft(strings.Join(words, " "), "# ") // a heading of the authors' own
		words = nil
		if text != "" && saysSomething([]byte(text)) {
			passages = append(passages, Passage{Text: text})
		}
		itemsBefore(at)
	}
	at := section.Heading.End
	for line := range bytes.Lines(body) {
		at += len(line)
		fields := strings.Fields(string(line))
		words = append(words, fields...)
		if len(fields) == 0 || fields[0][0] == '#' {
			endParagraph(at)
		}
	}
	endParagraph(len(s.plain) + 1)
	return passages
}

// Body is what is below a section's heading, with white space as single
// blanks and without comments: two sections with the same Body say the same.
func (s *Source) Body(section *Section) string {
	return strings.Join(strings.Fields(string(s.body(section))), " ")
}

// body is a copy of the bytes below a section's heading, with blanks for
// comments; none of a confidential section.
func (s *Source) body(section *Section) []byte {
	if section.Name == Confidential {
		return nil
	}
	return comments().ReplaceAllFunc(s.plain[section.Heading.End:section.Span.End], func(comment []byte) []byte {
		return bytes.Repeat([]byte{' '}, len(comment))
	})
}

// prose is what is written below a section's heading, without comments.
func (s *Source) prose(section *Section) string {
	if section.Name == Confidential {
		return ""
	}
	return string(uncommented(s.plain[section.Heading.End:section.Span.End]))
}

// SectionLines are the lines below a section's heading as they are written, blank
// ones and comments left out. Of a confidential section there are none, nor of one
// in which nobody wrote yet.
func (s *Source) SectionLines(section *Section) []string {
	var lines []string
	if section == nil || !section.Written {
		return nil
	}
	for line := range strings.SplitSeq(s.prose(section), "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
	}
	return lines
}

// uncommented is a text without its comments.
func uncommented(text []byte) []byte {
	if !bytes.Contains(text, commentStart) {
		return text
	}
	return comments().ReplaceAll(text, nil)
}

// comments are those that are closed, and one that isn't: the rest is its.
var comments = pattern.Of(`(?s)<!--.*?(?:-->|$)`)
