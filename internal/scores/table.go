package scores

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// What surveys call the column with who answered, whom it is about, and the period.
var (
	byColumns     = []string{"person", "id", "email", "e-mail", "email address", "e-mail address", "mail", "from", "name", "username", "respondent", "coachee"}
	aboutColumns  = []string{"coach", "about"}
	periodColumns = []string{"period", "quarter"}
)

// ReadTable reads a table with a row for each person and a column for each question, named
// by the question's key or words. Other columns are left alone.
func (f Form) ReadTable(text string) ([]Response, error) {
	for _, comma := range []rune{',', ';', '\t', '|'} {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = comma, -1, comma != '\t', true
		header, err := r.Read()
		if err != nil {
			continue
		}
		columns, err := f.columns(header)
		if err != nil {
			return nil, err
		}
		if len(columns) > 0 {
			return f.rows(r, header, columns)
		}
	}
	return nil, fmt.Errorf("its first row names no question; a column is headed by the key of one (%s), or by its words", strings.Join(f.Keys(), ", "))
}

// columns are the places of the questions in a header.
func (f Form) columns(header []string) (map[int]string, error) {
	columns := make(map[int]string)
	seen := make(map[string]bool)
	for i, cell := range header {
		if m := numbered().FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
			cell = m[2]
		}
		q := f.find(cell)
		if q == nil {
			continue
		}
		if seen[q.key] {
			return nil, fmt.Errorf("line 1: two columns are about %q", q.key)
		}
		seen[q.key], columns[i] = true, q.key
	}
	return columns, nil
}

func (f Form) rows(r *csv.Reader, header []string, columns map[int]string) ([]Response, error) {
	by, about, period := columnOf(header, byColumns), columnOf(header, aboutColumns), columnOf(header, periodColumns)
	var all []Response
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err // which names the line
		}
		cell := func(i int) string {
			if i < 0 || i >= len(record) {
				return ""
			}
			return strings.TrimSpace(record[i])
		}
		response := Response{By: cell(by), About: cell(about), Period: cell(period), Scores: make(map[string]int)}
		for i, key := range columns {
			if cell(i) == "" {
				continue
			}
			score, err := readScore(cell(i))
			if err != nil {
				line, _ := r.FieldPos(i)
				return nil, fmt.Errorf("line %d, %s: %w", line, key, err)
			}
			response.Scores[key] = score
		}
		if len(response.Scores) > 0 {
			all = append(all, response)
		}
	}
}

// columnOf is the place of the first of some columns that a header has; -1 where it has
// none.
func columnOf(header, names []string) int {
	for _, name := range names {
		if i := slices.IndexFunc(header, func(cell string) bool { return normal(cell) == normal(name) }); i >= 0 {
			return i
		}
	}
	return -1
}
