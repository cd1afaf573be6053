// Package page is a report for people, whatever it is about: figures, lists,
// tables, cards and charts in sections. Text, markdown and HTML are written from
// the same values, so that no format can say another number. Text from a logbook
// is never trusted: each format makes it safe in its own way.
package page

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/report/chart"
)

// A Page is a whole report.
type Page struct {
	Title    string
	Subtitle string
	Notes    []string // whom it is for, and what was left out
	Sections []Section
	Closing  string // a sentence below all sections, which sums them up
	Terms    []Term // what the figures mean, in the order in which they are numbered

	told int // how many of Terms a section has named: these come first
}

// A Section is one part of a page. The first may go without a title.
type Section struct {
	Title  string
	Lead   string // a sentence below the title
	Blocks []Block
}

// A Term is the definition of a figure, or of several that share it.
type Term struct{ Key, Name, Means string }

// A Block is one of Figures, Paragraph, Quote, Verbatim, Paste, List, Table, Cards and Charts.
type Block interface{ empty() bool }

// Figures are numbers with those of another period beside them.
type Figures struct {
	Now, Before string // the names of the two periods
	Rows        []Figure
}

// A Figure is one of them, as a reader sees it.
type Figure struct {
	Title  string
	Now    string
	Before string
	Moved  string // in words; "" where nothing is said of it
	Term   string // key of its definition
}

// table is the figures as a table, without the columns that none of them fills.
func (b Figures) table() Table {
	t := Table{Columns: []string{"", b.Now, b.Before, ""}}
	for _, f := range b.Rows {
		t.Rows = append(t.Rows, []string{f.Title, f.Now, f.Before, f.Moved})
	}
	return t.WithoutEmpty("")
}

// WithoutEmpty is the table without the columns, but for the first, that hold nothing else
// than what is empty.
func (t Table) WithoutEmpty(empty string) Table {
	for at := len(t.Columns) - 1; at > 0; at-- {
		if slices.ContainsFunc(t.Rows, func(row []string) bool { return row[at] != empty }) {
			continue
		}
		t.Columns = slices.Delete(slices.Clone(t.Columns), at, at+1)
		for i, row := range t.Rows {
			t.Rows[i] = slices.Delete(row, at, at+1)
		}
	}
	return t
}

// A Paragraph is one paragraph.
type Paragraph string

// A Quote is somebody's own words, line by line, below what they are about.
type Quote struct {
	Title string
	Lines []string
}

// Verbatim is text that is shown as it is, with its line ends.
type Verbatim string

// wholeLines ends the last line as every other ends.
func wholeLines(text string) string { return strings.TrimSuffix(text, "\n") + "\n" }

// Paste is Verbatim to paste into a file: in text its lines start at the margin.
type Paste string

// A List is a list of items.
type List []Item

// An Item is an entry of a list. One that has only a text and further items is the
// heading of these.
type Item struct {
	Mark  Mark   // in front of the text, as a checkbox
	Label string // in front of the text, in a column that all labels of a page share
	Tone  Tone   // of the label
	Text  string
	Small string   // in smaller print behind it
	Below []string // in smaller print below it
	Items []Item   // that belong to it
}

func (it Item) isHeading() bool { return it.Mark == "" && it.Label == "" && len(it.Items) > 0 }

// A Mark is what a checkbox of a log says, or one of the signs below.
type Mark string

// The marks that are no checkboxes.
const (
	Bullet   Mark = "-"
	Plus     Mark = "+" // went well
	Question Mark = "?" // to be asked
	Remedy   Mark = "=" // what to do
)

// A Table is a table whose first row names the columns.
type Table struct {
	Columns []string
	Numbers bool // the columns after the first are numbers
	Whole   bool // each row stays on one line, however long, for programs that read lines
	Rows    [][]string
	Term    string // key of the definition of what it counts
}

// Cards are goals, or whatever else has a verdict and parts.
type Cards []Card

// A Card is one of them.
type Card struct {
	Badge string // the verdict
	Tone  Tone
	Title string
	Small string
	Lines []string
	Items []Item
}

// A Tone says how something is to be read; it is never the only sign of it.
type Tone string

// The tones.
const (
	Good  Tone = "good"
	Care  Tone = "care" // worth a talk
	Plain Tone = "plain"
)

// Charts are drawings, side by side where there is room.
type Charts []chart.Chart

func (b Figures) empty() bool   { return len(b.Rows) == 0 }
func (b Paragraph) empty() bool { return b == "" }
func (b Quote) empty() bool     { return len(b.Lines) == 0 }
func (b Verbatim) empty() bool  { return b == "" }
func (b Paste) empty() bool     { return b == "" }
func (b List) empty() bool      { return len(b) == 0 }
func (b Table) empty() bool     { return len(b.Rows) == 0 }
func (b Cards) empty() bool     { return len(b) == 0 }
func (b Charts) empty() bool    { return len(b) == 0 }

// Add adds a section with those of its blocks that hold anything; one without any
// is left out.
func (p *Page) Add(title, lead string, blocks ...Block) {
	s := Section{Title: title, Lead: lead}
	for _, b := range blocks {
		if b != nil && !b.empty() {
			s.Blocks = append(s.Blocks, b)
			p.tell(b)
		}
	}
	if len(s.Blocks) > 0 {
		p.Sections = append(p.Sections, s)
	}
}

// head is what is below the title.
func (p *Page) head() []string {
	return slices.DeleteFunc(append([]string{p.Subtitle}, p.Notes...), func(line string) bool { return line == "" })
}

// tell numbers the terms of a block in the order in which they are read.
func (p *Page) tell(b Block) {
	var keys []string
	switch b := b.(type) {
	case Figures:
		for _, f := range b.Rows {
			keys = append(keys, f.Term)
		}
	case Table:
		keys = append(keys, b.Term)
	}
	for _, key := range keys {
		at, _ := p.term(key)
		if at--; at < p.told {
			continue
		}
		term := p.Terms[at]
		p.Terms = slices.Insert(slices.Delete(p.Terms, at, at+1), p.told, term)
		p.told++
	}
}

// term finds a definition by its key: its number, from 1, and its text; 0 where
// there is none.
func (p *Page) term(key string) (number int, means string) {
	for i, t := range p.Terms {
		if t.Key == key && key != "" {
			return i + 1, t.Means
		}
	}
	return 0, ""
}
