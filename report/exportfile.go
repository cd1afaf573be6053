package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"slices"

	"github.com/coachlog/coachlog/internal/parquetfile"
	"github.com/coachlog/coachlog/logparse"
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
	write(cells []any) error
	waiting() int            // how many bytes are ready
	take() ([]byte, error)   // those bytes
	finish() ([]byte, error) // the last ones
}

// NewExportFiles begins the files of an export in one of ExportFormats. append adds to a file.
func NewExportFiles(of Export, format string, form CSV, append func(name string, text []byte) error) *ExportFiles {
	return &ExportFiles{of: of, format: format, csv: form, append: append, files: make(map[string]rowWriter), Rows: make(map[string]int)}
}

// Put adds a row to a table's file of a quarter.
func (e *ExportFiles) Put(table, period string, row any) error {
	w := e.file(table, period)
	before := w.waiting()
	if err := w.write(cellsOf(row)); err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	e.Rows[table]++
	if e.buffered += w.waiting() - before; e.buffered > exportBuffer {
		return e.flush(rowWriter.take)
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
	return e.flush(rowWriter.finish)
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
		return newParquetRows(t, e.of.Version)
	}
	names, values := []string{"logbook"}, []any{e.of.Logbook}
	if period != "" {
		names, values = append(names, "period"), append(values, period)
	}
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	if e.format == "jsonl" {
		return &jsonRows{names: names, first: values}
	}
	w := &csvRows{first: values}
	w.text.WriteString(e.csv.start())
	w.csv = e.csv.writer(&w.text)
	_ = w.csv.Write(names) // into memory
	w.csv.Flush()
	return w
}

// textRows are rows of text that wait.
type textRows struct{ text bytes.Buffer }

func (r *textRows) waiting() int { return r.text.Len() }

func (r *textRows) take() ([]byte, error) {
	text := bytes.Clone(r.text.Bytes())
	r.text.Reset()
	return text, nil
}

func (r *textRows) finish() ([]byte, error) { return r.take() }

// csvRows are the rows of a CSV file, of which no spreadsheet runs a cell.
type csvRows struct {
	textRows
	csv   *csv.Writer
	first []any
}

func (r *csvRows) write(cells []any) error {
	record := make([]string, 0, len(r.first)+len(cells))
	for _, cell := range append(r.first[:len(r.first):len(r.first)], cells...) {
		record = append(record, csvCell(cell))
	}
	_ = r.csv.Write(record)
	r.csv.Flush()
	return r.csv.Error()
}

// jsonRows are the rows of a file with a JSON object a line.
type jsonRows struct {
	textRows
	names []string
	first []any
}

func (r *jsonRows) write(cells []any) error {
	for i, cell := range append(r.first[:len(r.first):len(r.first)], cells...) {
		value, err := json.Marshal(cell)
		if err != nil {
			return err
		}
		open := ","
		if i == 0 {
			open = "{"
		}
		fmt.Fprintf(&r.text, "%s%q:%s", open, r.names[i], value)
	}
	r.text.WriteString("}\n")
	return nil
}

// parquetRows are the rows of a Parquet file.
type parquetRows struct {
	file    *parquetfile.Writer
	version string
}

func newParquetRows(t ExportTable, version string) *parquetRows {
	types := map[string]parquetfile.Type{
		"text": parquetfile.Text, "whole number": parquetfile.Whole, "number": parquetfile.Number, "yes or no": parquetfile.Truth, "day": parquetfile.Day,
	}
	var columns []parquetfile.Column
	for _, c := range t.Columns {
		columns = append(columns, parquetfile.Column{Name: c.Name, Type: types[c.Type]})
	}
	return &parquetRows{parquetfile.New(columns, map[string]string{"coachlog.schema": fmt.Sprint(ExportSchema), "coachlog.table": t.Name}), version}
}

func (r *parquetRows) write(cells []any) error {
	for i, cell := range cells {
		switch v := cell.(type) {
		case int:
			cells[i] = int64(v)
		case logparse.Date:
			cells[i] = int32(logparse.Date{Year: 1970, Month: 1, Day: 1}.DaysUntil(v))
		}
	}
	r.file.Append(cells)
	return nil
}

func (r *parquetRows) waiting() int { return r.file.Buffered() }

func (r *parquetRows) take() ([]byte, error) { return r.file.Flush() }

func (r *parquetRows) finish() ([]byte, error) { return r.file.Close("coachlog " + r.version) }
