// Package metricsimport reads the exports of other systems: their bytes, and
// what the settings say of their columns, become observations, or problems that
// name line and column. It does no input or output and reads no clock. What a
// file doesn't say and nobody stated is asked for, never guessed: a wrong number
// that looks right is the worst that an import can do.
package metricsimport

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/coachlog/coachlog/logparse"
)

// A File is an export whose bytes are text.
type File struct {
	Name string // as the user named it
	text string // UTF-8, without a byte-order mark; lines end with LF or CRLF
}

// Bounds on an export, beside that on its bytes.
const (
	maxRows = 1_000_000
	maxHead = 60 // records before which the header has to stand

	maxLine      = 1 << 20   // bytes; thousands of columns
	maxHeadBytes = 256 << 10 // with a wrong sign between cells, a quote can run to the file's end
)

// Open takes the bytes of an export as text: UTF-8, or UTF-16 that says so.
func Open(name string, raw []byte) (*File, *Problem) {
	const asText = "save it as CSV in UTF-8 (in a spreadsheet: Save as, CSV UTF-8)"
	var err error
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		raw, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
	}
	f := &File{Name: name, text: strings.TrimPrefix(string(raw), "\ufeff")}
	start := strings.ToLower(strings.TrimSpace(f.text[:min(len(f.text), 200)]))
	switch {
	case strings.HasPrefix(f.text, "PK\x03\x04"), strings.HasPrefix(f.text, "\xd0\xcf\x11\xe0"):
		return nil, &Problem{Path: name, Message: "this is a spreadsheet workbook, not text", Remedy: asText}
	case err != nil || strings.Contains(f.text, "\x00"):
		return nil, &Problem{Path: name, Message: "the file holds NUL bytes: it isn't text, or it is UTF-16 without a byte-order mark", Remedy: asText}
	case start == "":
		return nil, &Problem{Path: name, Message: "the file is empty", Remedy: "export it again"}
	case strings.HasPrefix(start, "<"):
		return nil, &Problem{Path: name, Message: "this is a page of HTML or XML, whatever its name says", Remedy: asText}
	}
	line := 0
	for text := range strings.Lines(f.text) {
		line++
		if !utf8.ValidString(text) {
			column := utf8.RuneCountInString(text[:strings.IndexRune(text, utf8.RuneError)]) + 1
			return nil, &Problem{Path: name, Line: line, Column: column, Message: "the bytes here aren't UTF-8; the file may be Windows-1252",
				Remedy: asText + ", or convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"}
		}
		if len(text) > maxLine {
			return nil, &Problem{Path: name, Line: line, Column: 1, Message: fmt.Sprintf("this line has %d kB; at most %d kB are read", len(text)>>10, maxLine>>10), Remedy: "look at the file: it isn't a table of figures"}
		}
	}
	return f, nil
}

// A table is the part of an export from its header on.
type table struct {
	*File
	comma      rune
	header     []string
	columns    map[string][]int // by the normal text of their header
	headerLine int
	behind     int            // the first byte below the header
	used       []int          // the columns that an import reads
	nth        map[string]int // their place in used, by header
}

// heads are the records that could be the header, for each sign that can set
// cells apart: exports have titles, dates and blank lines above it.
func (f *File) heads() iter.Seq[*table] {
	return func(yield func(*table) bool) {
		for _, comma := range []rune{',', ';', '\t', '|'} {
			r := csvReader(comma, f.text[:min(len(f.text), maxHeadBytes)])
			r.LazyQuotes = true // a title may hold anything
			for range maxHead {
				record, err := r.Read()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil || len(record) < 2 {
					continue
				}
				t := &table{File: f, comma: comma, behind: int(r.InputOffset()), columns: make(map[string][]int), nth: make(map[string]int)}
				for i, cell := range record {
					t.header = append(t.header, strings.TrimSpace(cell))
					name := logparse.NormalText(cell)
					t.columns[name] = append(t.columns[name], i)
				}
				t.headerLine, _ = r.FieldPos(0)
				if !yield(t) {
					return
				}
			}
		}
	}
}

func csvReader(comma rune, text string) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = comma
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = comma != '\t' // a tab is white space too
	return r
}

// find are the columns with a header.
func (t *table) find(header string) []int { return t.columns[logparse.NormalText(header)] }

