package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Table is one table of a review, for spreadsheets.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]any // text, numbers and dates; nil is an empty cell
}

func (t *Table) add(cells ...any) { t.Rows = append(t.Rows, cells) }

// CSV writes the table, with lines that end as those of every other file do. No
// spreadsheet runs a cell of it.
func (t Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = csvCell(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return defuse(terminal.Escape(v))
	case *int:
		if v == nil {
			return ""
		}
		return fmt.Sprint(*v)
	case *bool:
		if v == nil {
			return ""
		}
		return fmt.Sprint(*v)
	case *float64:
		if v == nil {
			return ""
		}
		return logparse.FormatNumber(*v)
	case float64:
		return logparse.FormatNumber(v)
	case fmt.Stringer: // a date
		return v.String()
	}
	return fmt.Sprint(cell)
}

// defuse puts an apostrophe in front of text that a spreadsheet would run, also
// behind blanks of any kind (OWASP, CSV injection).
func defuse(text string) string {
	start := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return "'" + text
	}
	return text
}

// figuresTable is the table that every review has.
func (h Head) figuresTable() Table {
	t := Table{Name: "figures", Columns: []string{"figure", "of", "title", "period", "part", "whole", "percent", "number", "unit", "over_logs", "people", "hidden"}}
	for _, f := range h.Figures {
		for _, side := range []struct {
			period string
			q      Quantity
		}{{h.Period.Name, f.Now}, {h.Before.Name, f.Before}} {
			row := []any{f.Key, f.Of, f.Title, side.period, nil, nil, nil, side.q.Number, side.q.Unit, nil, side.q.People, nil}
			if r := side.q.Rate; r != nil {
				row[4], row[5], row[6] = r.Part, r.Whole, r.Percent
			}
			if side.q.Over > 0 {
				row[9] = side.q.Over
			}
			if side.q.Hidden {
				row[11] = "yes"
			}
			t.add(row...)
		}
	}
	return t
}

func weeksTable(rows func(add func(owner string, weeks []WeekReport))) Table {
	t := Table{Name: "weeks", Columns: []string{"monday", "owner", "kept", "partly", "not_kept"}}
	rows(func(owner string, weeks []WeekReport) {
		for _, w := range weeks {
			t.add(w.Monday, owner, w.Kept, w.Partly, w.NotKept)
		}
	})
	return t
}

func sessionsTable(sessions []SessionReport) Table {
	t := Table{Name: "sessions", Columns: []string{"date", "status", "kind", "minutes", "talk"}}
	for _, s := range sessions {
		var minutes any
		if s.Minutes > 0 {
			minutes = s.Minutes
		}
		t.add(s.Date, string(s.Status), s.Kind, minutes, s.Talk)
	}
	return t
}

func verdictsTable(v Verdicts, told bool) Table {
	t := Table{Name: "verdicts", Columns: []string{"verdict", "goals"}}
	if !told {
		return t
	}
	t.add("plan worked", v.Worked)
	t.add("plan was wrong", v.WasWrong)
	t.add("reached another way", v.AnotherWay)
	t.add("follow-through first", v.FollowThrough)
	t.add("no verdict", v.NoVerdict)
	return t
}

