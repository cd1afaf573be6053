// Package draft writes what people fill in: the log of a session to come, with all
// that is known already, preparations, development plans and assessments. It chooses
// the questions to ask, and writes what somebody would rather do. It judges nothing.
package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Meeting says what is known of a session before it takes place.
type Meeting struct {
	Date  logparse.Date
	Kind  string // of logparse.Kinds; "" or "regular" is not written down
	Coach string // id of who leads it; "" is the person's coach
	Path  string // of the file to be
}

// Session fills a blank log in with all that is known: the people, the last figures,
// what the coachee asked for in their preparation, every action due with its goal and
// remarks under Follow-through, and the goals that are running. A talk is about what
// came up, and asks for nothing else. blank is a template's text.
func Session(b *plan.Logbook, p *plan.Person, m Meeting, blank []byte) (*logparse.Document, error) {
	doc := logparse.Parse(m.Path, blank, b.Settings.Headings)
	if doc.Session == nil {
		return nil, fmt.Errorf("the template is not a session log")
	}
	coach := cmp.Or(m.Coach, b.CoachOf(p))
	fields := []field{{"coachee", p.ID}, {"date", m.Date.String()}, {"coach", coach}}
	if m.Kind != "regular" {
		fields = append(fields, field{"kind", m.Kind})
	}
	names := map[string]string{"DATE": longDate(m.Date), "COACHEE": p.Name, "COACH": nameOf(b, coach)}
	doc, err := fill(doc, "the template", names, fields)
	if err != nil {
		return nil, err
	}
	edits, err := fromPreparation(b, p, m.Date, doc)
	if err == nil && !plan.Reactive(m.Kind) && m.Kind != "peer" {
		var more []logparse.Edit
		more, err = sessionItems(p, m.Date, doc)
		edits = append(edits, more...)
	}
	if err == nil {
		doc, err = doc.Apply(edits...)
	}
	if err != nil {
		return nil, fmt.Errorf("the template can't be filled in: %w", err)
	}
	return doc, nil
}

