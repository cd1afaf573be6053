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
	for _, s := range sessions {
		t.add(s.Date, s.Status, s.Kind, unlessZero(s.Minutes), s.Talk)
	}
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

// Tables are a person's.
func (r *Person) Tables() []Table {
	commitment := Table{Name: "commitment", Columns: []string{"owner", "coachee", "done", "partly", "not_done", "blocked", "dropped", "not_talked", "carried"}}
	for _, s := range r.Sides {
		commitment.add(s.Owner, s.Coachee, s.Done, s.Partly, s.NotDone, s.Blocked, s.Dropped, s.NotTalked, s.Carried)
	}
	goals := Table{Name: "goals", Columns: []string{"horizon", "goal", "id", "due", "target", "proposed_by", "outcome", "judged", "verdict", "reached", "median", "values", "coachee_done", "coachee_of", "others_done", "others_of", "support_missing", "new_plan"}}
	actions := Table{Name: "actions", Columns: []string{"goal", "action", "id", "owner", "agreed", "account", "result", "carried"}}
	for _, of := range []struct {
		horizon string
		goals   []GoalReport
	}{{"short-term", r.Short}, {"mid-term", r.Mid}} {
		for _, g := range of.goals {
			head := []any{of.horizon, g.Text, g.ID, g.Due, g.Target, g.By, g.Outcome}
			if len(g.Verdicts) == 0 {
				goals.add(append(head, make([]any, 11)...)...)
			}
			for _, v := range g.Verdicts {
				goals.add(append(head[:len(head):len(head)], v.cells()...)...)
			}
			for _, a := range g.Actions {
				for _, agreement := range a.Agreements {
					actions.add(g.Text, a.Text, a.ID, a.Owner, agreement.Agreed, agreement.Account, agreement.Result, agreement.Carried)
				}
			}
		}
	}
	skills := Table{Name: "skills", Columns: []string{"skill", "next_role", "level", "practice_done", "practice_due"}}
	for _, s := range r.Skills {
		skills.add(s.Text, s.Next, s.Level, s.Practice.Part, s.Practice.Whole)
	}
	metrics := Table{Name: "metrics", Columns: []string{"metric", "name", "unit", "date", "value", "target", "trend"}}
	for _, m := range r.Metrics {
		for _, v := range m.Values {
			metrics.add(m.Key, m.Name, m.Unit, v.Date, v.Value, m.Target, m.Trend)
		}
	}
	open := Table{Name: "open", Columns: []string{"owner", "action", "id", "goal", "due", "overdue", "agreed", "result"}}
	for _, a := range r.Open {
		open.add(a.Owner, a.Text, a.ID, a.Goal, a.Due, a.Overdue, a.Agreed, a.Result)
	}
	return []Table{r.figuresTable(), sessionsTable(r.Session.List), commitment, weeksTable(r.weeks("")...), verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), goals, actions, skills, metrics, open}
}

// cells are a verdict's.
func (v VerdictReport) cells() []any {
	var median, values any
	if v.Reading != nil {
		median, values = v.Reading.Median, len(v.Reading.Values)
	}
	cells := []any{v.Judged, v.Outcome, v.Reached, median, values}
	for _, part := range []*plan.DonePart{&v.Coachee, v.Others} {
		if part == nil {
			cells = append(cells, nil, nil)
		} else {
			cells = append(cells, part.Done, part.Whole)
		}
	}
	return append(cells, v.Support, v.NewPlan)
}

// Tables are a coach's.
func (r *Coach) Tables() []Table {
	opinions := Table{Name: "opinions", Columns: []string{"source", "question", "answers", "mean"}}
	for _, view := range []struct {
		source   string
		opinions []plan.Opinion
	}{{"pulse", r.Pulse}, {"self-assessment", r.Self}, {"360", r.Round}} {
		for _, o := range view.opinions {
			opinions.add(view.source, o.Question, unlessZero(o.Answers), unlessZero(o.Mean))
		}
	}
	weeks := chart.WeekRow{Name: r.ID, Weeks: r.Weeks}
	return []Table{r.figuresTable(), sessionsTable(r.Sessions), weeksTable(weeks), verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), opinions}
}

// Tables are a team's.
func (t *Team) Tables() []Table {
	bands := Table{Name: "bands", Columns: []string{"of", "from", "to", "people"}}
	for _, b := range t.Commitment {
		bands.add("commitment", b.From, b.To, b.People)
	}
	for _, b := range t.Each {
		bands.add("sessions", b.From, b.To, b.People)
	}
	metrics := Table{Name: "metrics", Columns: []string{"metric", "name", "unit", "people", "median", "median_before"}}
	for _, m := range t.Metrics {
		metrics.add(m.Key, m.Name, m.Unit, m.People, m.Median, m.Before)
	}
	tables := []Table{t.figuresTable(), bands, weeksTable(chart.WeekRow{Name: "coachees", Weeks: t.Weeks}), metrics}
	if t.Verdicts != nil {
		tables = append(tables, verdictsTable(*t.Verdicts, true))
	}
	if !t.Whole {
		return tables
	}
	coaches := Table{Name: "coaches", Columns: []string{"coach", "name", "figure", "period", "part", "whole", "percent"}}
	for _, c := range t.Coaches {
		for _, f := range c.rates() {
			t.sides(f, func(period string, q Quantity) {
				coaches.add(append([]any{c.ID, c.Name, f.Key, period}, q.cells()[:3]...)...)
			})
		}
	}
	teams := Table{Name: "teams", Columns: []string{"team", "figure", "people", "part", "whole", "percent", "number", "hidden"}}
	for _, row := range t.Teams {
		for i, q := range row.quantities() {
			cells := append([]any{row.Name, teamColumns[i], q.People}, q.cells()...)
			teams.add(append(cells, q.hidden())...)
		}
	}
	return append(tables, teams, coaches)
}
