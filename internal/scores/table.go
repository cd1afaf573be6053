package scores

import (
	"fmt"
	"slices"
	"strings"
)

// A Table hands over its rows below the first that is a header.
type Table func(isHeader func(cells []string) bool, each func(line int, cells []string) error) (found bool, err error)

// What surveys call the column with who answered, whom it is about, and the period.
var (
	byColumns     = []string{"person", "id", "email", "e-mail", "email address", "e-mail address", "mail", "from", "name", "username", "respondent", "coachee"}
	aboutColumns  = []string{"coach", "about"}
	periodColumns = []string{"period", "quarter"}
)

// ReadTable reads a table with a row for each person and a column for each question, named
// by the question's key or words. Other columns are left alone.
func (f Form) ReadTable(table Table) (all []Response, err error) {
	var by, about, period int
	questions := make(map[int]string) // by column
	isHeader := func(header []string) bool {
		clear(questions)
		for i, cell := range header {
			if _, cell = cutNumber(cell); f.find(cell) != "" {
				questions[i] = f.find(cell)
			}
		}
		by, about, period = columnOf(header, byColumns), columnOf(header, aboutColumns), columnOf(header, periodColumns)
		return len(questions) > 0
	}
	found, err := table(isHeader, func(line int, cells []string) error {
		cell := func(i int) string {
			if i < 0 || i >= len(cells) {
				return ""
			}
			return cells[i]
		}
		r := Response{By: cell(by), About: cell(about), Period: cell(period), Scores: make(map[string]int)}
		for i := range cells {
			key := questions[i]
			if key == "" || cell(i) == "" {
				continue
			}
			if err := add(r.Scores, key, cell(i)); err != nil {
				return fmt.Errorf("line %d, %s: %w", line, key, err)
			}
		}
		if len(r.Scores) > 0 {
			all = append(all, r)
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("no row of it names a question; a column is headed by the key of one (%s), or by its words", strings.Join(f.Keys(), ", "))
	}
	return all, err
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
