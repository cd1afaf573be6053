package report

import (
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// TableNames are the tables of reviews of all kinds.
var TableNames = []string{"figures", "sessions", "commitment", "weeks", "verdicts", "goals", "actions", "skills", "metrics", "open", "opinions", "bands", "teams", "coaches"}

// A Table is one table of a review, for spreadsheets.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]any // text, numbers and dates; nil is an empty cell
}

func (t *Table) add(cells ...any) { t.Rows = append(t.Rows, cells) }

// cells are the counts of a rate, or the number.
func (q Quantity) cells() []any {
	if q.Rate == nil {
		return []any{nil, nil, nil, q.Number}
	}
	return []any{q.Rate.Part, q.Rate.Whole, q.Rate.ShownPercent(), q.Number}
}

// hidden is the cell of what isn't shown.
func (q Quantity) hidden() any {
	if q.Hidden {
		return "yes"
	}
	return nil
}

// unlessZero is a cell of a number that says nothing where it is 0.
func unlessZero[T int | float64](n T) any {
	if n == 0 {
		return nil
	}
	return n
}

// sides are a figure's two quantities, with the names of their periods.
func (h Head) sides(f Figure, add func(period string, q Quantity)) {
	add(h.Period.Name, f.Now)
	add(h.Before.Name, f.Before)
}

// figuresTable is the table that every review has.
func (h Head) figuresTable() Table {
	t := Table{Name: "figures", Columns: []string{"figure", "of", "title", "period", "part", "whole", "percent", "number", "unit", "over_logs", "people", "hidden"}}
	for _, f := range h.Figures {
		h.sides(f, func(period string, q Quantity) {
			row := append([]any{f.Key, f.Of, f.Title, period}, q.cells()...)
			t.add(append(row, q.Unit, unlessZero(q.Over), q.People, q.hidden())...)
		})
	}
	return t
}

func weeksTable(rows ...chart.WeekRow) Table {
	t := Table{Name: "weeks", Columns: []string{"monday", "owner", "done", "partly", "not_done"}}
	for _, row := range rows {
		for _, w := range row.Weeks {
			t.add(w.Monday, row.Name, w.Done, w.Partly, w.NotDone)
		}
	}
	return t
}

func sessionsTable(sessions []SessionReport) Table {
	t := Table{Name: "sessions", Columns: []string{"date", "status", "kind", "minutes", "talk"}}
	t.Rows = each(sessions, func(s SessionReport) []any { return []any{s.Date, s.Status, s.Kind, unlessZero(s.Minutes), s.Talk} })
	return t
}

func verdictsTable(v plan.VerdictCount, told bool) Table {
	t := Table{Name: "verdicts", Columns: []string{"verdict", "goals"}}
	if told {
		t.add(plan.Worked, v.Worked)
		t.add(plan.FellShort, v.FellShort)
		t.add(plan.AnotherWay, v.AnotherWay)
		t.add(plan.FollowThrough, v.FollowThrough)
	}
	return t
}
