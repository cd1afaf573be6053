package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// A CSV says how tables are written as CSV. The zero CSV has commas.
type CSV struct {
	Delimiter rune // between cells; 0 is a comma
	BOM       bool // the file starts with a byte-order mark, by which Excel knows UTF-8
}

// innerFormula is a formula behind a delimiter.
var innerFormula = pattern.Of(`([,;|][\s\p{Z}\p{Cf}"']*)([=+\-@＝＋－＠])`)

// begin begins a file with the names of its columns. What it returns adds a row; no
// spreadsheet runs a cell of it, and lines end as in every other file.
func (c CSV) begin(text *bytes.Buffer, columns []string) (add func(cells []any) error) {
	if c.BOM {
		text.WriteString("\ufeff")
	}
	out := csv.NewWriter(text)
	out.Comma = cmp.Or(c.Delimiter, ',')
	write := func(record []string) error { return out.WriteAll([][]string{record}) }
	_ = write(columns) // into memory
	return func(cells []any) error { return write(each(cells, csvCell)) }
}

// CSV writes the table.
func (t Table) CSV(w io.Writer, form CSV) error {
	var text bytes.Buffer
	add := form.begin(&text, t.Columns)
	for _, row := range t.Rows {
		if err := add(row); err != nil {
			return err
		}
	}
	_, err := text.WriteTo(w)
	return err
}

func csvCell(cell any) string {
	switch v := reflect.ValueOf(cell); v.Kind() {
	case reflect.Invalid:
		return ""
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return csvCell(v.Elem().Interface())
	case reflect.String:
		return defuse(terminal.Escape(v.String()))
	case reflect.Float64:
		return logparse.FormatNumber(v.Float())
	}
	return fmt.Sprint(cell) // of dates, too
}

// defuse puts an apostrophe in front of text that a spreadsheet would run, also
// behind blanks of any kind, and behind what a spreadsheet of another country takes for
// the end of a cell (OWASP, CSV injection).
func defuse(text string) string {
	if strings.ContainsAny(text, ",;|") {
		text = innerFormula().ReplaceAllString(text, "$1'$2")
	}
	start := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return "'" + text
	}
	return text
}