// metricsToBring are the metrics of the person's running goals and of their last
// held session.
func metricsToBring(p *plan.Person) []string {
	var keys []string
	if last := p.LastHeld(); last != nil {
		for _, m := range last.Metrics {
			keys = append(keys, m.Metric)
		}
	}
	for _, g := range p.Goals {
		if g.Running() && g.Target.Set {
			keys = append(keys, g.Target.V.Metric)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func nameOf(b *plan.Logbook, id string) string {
	if p := b.Person(id); p != nil {
		return p.Name
	}
	return id
}

func longDate(d logparse.Date) string { return d.Time().Format("2 January 2006") }

// sessionItems writes the figures, what is due and the running goals.
func sessionItems(p *plan.Person, date logparse.Date, doc *logparse.Document) ([]logparse.Edit, error) {
	edits, err := figures(p, date, doc)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		section logparse.SectionName
		items   []string
	}{
		{logparse.FollowUp, followUp(p, date)},
		{logparse.ShortTerm, shortTerm(p, date)},
		{logparse.MidTerm, midTerm(p, date)},
		{logparse.LongTerm, longTerm(p)},
	} {
		if len(part.items) == 0 {
			continue
		}
		edit, err := doc.AppendItems(part.section, strings.Join(part.items, "\n"))
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return edits, nil
}

// figures writes the last value of each metric, with the target where a goal has one,
// into the table. A template without a place for it has the metrics' names in its
// front matter.
func figures(p *plan.Person, date logparse.Date, doc *logparse.Document) ([]logparse.Edit, error) {
	keys := metricsToBring(p)
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []logparse.Figure
	for _, key := range keys {
		row := logparse.Figure{Metric: key}
		for _, o := range p.Observations(key) {
			if o.Date.Before(date) {
				row.Last = logparse.FormatNumber(o.Value)
			}
		}
		var targets []string
		for _, g := range p.Goals {
			if target := g.Target.V; g.Running() && g.Target.Set && target.Metric == key {
				targets = append(targets, target.Relation+" "+logparse.FormatNumber(target.Number))
			}
		}
		row.Target = strings.Join(targets, ", ")
		rows = append(rows, row)
	}
	edit, ok, err := doc.AddFigures(rows)
	if !ok && err == nil {
		edit, err = doc.SetField("metrics", "{"+strings.Join(keys, ": , ")+": }")
	}
	return []logparse.Edit{edit}, err
}

// followUp is every action whose account is due on date, or was due and
// never given, under its goal; and every goal that is to be judged.
func followUp(p *plan.Person, date logparse.Date) []string {
	var items []string
	for _, g := range p.Goals {
		due := make(map[*logparse.Item]*plan.Agreement)
		for _, a := range g.Agreements {
			if a.Result == plan.Open && a.DueOn(date) || a.Result == plan.NoAccount && !a.TakenUp() {
				due[a.Stated.Item] = a
			}
		}
		if len(due) > 0 || g.Horizon == plan.ShortTerm && g.JudgedOn(date) && g.State != logparse.Dropped {
			items = append(items, copyGoal(g, due))
		}
	}
	return items
}

// copyGoal is a goal's own lines with some of its actions. Actions that an
// earlier session stated are taken from there.
func copyGoal(g *plan.Goal, actions map[*logparse.Item]*plan.Agreement) string {
	stated := lastPlanned(g)
	copied := make(map[*logparse.Item]bool)
	keep := func(it *logparse.Item) (logparse.State, bool) {
		if it == stated.Goal.Item {
			return carriedState(g.State), true
		}
		a, ok := actions[it]
		copied[it] = ok
		if !ok {
			return logparse.Open, false
		}
		return carriedState(a.Progress), true
	}
	text := stated.Log.Doc.Copy(stated.Goal.Item, keep)
	for _, a := range g.Agreements {
		it := a.Stated.Item
		if actions[it] != a || copied[it] {
			continue
		}
		own := a.StatedIn.Doc.Copy(it, func(nested *logparse.Item) (logparse.State, bool) {
			return carriedState(a.Progress), nested == it
		})
		for _, c := range a.Counters {
			if !slices.ContainsFunc(it.Counters(), func(there logparse.Counter) bool { return there.Text == c.Text }) {
				own += "\n  - " + c.Item.Text // a line that carries on in short may leave it out
			}
		}
		text += "\n  " + strings.ReplaceAll(own, "\n", "\n  ")
	}
	return text
}

// lastPlanned is the goal as the last plan states it; one that is only carried
// on may be written in short.
func lastPlanned(g *plan.Goal) *plan.Statement {
	for _, s := range slices.Backward(g.Stated) {
		if !s.Carried {
			return s
		}
	}
	return g.LastStated()
}

// carriedState is how the last word on an item is written in the next log:
// progress is kept, and what was carried on is open again.
func carriedState(s logparse.State) logparse.State {
	switch s {
	case logparse.Done, logparse.Partly, logparse.Dropped:
		return s
	}
	return logparse.Open
}

// shortTerm is each goal whose plan was wrong and is due new actions, with
// a place for them; and each short-term goal that runs past date, with those of
// its actions that are not due yet.
func shortTerm(p *plan.Person, date logparse.Date) []string {
	var items []string
	for _, v := range p.OwedPlans() {
		if !v.Goal.Running() {
			items = append(items, copyGoal(v.Goal, nil)+"\n  - [ ] <!-- New actions and a new date: the old actions were done, and the goal was missed. -->")
		}
	}
	for _, g := range p.Goals {
		if g.Horizon == plan.ShortTerm && g.Running() && !g.JudgedOn(date) {
			items = append(items, copyGoal(g, openAfter(g, date)))
		}
	}
	return items
}

// midTerm is each running mid-term goal, with those of its actions that are
// not due yet. Those that are due have their account first: what goes on after
// it is agreed again, and never by a line that somebody forgot to take out.
func midTerm(p *plan.Person, date logparse.Date) []string {
	var items []string
	for _, g := range p.Goals {
		if g.Horizon == plan.MidTerm && g.Running() {
			items = append(items, copyGoal(g, openAfter(g, date)))
		}
	}
	return items
}

// openAfter are the goal's open actions whose account isn't due on date yet, by
// the items that last stated them.
func openAfter(g *plan.Goal, date logparse.Date) map[*logparse.Item]*plan.Agreement {
	later := make(map[*logparse.Item]*plan.Agreement)
	for _, a := range g.Agreements {
		if a.Result == plan.Open && !a.DueOn(date) {
			later[a.Stated.Item] = a
		}
	}
	return later
}

// longTerm is the long-term goals as the last session that has any had them.
func longTerm(p *plan.Person) []string {
	for _, log := range slices.Backward(p.HeldLogs()) {
		var items []string
		for _, g := range log.LongTerm {
			items = append(items, log.Doc.Copy(g.Item, func(it *logparse.Item) (logparse.State, bool) { return it.State, true }))
		}
		if len(items) > 0 {
			return items
		}
	}
	return nil
}
