package report

import (
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
var innerFormula = pattern.Pattern{Of: `([,;|][\s\p{Z}\p{Cf}"']*)([=+\-@＝＋－＠])`}

func (c CSV) writer(w io.Writer) *csv.Writer {
	out := csv.NewWriter(w)
	if c.Delimiter != 0 {
		out.Comma = c.Delimiter
	}
	return out
}

// start is what a file begins with.
func (c CSV) start() string {
	if c.BOM {
		return "\ufeff"
	}
	return ""
}

// CSV writes the table, with lines that end as those of every other file do. No
// spreadsheet runs a cell of it.
func (t Table) CSV(w io.Writer, form CSV) error {
	records := [][]string{t.Columns}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = csvCell(cell)
		}
		records = append(records, cells)
	}
	if _, err := io.WriteString(w, form.start()); err != nil {
		return err
	}
	return form.writer(w).WriteAll(records)
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
		text = innerFormula.Get().ReplaceAllString(text, "$1'$2")
	}
	start := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return "'" + text
	}
	return text
}
