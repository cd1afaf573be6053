package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// ListKinds are the kinds of things that can be listed.
var ListKinds = []string{"sessions", "people", "goals", "actions", "metrics"}

// A Condition chooses files by a key of their front matter.
type Condition struct {
	Key, Value string
	AnyValue   bool // the key only has to be there
}

func (c Condition) holds(doc *logparse.Document) bool {
	if doc == nil {
		return false
	}
	f := doc.Front.Field(c.Key)
	return f != nil && (c.AnyValue || f.Text == c.Value || slices.Contains(f.Values, c.Value))
}

func allHold(conditions []Condition, doc *logparse.Document) bool {
	return !slices.ContainsFunc(conditions, func(c Condition) bool { return !c.holds(doc) })
}

// A List is a table of things of one kind.
type List struct {
	Columns []string
	Rows    [][]string
}

// NewList lists all of a kind for which every condition holds.
func NewList(b *plan.Logbook, kind string, conditions []Condition) (*List, error) {
	switch kind {
	case "sessions":
		return listSessions(b, conditions), nil
	case "people":
		return listPeople(b, conditions), nil
	case "goals":
		return listGoals(b, conditions), nil
	case "actions":
		return listActions(b, conditions), nil
	case "metrics":
		return listMetrics(b, conditions)
	}
	return nil, fmt.Errorf("%q can't be listed; it is one of %s", kind, strings.Join(ListKinds, ", "))
}

func listSessions(b *plan.Logbook, conditions []Condition) *List {
	list := &List{Columns: []string{"date", "coachee", "coach", "status", "kind", "file"}}
	for _, p := range b.People {
		for _, log := range p.Logs {
			if allHold(conditions, log.Doc) {
				list.add(log.Date.String(), p.ID, log.Coach, string(log.Status.V), log.Kind.V, log.Path())
			}
		}
	}
	slices.SortStableFunc(list.Rows, func(x, y []string) int { return strings.Compare(x[0], y[0]) })
	return list
}

func listPeople(b *plan.Logbook, conditions []Condition) *List {
	list := &List{Columns: []string{"id", "name", "role", "coach", "cadence", "held"}}
	for _, p := range b.Members() {
		if len(conditions) > 0 && !allHold(conditions, p.PlanDoc) {
			continue
		}
		role := ""
		if p.Plan != nil {
			role = p.Plan.Role.V
		}
		list.add(p.ID, p.Name, role, b.CoachOf(p), b.CadenceOf(p), fmt.Sprint(len(p.HeldLogs())))
	}
	return list
}

func listGoals(b *plan.Logbook, conditions []Condition) *List {
	list := &List{Columns: []string{"coachee", "goal", "id", "horizon", "due", "outcome"}}
	for _, p := range b.People {
		for _, g := range p.Goals {
			if len(conditions) == 0 || allHold(conditions, p.PlanDoc) {
				list.add(p.ID, g.Text, g.ID, string(g.Horizon), g.Due.String(), string(outcomeOf(g, ownView)))
			}
		}
	}
	return list
}

func listActions(b *plan.Logbook, conditions []Condition) *List {
	list := &List{Columns: []string{"agreed", "coachee", "owner", "action", "id", "result"}}
	for _, p := range b.People {
		for _, a := range p.Agreements {
			if len(conditions) == 0 || allHold(conditions, p.PlanDoc) {
				list.add(a.Agreed.Date.String(), p.ID, a.Owner, a.Text, a.ID, string(a.Result))
			}
		}
	}
	return list
}

func listMetrics(b *plan.Logbook, conditions []Condition) (*List, error) {
	if len(conditions) > 0 {
		return nil, fmt.Errorf("metrics have no front matter, so --where chooses none of them")
	}
	list := &List{Columns: []string{"key", "name", "unit", "direction", "possible", "target_from", "how"}}
	for _, m := range b.Settings.Metrics {
		possible := ""
		if m.Possible.Set {
			possible = logparse.FormatNumber(m.Possible.V.Low) + " to " + logparse.FormatNumber(m.Possible.V.High)
		}
		list.add(m.Key, m.Name.V, m.Unit.V, m.Direction.V, possible, m.TargetFrom.V, m.How.V)
	}
	return list, nil
}

func (l *List) add(cells ...string) { l.Rows = append(l.Rows, cells) }

// JSON is an object for each row.
func (l *List) JSON() any {
	rows := make([]map[string]string, len(l.Rows))
	for i, row := range l.Rows {
		rows[i] = make(map[string]string)
		for j, column := range l.Columns {
			rows[i][column] = row[j]
		}
	}
	return rows
}

// Page is the list as a table, with its head also where nothing is in it.
func (l *List) Page() *page.Page {
	return &page.Page{Sections: []page.Section{{Blocks: []page.Block{page.Table{Columns: l.Columns, Rows: l.Rows, Whole: true}}}}}
}
