package report

import (
	"errors"
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

// NewList lists all of a kind for which every condition holds: goals and actions go by
// the front matter of their person's plan.
func NewList(b *plan.Logbook, kind string, conditions []Condition) (*List, error) {
	notChosen := func(p *plan.Person) bool { return !allHold(conditions, p.PlanDoc) }
	people := slices.DeleteFunc(slices.Clone(b.People), notChosen)
	list := &List{}
	switch kind {
	case "sessions":
		list.addSessions(b, conditions)
	case "people":
		list.Columns = []string{"id", "name", "role", "coach", "cadence", "held"}
		for _, p := range slices.DeleteFunc(b.Members(), notChosen) {
			role := ""
			if p.Plan != nil {
				role = p.Plan.Role.V
			}
			list.add(p.ID, p.Name, role, b.CoachOf(p), b.CadenceOf(p), fmt.Sprint(len(p.HeldLogs())))
		}
	case "goals":
		list.Columns = []string{"coachee", "goal", "id", "horizon", "due", "outcome"}
		for _, p := range people {
			for _, g := range p.Goals {
				list.add(p.ID, g.Text, g.ID, string(g.Horizon), g.Due.String(), string(outcomeOf(g, ownView)))
			}
		}
	case "actions":
		list.Columns = []string{"agreed", "coachee", "owner", "action", "id", "result"}
		for _, p := range people {
			for _, a := range p.Agreements {
				list.add(a.Agreed.Date.String(), p.ID, a.Owner, a.Text, a.ID, string(a.Result))
			}
		}
	case "metrics":
		if len(conditions) > 0 {
			return nil, errors.New("metrics have no front matter, so --where chooses none of them")
		}
		list.addMetrics(b.Settings.Metrics)
	default:
		return nil, fmt.Errorf("%q can't be listed; it is one of %s", kind, strings.Join(ListKinds, ", "))
	}
	return list, nil
}

func (l *List) addSessions(b *plan.Logbook, conditions []Condition) {
	l.Columns = []string{"date", "coachee", "coach", "status", "kind", "file"}
	for _, p := range b.People {
		for _, log := range p.Logs {
			if allHold(conditions, log.Doc) {
				l.add(log.Date.String(), p.ID, log.Coach, string(log.Status.V), log.Kind.V, log.Path())
			}
		}
	}
	slices.SortStableFunc(l.Rows, func(x, y []string) int { return strings.Compare(x[0], y[0]) })
}

func (l *List) addMetrics(metrics []logparse.Metric) {
	l.Columns = []string{"key", "name", "unit", "direction", "possible", "target_from", "how"}
	for _, m := range metrics {
		possible := ""
		if m.Possible.Set {
			possible = logparse.FormatNumber(m.Possible.V.Low) + " to " + logparse.FormatNumber(m.Possible.V.High)
		}
		l.add(m.Key, m.Name.V, m.Unit.V, m.Direction.V, possible, m.TargetFrom.V, m.How.V)
	}
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
