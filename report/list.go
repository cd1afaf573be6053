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

// NewList is the list of a kind, with nobody in it yet. Metrics are those of the
// settings.
func NewList(kind string, conditions []Condition, settings *logparse.Settings) (*List, error) {
	list := &List{Columns: listColumns[kind]}
	switch {
	case list.Columns == nil:
		return nil, fmt.Errorf("%q can't be listed; it is one of %s", kind, strings.Join(ListKinds, ", "))
	case kind != "metrics":
		return list, nil
	case len(conditions) > 0:
		return nil, fmt.Errorf("metrics have no front matter, so --where doesn't apply to them")
	}
	list.addMetrics(settings)
	return list, nil
}

var listColumns = map[string][]string{
	"sessions": {"date", "coachee", "coach", "status", "kind", "file"},
	"people":   {"id", "name", "role", "coach", "cadence", "held"},
	"goals":    {"coachee", "goal", "id", "horizon", "due", "outcome"},
	"actions":  {"agreed", "coachee", "owner", "action", "id", "result"},
	"metrics":  {"key", "name", "unit", "direction", "possible", "target_from", "how"},
}

// ListRows are a list's rows about the people who are judged: those for which every
// condition holds.
func ListRows(b *plan.Logbook, kind string, conditions []Condition) [][]string {
	var rows List
	for _, p := range b.Judged() {
		chosen := len(conditions) == 0 || allHold(conditions, p.PlanDoc)
		switch {
		case kind == "sessions":
			for _, log := range p.Logs {
				if allHold(conditions, log.Doc) {
					rows.add(log.Date.String(), p.ID, log.Coach, string(log.Status.V), log.Kind.V, log.Path())
				}
			}
		case !chosen:
		case kind == "people" && (p.Known || len(p.Logs) > 0):
			role := ""
			if p.Plan != nil {
				role = p.Plan.Role.V
			}
			rows.add(p.ID, p.Name, role, b.CoachOf(p), b.CadenceOf(p), fmt.Sprint(len(p.HeldLogs())))
		case kind == "goals":
			for _, g := range p.Goals {
				rows.add(p.ID, g.Text, g.ID, string(g.Horizon), g.Due.String(), string(outcomeOf(g, ownView)))
			}
		case kind == "actions":
			for _, a := range p.Agreements {
				rows.add(a.Agreed.Date.String(), p.ID, a.Owner, a.Text, a.ID, string(a.Result))
			}
		}
	}
	return rows.Rows
}

// ByDate puts the rows in the order of their first column.
func (l *List) ByDate() {
	slices.SortStableFunc(l.Rows, func(x, y []string) int { return strings.Compare(x[0], y[0]) })
}

func (l *List) addMetrics(settings *logparse.Settings) {
	for _, m := range settings.Metrics {
		possible := ""
		if m.Possible.Set {
			possible = logparse.FormatNumber(m.Possible.V.Low) + " to " + logparse.FormatNumber(m.Possible.V.High)
		}
		l.add(m.Key, m.Name.V, m.Unit.V, m.Direction.V, possible, m.TargetFrom.V, m.How.V)
	}
}

// add adds a row of texts of its own: parts of a file's text would keep the file.
func (l *List) add(cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.Clone(cell)
	}
	l.Rows = append(l.Rows, cells)
}

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
