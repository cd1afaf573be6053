// Package metricsimport reads the exports of other systems: their bytes, and
// what the settings say of their columns, become observations, or problems that
// name line and column. It does no input or output and reads no clock. What a
// file doesn't say and nobody stated is asked for, never guessed: a wrong number
// that looks right is the worst that an import can do.
package metricsimport

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
)

// A Problem is a reason to import nothing, with its place and what to do.
type Problem struct {
	Path    string `json:"file"`           // that it is in
	Line    int    `json:"line,omitempty"` // from 1; 0 where it is about the whole file
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`        // what is wrong, in one sentence without a full stop
	Remedy  string `json:"remedy"`         // what to do about it
	More    int    `json:"more,omitempty"` // how many more like it there are
}

// A File is an export whose bytes are text.
type File struct {
	Name string // as the user named it

	text  []byte // UTF-8, without a byte-order mark; lines end with LF or CRLF
	lines []int  // where each line starts, once somebody asks
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
	f := &File{Name: name}
	refuse := func(message, remedy string) (*File, *Problem) {
		return nil, &Problem{Path: name, Message: message, Remedy: remedy}
	}
	const asText = "save it as CSV in UTF-8 (in a spreadsheet: Save as, CSV UTF-8)"
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return refuse("this is a workbook of a spreadsheet program, and no text", asText)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		f.text = fromUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		f.text = fromUTF16(raw[2:], binary.BigEndian)
	default:
		f.text = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	}
	if at := bytes.IndexByte(f.text, 0); at >= 0 {
		_, p := refuse("the file holds NUL bytes: it is no text, or UTF-16 without a byte-order mark", asText)
		return nil, p
	}
	if !utf8.Valid(f.text) {
		at := 0
		for {
			r, size := utf8.DecodeRune(f.text[at:])
			if r == utf8.RuneError && size <= 1 {
				break
			}
			at += size
		}
		line := bytes.Count(f.text[:at], []byte{'\n'}) + 1
		column := utf8.RuneCount(f.text[bytes.LastIndexByte(f.text[:at], '\n')+1:at]) + 1
		return nil, &Problem{Path: name, Line: line, Column: column, Message: "the bytes here are not UTF-8; the file is Windows-1252, perhaps",
			Remedy: asText + ", or convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"}
	}
	if bytes.IndexByte(f.text, '\n') < 0 {
		f.text = bytes.ReplaceAll(f.text, []byte{'\r'}, []byte{'\n'})
	}
	line := 1
	for l := range bytes.Lines(f.text) {
		if len(l) > maxLine {
			return nil, &Problem{Path: name, Line: line, Column: 1, Message: fmt.Sprintf("this line has %d kB; at most %d kB are read", len(l)>>10, maxLine>>10), Remedy: "look at the file: it is no table of figures"}
		}
		line++
	}
	switch start := bytes.ToLower(bytes.TrimSpace(f.text[:min(len(f.text), 200)])); {
	case len(start) == 0:
		return refuse("there is nothing in the file", "export it again")
	case bytes.HasPrefix(start, []byte("<")):
		return refuse("this is a page of HTML or XML, whatever its name says", asText)
	}
	return f, nil
}

func fromUTF16(raw []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// A place is where a cell starts: the line, and the byte in it, from 1.
type place struct{ line, byte int }

func (p place) isSet() bool { return p.line > 0 }

// column is the character of a place in its line, from 1.
func (f *File) column(p place) int {
	if f.lines == nil {
		f.lines = []int{0}
		for i, b := range f.text {
			if b == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	}
	if p.line < 1 || p.line > len(f.lines) {
		return 1
	}
	start := f.lines[p.line-1]
	end := min(start+max(p.byte-1, 0), len(f.text))
	return utf8.RuneCount(f.text[start:end]) + 1
}

// A table is the part of an export from its header on.
type table struct {
	*File
	comma      rune
	header     []string
	headerLine int
	behind     int // the first byte below the header
	line       int // of that byte
}

// delimiters set the cells of an export apart.
var delimiters = []rune{',', ';', '\t', '|'}

// heads are the records that could be the header, for each delimiter: exports
// have titles, dates and blank lines above it.
func (f *File) heads(visit func(t *table)) {
	for _, comma := range delimiters {
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
			t := &table{File: f, comma: comma, header: make([]string, len(record)), behind: int(r.InputOffset())}
			for i, cell := range record {
				t.header[i] = clean(cell)
			}
			t.headerLine, _ = r.FieldPos(0)
			t.line = bytes.Count(f.text[:t.behind], []byte{'\n'}) + 1
			visit(t)
		}
	}
}

func csvReader(comma rune, text []byte) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = comma
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = comma != '\t' // a tab is white space too
	return r
}

// clean is a cell without the white space around it, and without the ="..." that
// keeps a spreadsheet from taking it for a number.
func clean(cell string) string {
	cell = strings.TrimSpace(cell)
	if inner, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSpace(strings.TrimSuffix(inner, `"`))
	}
	return cell
}

