package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/coachlog/coachlog/internal/parquetfile"
)

// ExportFormats are the formats of an export.
var ExportFormats = []string{"parquet", "csv", "jsonl"}

// exportBuffer is how many bytes of rows wait in memory.
const exportBuffer = 8 << 20

// exportFiles are the files of an export while they are made: one for each table and quarter.
type exportFiles struct {
	append   func(name string, text []byte) error
	files    map[string]rowWriter
	buffered int
	err      error          // the first there was
	Rows     map[string]int // by table
}

// A rowWriter makes the bytes of one file.
type rowWriter interface {
	Append(cells []any)
	Buffered() int                   // how many bytes wait
	Flush() ([]byte, error)          // those bytes
	Close(by string) ([]byte, error) // the last ones
}

// put adds a row to a table's file of a quarter.
func (x *Exporter) put(table, period string, row any) {
	w := x.file(table, period)
	before := w.Buffered()
	w.Append(cellsOf(row))
	x.Rows[table]++
	if x.buffered += w.Buffered() - before; x.buffered > exportBuffer {
		x.flush(rowWriter.Flush)
	}
}

// file is a table's file of a quarter.
func (x *Exporter) file(table, period string) rowWriter {
	folder := path.Join(table, "logbook="+x.Logbook)
	if period != "" {
		folder = path.Join(folder, "period="+period)
	}
	name := path.Join(folder, "part."+x.Format)
	if x.files[name] == nil {
		x.files[name] = x.newFile(table, period)
	}
	return x.files[name]
}

func (x *Exporter) flush(take func(rowWriter) ([]byte, error)) {
	for name, w := range x.files {
		text, err := take(w)
		if err == nil && x.err == nil {
			err = x.append(name, text)
		}
		if err != nil && x.err == nil {
			x.err = fmt.Errorf("%s: %w", name, err)
		}
	}
	x.buffered = 0
}

// newFile begins a table's file. Readers of Parquet take the logbook and the quarter from the
// folders' names; in the other formats they are columns.
func (x *Exporter) newFile(table, period string) rowWriter {
	tables := ExportTables()
	t := tables[slices.IndexFunc(tables, func(t ExportTable) bool { return t.Name == table })]
	if x.Format == "parquet" {
		columns := each(t.Columns, func(c ExportColumn) parquetfile.Column { return parquetfile.Column{Name: c.Name, Type: c.Type} })
		return parquetfile.New(columns, map[string]string{"coachlog.schema": fmt.Sprint(ExportSchema), "coachlog.table": t.Name})
	}
	names, first := []string{"logbook"}, []any{x.Logbook}
	if period != "" {
		names, first = append(names, "period"), append(first, period)
	}
	names = append(names, each(t.Columns, func(c ExportColumn) string { return c.Name })...)
	rows := &textRows{first: first}
	if x.Format == "csv" {
		rows.add = x.CSV.begin(&rows.text, names)
	} else {
		rows.add = func(cells []any) error { return addObject(&rows.text, names, cells) }
	}
	return rows
}

// textRows are rows of text that wait.
type textRows struct {
	text  bytes.Buffer
	first []any // cells of each row
	add   func(cells []any) error
	err   error
}

func (r *textRows) Append(cells []any) {
	r.err = errors.Join(r.err, r.add(slices.Concat(r.first, cells)))
}

func (r *textRows) Buffered() int { return r.text.Len() }

func (r *textRows) Flush() ([]byte, error) {
	text := bytes.Clone(r.text.Bytes())
	r.text.Reset()
	return text, r.err
}

func (r *textRows) Close(string) ([]byte, error) { return r.Flush() }

// addObject adds a row as a JSON object on a line.
func addObject(text *bytes.Buffer, names []string, cells []any) error {
	for i, cell := range cells {
		value, err := json.Marshal(cell)
		if err != nil {
			return err
		}
		open := ","
		if i == 0 {
			open = "{"
		}
		fmt.Fprintf(text, "%s%q:%s", open, names[i], value)
	}
	text.WriteString("}\n")
	return nil
}
