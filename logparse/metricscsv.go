package logparse

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A MetricRow is one line of metrics/*.csv.
type MetricRow struct {
	Date   Date
	Person string // id
	Metric string
	Value  float64
	Line   int  // in the file, from 1
	Span   Span // of the value
}

// MetricColumns is the header that a metrics file starts with.
var MetricColumns = []string{"date", "person", "metric", "value"}

// ParseMetrics reads a file of metrics/. A row that can't be read is reported
// and left out; the others are there.
func ParseMetrics(path string, text []byte) (rows []MetricRow, doc *Document) {
	doc = &Document{Source: newSource(path, text), Kind: MetricsFile}
	defer doc.catch()
	if !doc.readable() {
		return nil, doc
	}
	doc.readConflicts()
	r := csv.NewReader(bytes.NewReader(doc.withReturns()[doc.bom:]))
	r.FieldsPerRecord = len(MetricColumns)
	r.TrimLeadingSpace = true
	defer doc.finish()
	for first := true; ; first = false {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, doc
		case len(record) == 1 && strings.TrimSpace(record[0]) == "":
			continue // a line of blanks
		case err != nil:
			doc.reportRow(record, err)
			continue
		}
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		if first {
			if !slices.EqualFunc(record, MetricColumns, strings.EqualFold) {
				doc.reportColumn(r, 0, "the first line is not the header", "write "+strings.Join(MetricColumns, ","))
			}
			continue
		}
		if row, ok := doc.metricRow(r, record); ok {
			rows = append(rows, row)
		}
	}
}

// withReturns is plain with each CRLF as it was: behind a quoted value, a blank
// in place of CR would be part of the value.
func (d *Document) withReturns() []byte {
	text := bytes.Clone(d.plain)
	for i := range len(text) - 1 {
		if d.Text[i] == '\r' && text[i+1] == '\n' && text[i] == ' ' {
			text[i] = '\r'
		}
	}
	return text
}

func (d *Document) metricRow(r *csv.Reader, record []string) (row MetricRow, ok bool) {
	date, err := ParseDate(record[0])
	if err != nil {
		why, _ := Headings{}.whyNoDay(record[0], "")
		d.reportColumn(r, 0, fmt.Sprintf("%q %s", record[0], why), "write year, month and day, as in 2026-07-06")
		return row, false
	}
	for i, what := range []string{"person", "metric"} {
		if !IsID(record[i+1]) {
			d.reportColumn(r, i+1, fmt.Sprintf("%q can't be a %s", record[i+1], what), "use letters and digits, with - _ or . between them")
			return row, false
		}
	}
	value, isNumber := parseNumber(record[3])
	if !isNumber {
		d.reportColumn(r, 3, fmt.Sprintf("%q is not a plain number", record[3]), "write digits, with a decimal point if needed and no unit")
		return row, false
	}
	line, _ := r.FieldPos(0)
	return MetricRow{date, NormalID(record[1]), NormalID(record[2]), value, line, d.fieldSpan(r, 3)}, true
}

func (d *Document) reportColumn(r *csv.Reader, column int, message, remedy string) {
	d.report(Diagnostic{Code: "bad-metric-row", Span: d.fieldSpan(r, column), Message: message, Remedy: remedy})
}

// fieldSpan is where a field of the row that was read last starts, and one byte
// of it.
func (d *Document) fieldSpan(r *csv.Reader, column int) Span {
	line, at := r.FieldPos(column)
	start := d.lineSpan(min(line, len(d.lines))-1).Start + at - 1
	return Span{start, start + 1}
}

func (d *Document) reportRow(record []string, err error) {
	line := 1
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		line, err = parse.StartLine, parse.Err
	}
	why, remedy := "a quote in this row isn't closed, or is inside a value", "take the quotes away"
	if errors.Is(err, csv.ErrFieldCount) {
		why = fmt.Sprintf("the number of values in this row is %d and not %d", len(record), len(MetricColumns))
		remedy = "write " + strings.Join(MetricColumns, ",") + ", with commas between them"
	}
	start := d.lineSpan(min(line, len(d.lines)) - 1).Start
	d.report(Diagnostic{Code: "bad-metric-row", Span: Span{start, start + 1},
		Message: why, Remedy: remedy})
}