// tableFor is the table whose header has all columns of an import; where there
// is none, the columns that the likeliest header lacks.
func (f *File) tableFor(in *logparse.Import) (found *table, missing []string) {
	for t := range f.heads() {
		var lacks []string
		for _, column := range in.Columns() {
			if len(t.find(column.V)) == 0 && !slices.Contains(lacks, column.V) {
				lacks = append(lacks, column.V)
			}
		}
		if len(lacks) == 0 {
			return t, nil
		}
		if missing == nil || len(lacks) < len(missing) {
			missing = lacks
		}
	}
	if missing == nil {
		missing = []string{in.Name}
	}
	return nil, missing
}

// Missing are columns of an import that the file doesn't have; none where it fits.
func (f *File) Missing(in *logparse.Import) []string {
	_, missing := f.tableFor(in)
	return missing
}

// use notes that a column is read, where there is one with the header.
func (t *table) use(header string) {
	if at := t.find(header); len(at) > 0 {
		if !slices.Contains(t.used, at[0]) {
			t.used = append(t.used, at[0])
		}
		t.nth[header] = slices.Index(t.used, at[0])
	}
}

// A row is one record below the header.
type row struct {
	text   string   // as it stands in the file
	line   int      // of the file
	record []string // its cells; good until the next row
	cells  []string // of the columns that are used

	person    string        // id, or ""
	when      *moment       // nil where no column says so
	drop      bool          // another row repeats or corrects it, or it gives no value
	date, end logparse.Date // the first and the last day of what it sums up
	clock     int64         // that orders rows
}

// cell is the text of a row in a column that is used, or "".
func (t *table) cell(r *row, header string) string {
	if nth, ok := t.nth[header]; ok {
		return r.cells[nth]
	}
	return ""
}

// rows are the records below the header. What the CSV format doesn't allow is told
// to broken, and the rows after it are read.
func (t *table) rows(broken func(line, nth int)) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		r := csvReader(t.comma, t.text[t.behind:])
		r.ReuseRecord = true
		above := strings.Count(t.text[:t.behind], "\n")
		for {
			start := t.behind + int(r.InputOffset())
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
				broken(above+parse.Line, characterAt(t.text[start:], parse.Line-parse.StartLine, parse.Column))
				continue
			}
			line, _ := r.FieldPos(0)
			current := &row{text: strings.Trim(t.text[start:t.behind+int(r.InputOffset())], "\r\n"), line: above + line, record: record}
			for i, cell := range record {
				record[i] = strings.TrimSpace(cell)
			}
			for _, at := range t.used {
				text := ""
				if at < len(record) {
					text = strings.Clone(record[at]) // else each keeps its whole row
				}
				current.cells = append(current.cells, text)
			}
			if !yield(current) {
				return
			}
		}
	}
}

// EachRow hands over the rows below the first record that is a header to the caller, whose
// table isn't one of figures. Their cells are good until the next row.
func (f *File) EachRow(isHeader func(cells []string) bool, each func(line int, cells []string) error) (found bool, err error) {
	for t := range f.heads() {
		if !isHeader(t.header) {
			continue
		}
		broken := 0
		for row := range t.rows(func(line, _ int) { broken = cmp.Or(broken, line) }) {
			if err := each(row.line, row.record); err != nil {
				return true, err
			}
		}
		if broken > 0 {
			return true, fmt.Errorf("line %d: a quote in it isn't closed; inside a cell, write a quote twice", broken)
		}
		return true, nil
	}
	return false, nil
}

// place is the line and the character at which a row's cell starts.
func (t *table) place(row *row, header string) (line, nth int) {
	r := csvReader(t.comma, row.text)
	record, err := r.Read()
	i, ok := t.nth[header]
	if err != nil || !ok || t.used[i] >= len(record) {
		return row.line, 1
	}
	below, at := r.FieldPos(t.used[i])
	return row.line + below - 1, characterAt(row.text, below-1, at)
}

// characterAt is the character, from 1, that starts at a byte of a line.
func characterAt(text string, line, nth int) int {
	text = strings.TrimLeft(text, "\r\n")
	for range line {
		_, text, _ = strings.Cut(text, "\n")
	}
	return utf8.RuneCountInString(text[:min(max(nth-1, 0), len(text))]) + 1
}
