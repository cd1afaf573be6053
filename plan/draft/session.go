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
	"github.com/coachlog/coachlog/logparse/canonical"
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
	names := map[string]string{"DATE": longDate(m.Date), "COACHEE": p.Name, "COACH": b.Someone(b.Resolve(coach)).Name}
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
	if err == nil { // what is taken from earlier logs and the logbook's own template may be in any form
		doc, err = doc.Apply(canonical.Edits(doc)...)
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
		{logparse.FollowUp, followThrough(p, date)},
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
	edit, ok := doc.AddFigures(rows)
	var err error
	if !ok {
		edit, err = doc.SetField("metrics", "{"+strings.Join(keys, ": , ")+": }")
	}
	return []logparse.Edit{edit}, err
}
