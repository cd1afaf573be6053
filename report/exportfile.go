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

// ExportFiles are the files of an export while they are made: one for each table and quarter.
type ExportFiles struct {
	of       Export
	format   string
	csv      CSV
	append   func(name string, text []byte) error
	files    map[string]rowWriter
	buffered int
	Rows     map[string]int // by table
}

// A rowWriter makes the bytes of one file.
type rowWriter interface {
	Append(cells []any)
	Buffered() int                   // how many bytes wait
	Flush() ([]byte, error)          // those bytes
	Close(by string) ([]byte, error) // the last ones
}

// NewExportFiles begins the files of an export in one of ExportFormats. append adds to a file.
func NewExportFiles(of Export, format string, form CSV, append func(name string, text []byte) error) *ExportFiles {
	return &ExportFiles{of: of, format: format, csv: form, append: append, files: make(map[string]rowWriter), Rows: make(map[string]int)}
}

// Put adds a row to a table's file of a quarter.
func (e *ExportFiles) Put(table, period string, row any) error {
	w := e.file(table, period)
	before := w.Buffered()
	w.Append(cellsOf(row))
	e.Rows[table]++
	if e.buffered += w.Buffered() - before; e.buffered > exportBuffer {
		return e.flush(rowWriter.Flush)
	}
	return nil
}

// file is a table's file of a quarter.
func (e *ExportFiles) file(table, period string) rowWriter {
	folder := path.Join(table, "logbook="+e.of.Logbook)
	if period != "" {
		folder = path.Join(folder, "period="+period)
	}
	name := path.Join(folder, "part."+e.format)
	if e.files[name] == nil {
		e.files[name] = e.newFile(table, period)
	}
	return e.files[name]
}

// Finish writes what waits, and ends all files. A table without rows has a file of the last
// quarter, so that whoever reads it finds its columns.
func (e *ExportFiles) Finish(last string) error {
	for _, t := range ExportTables() {
		if e.Rows[t.Name] == 0 {
			e.file(t.Name, last)
		}
	}
	return e.flush(func(w rowWriter) ([]byte, error) { return w.Close("coachlog " + e.of.Version) })
}

func (e *ExportFiles) flush(take func(rowWriter) ([]byte, error)) error {
	for name, w := range e.files {
		text, err := take(w)
		if err == nil {
			err = e.append(name, text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	e.buffered = 0
	return nil
}

// newFile begins a table's file. Readers of Parquet take the logbook and the quarter from the
// folders' names; in the other formats they are columns.
func (e *ExportFiles) newFile(table, period string) rowWriter {
	tables := ExportTables()
	t := tables[slices.IndexFunc(tables, func(t ExportTable) bool { return t.Name == table })]
	if e.format == "parquet" {
		columns := each(t.Columns, func(c ExportColumn) parquetfile.Column { return parquetfile.Column{Name: c.Name, Type: c.Type} })
		return parquetfile.New(columns, map[string]string{"coachlog.schema": fmt.Sprint(ExportSchema), "coachlog.table": t.Name})
	}
	names, first := []string{"logbook"}, []any{e.of.Logbook}
	if period != "" {
		names, first = append(names, "period"), append(first, period)
	}
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	rows := &textRows{first: first}
	if e.format == "csv" {
		rows.add = e.csv.begin(&rows.text, names)
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