// Tables are a person's.
func (r *Person) Tables() []Table {
	commitment := Table{Name: "commitment", Columns: []string{"owner", "coachee", "kept", "partly", "not_kept", "dropped", "no_account", "carried"}}
	for _, s := range r.Sides {
		commitment.add(s.Owner, s.Coachee, s.Kept, s.Partly, s.NotKept, s.Dropped, s.NoAccount, s.Carried)
	}
	goals := Table{Name: "goals", Columns: []string{"horizon", "goal", "id", "due", "target", "proposed_by", "outcome", "judged", "verdict", "followed", "reached", "value", "value_on", "new_plan"}}
	actions := Table{Name: "actions", Columns: []string{"goal", "action", "id", "owner", "agreed", "account", "result", "carried"}}
	for _, of := range []struct {
		horizon string
		goals   []GoalReport
	}{{"short-term", r.Short}, {"mid-term", r.Mid}} {
		for _, g := range of.goals {
			head := []any{of.horizon, g.Text, g.ID, g.Due, g.Target, g.By, string(g.Outcome)}
			if len(g.Verdicts) == 0 {
				goals.add(append(head, nil, nil, nil, nil, nil, nil, nil)...)
			}
			for _, v := range g.Verdicts {
				goals.add(append(head[:len(head):len(head)], v.Judged, string(v.Outcome), v.Followed, v.Reached, v.Value, v.ValueOn, v.NewPlan)...)
			}
			for _, a := range g.Actions {
				for _, agreement := range a.Agreements {
					actions.add(g.Text, a.Text, a.ID, a.Owner, agreement.Agreed, agreement.Account, string(agreement.Result), agreement.Carried)
				}
			}
		}
	}
	skills := Table{Name: "skills", Columns: []string{"skill", "next_role", "level", "practice_kept", "practice_due"}}
	for _, s := range r.Skills {
		skills.add(s.Text, s.Next, string(s.Level), s.Practice.Part, s.Practice.Whole)
	}
	metrics := Table{Name: "metrics", Columns: []string{"metric", "name", "unit", "date", "value", "target", "trend"}}
	for _, m := range r.Metrics {
		for _, v := range m.Values {
			metrics.add(m.Key, m.Name, m.Unit, v.Date, v.Value, m.Target, string(m.Trend))
		}
	}
	open := Table{Name: "open", Columns: []string{"owner", "action", "id", "goal", "due", "overdue", "agreed", "result"}}
	for _, a := range r.Open {
		open.add(a.Owner, a.Text, a.ID, a.Goal, a.Due, a.Overdue, a.Agreed, string(a.Result))
	}
	weeks := weeksTable(func(add func(string, []WeekReport)) {
		for _, s := range r.Sides {
			add(s.Owner, s.Weeks)
		}
	})
	return []Table{r.figuresTable(), sessionsTable(r.Session.List), commitment, weeks, verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), goals, actions, skills, metrics, open}
}

// Tables are a coach's.
func (r *Coach) Tables() []Table {
	opinions := Table{Name: "opinions", Columns: []string{"source", "question", "answers", "mean"}}
	for _, view := range []struct {
		source   string
		opinions []OpinionReport
	}{{"pulse", r.Pulse}, {"self-assessment", r.Self}, {"360", r.Round}} {
		for _, o := range view.opinions {
			opinions.add(view.source, o.Question, o.Answers, o.Mean)
		}
	}
	weeks := weeksTable(func(add func(string, []WeekReport)) { add(r.ID, r.Weeks) })
	return []Table{r.figuresTable(), sessionsTable(r.Sessions), weeks, verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), opinions}
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
	weeks := weeksTable(func(add func(string, []WeekReport)) { add("coachees", t.Weeks) })
	tables := []Table{t.figuresTable(), bands, weeks, metrics}
	if t.Verdicts != nil {
		tables = append(tables, verdictsTable(*t.Verdicts, true))
	}
	if !t.Whole {
		return tables
	}
	coaches := Table{Name: "coaches", Columns: []string{"coach", "name", "figure", "period", "part", "whole", "percent"}}
	for _, c := range t.Coaches {
		for _, d := range duties {
			f := c.figure(d.key)
			if f == nil {
				continue
			}
			coaches.add(c.ID, c.Name, f.Key, t.Period.Name, f.Now.Rate.Part, f.Now.Rate.Whole, f.Now.Rate.Percent)
			coaches.add(c.ID, c.Name, f.Key, t.Before.Name, f.Before.Rate.Part, f.Before.Rate.Whole, f.Before.Rate.Percent)
		}
	}
	teams := Table{Name: "teams", Columns: []string{"team", "figure", "people", "part", "whole", "percent", "number", "hidden"}}
	for _, row := range t.Teams {
		for _, cell := range []struct {
			key string
			q   Quantity
		}{{"sessions_held", row.Held}, {"commitment", row.Commitment}, {"follow_up", row.FollowUp}, {"plan_success", row.Success}} {
			cells := []any{row.Name, cell.key, cell.q.People, nil, nil, nil, cell.q.Number, nil}
			if cell.q.Rate != nil {
				cells[3], cells[4], cells[5] = cell.q.Rate.Part, cell.q.Rate.Whole, cell.q.Rate.Percent
			}
			if cell.q.Hidden {
				cells[7] = "yes"
			}
			teams.add(cells...)
		}
	}
	return append(tables, teams, coaches)
}
