package lsp

import (
	"bytes"
	"net/url"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// A document is a text that somebody has open: it stands in place of its file.
type document struct {
	uri     string
	file    string // absolute
	version int
	edits   int // another number for each text that any document ever had
	text    []byte

	*workspace        // that it is in; nil outside of any logbook
	path       string // in it, with slashes

	found    []rules.Finding // by lint, in this text among the others
	foundFor foundFor
	told     told
}

// told says what the editor was told last.
type told struct {
	version int
	of      foundFor
	is      bool
}

// foundFor is what findings depend on.
type foundFor struct {
	state, edits int
	judged       *plan.Logbook
}

// change makes changes in their order.
func (d *document) change(changes []contentChange, utf8Columns bool) {
	for _, c := range changes {
		if c.Range == nil {
			d.text = []byte(c.Text)
			continue
		}
		at := newPlaces(d.text, utf8Columns)
		start, end := at.offset(c.Range.Start), at.offset(c.Range.End)
		d.text = bytes.Join([][]byte{d.text[:start], d.text[max(start, end):]}, []byte(c.Text))
	}
}

// Places turn bytes of a text into the protocol's lines and characters, and back.
type places struct {
	text  []byte
	lines []int // where each starts
	utf8  bool  // characters are bytes, and not units of UTF-16
}

func newPlaces(text []byte, utf8Columns bool) *places {
	p := &places{text: text, lines: []int{0}, utf8: utf8Columns}
	for i, c := range text {
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			p.lines = append(p.lines, i+1)
		}
	}
	return p
}

// line is where a line's text starts and ends, without its line end.
func (p *places) line(n int) (start, end int) {
	start, end = p.lines[n], len(p.text)
	if n+1 < len(p.lines) {
		end = p.lines[n+1]
	}
	return start, start + len(bytes.TrimRight(p.text[start:end], "\r\n"))
}

// offset is a place in bytes; one that isn't there is the nearest before it.
func (p *places) offset(at position) int {
	if at.Line >= len(p.lines) {
		return len(p.text)
	}
	start, end := p.line(max(at.Line, 0))
	if p.utf8 {
		return min(start+max(at.Character, 0), end)
	}
	for left := at.Character; start < end; {
		r, size := utf8.DecodeRune(p.text[start:end])
		if left -= unitsOf(r); left < 0 {
			break
		}
		start += size
	}
	return start
}

// position is a place in lines and characters.
func (p *places) position(offset int) position {
	offset = min(max(offset, 0), len(p.text))
	n := sort.SearchInts(p.lines, offset+1) - 1
	start, end := p.line(n)
	before := p.text[start:min(offset, end)]
	if p.utf8 {
		return position{n, len(before)}
	}
	units := 0
	for len(before) > 0 {
		r, size := utf8.DecodeRune(before)
		units, before = units+unitsOf(r), before[size:]
	}
	return position{n, units}
}

// unitsOf is how many units of UTF-16 a character takes.
func unitsOf(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

func (p *places) rangeOf(span logparse.Span) textRange {
	return textRange{p.position(span.Start), p.position(span.End)}
}

// fileOf is the file that a URI names, "" where it names none.
func fileOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	file := filepath.FromSlash(u.Path)
	if runtime.GOOS == "windows" {
		file = strings.TrimPrefix(file, `\`)
	}
	return file
}

// uriOf names a file.
func uriOf(file string) string {
	file = filepath.ToSlash(file)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}