// find is the column with a header, and how many have it.
func (t *table) find(header string) (at, times int) {
	at = -1
	want := logparse.NormalText(header)
	for i, h := range t.header {
		if logparse.NormalText(h) == want {
			if times++; at < 0 {
				at = i
			}
		}
	}
	return at, times
}

// missing are the columns that an import reads and the table doesn't have.
func (t *table) missing(in *logparse.Import) []string {
	var missing []string
	for _, column := range in.Columns() {
		if _, times := t.find(column.V); times == 0 && !slices.Contains(missing, column.V) {
			missing = append(missing, column.V)
		}
	}
	return missing
}

// tableFor is the table whose header has all columns of an import; where there
// is none, the columns that the likeliest header lacks.
func (f *File) tableFor(in *logparse.Import) (found *table, missing []string) {
	f.heads(func(t *table) {
		if found != nil {
			return
		}
		lacks := t.missing(in)
		if len(lacks) == 0 {
			found = t
		}
		if missing == nil || len(lacks) < len(missing) {
			missing = lacks
		}
	})
	return found, missing
}

// Fits says whether the file has a header with all columns of an import, and
// else which ones are missing.
func (f *File) Fits(in *logparse.Import) (missing []string, ok bool) {
	found, missing := f.tableFor(in)
	if missing == nil && found == nil {
		missing = []string{in.Name}
	}
	return missing, found != nil
}

// A row is one record below the header. Its cells are good until the next.
type row struct {
	cells []string
	line  int
	csv   *csv.Reader
	base  int // lines above the part that csv reads
}

func (r *row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

func (r *row) place(i int) place {
	if i < 0 || i >= len(r.cells) {
		return place{r.line, 1}
	}
	line, at := r.csv.FieldPos(i)
	return place{r.base + line, at}
}

// rows visits the records below the header. What the CSV format doesn't allow is
// told to broken, and the rows after it are read.
func (t *table) rows(broken func(place, error), visit func(*row) (more bool)) {
	r := csvReader(t.comma, t.text[t.behind:])
	r.ReuseRecord = true
	current := &row{csv: r, base: t.line - 1}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			at := place{current.base + 1, 1}
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				at, err = place{current.base + parse.Line, max(parse.Column, 1)}, parse.Err
			}
			broken(at, err)
			continue
		}
		for i, cell := range record {
			record[i] = clean(cell)
		}
		line, _ := r.FieldPos(0)
		current.cells, current.line = record, current.base+line
		if !visit(current) {
			return
		}
	}
}

// quoted shows a cell in a message, cut to a length that can be read.
func quoted(cell string) string {
	const most = 40
	if runes := []rune(cell); len(runes) > most {
		cell = string(runes[:most-1]) + "…"
	}
	return fmt.Sprintf("%q", cell)
}
