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

// Session fills a blank log in with all that is known: the people, the metrics to
// bring, what the coachee asked for in their preparation, every action due with its
// goal and remarks under Follow-through, and the goals that are running. blank is a
// template's text.
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
	if keys := metricsToBring(p); len(keys) > 0 {
		fields = append(fields, field{"metrics", "{" + strings.Join(keys, ": , ") + ": }"})
	}
	names := map[string]string{"DATE": longDate(m.Date), "COACHEE": p.Name, "COACH": nameOf(b, coach)}
	doc, err := fill(doc, "the template", names, fields)
	if err != nil {
		return nil, err
	}
	edits, err := sessionItems(p, m.Date, doc)
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

// sessionItems writes the agenda's figures, the account and the running goals.
func sessionItems(p *plan.Person, date logparse.Date, doc *logparse.Document) ([]logparse.Edit, error) {
	var edits []logparse.Edit
	for _, part := range []struct {
		section logparse.SectionName
		items   []string
	}{
		{logparse.Agenda, slices.Concat(figures(p), fromPreparation(p, date))},
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

// figures is the agenda's line on the last value of each metric, with the
// target where a goal has one.
func figures(p *plan.Person) []string {
	var last []string
	for _, key := range metricsToBring(p) {
		values := p.Observations(key)
		if len(values) == 0 {
			continue
		}
		figure := fmt.Sprintf("%s %s", key, logparse.FormatNumber(values[len(values)-1].Value))
		for _, g := range p.Goals {
			if g.Running() && g.Target.Set && g.Target.V.Metric == key {
				figure += fmt.Sprintf(" (target %s %s)", g.Target.V.Relation, logparse.FormatNumber(g.Target.V.Number))
			}
		}
		last = append(last, figure)
	}
	if len(last) == 0 {
		return nil
	}
	return []string{"- Last figures: " + strings.Join(last, ", ")}
}

// fromPreparation is what the coachee asked for before the session, in their
// own words: the focus and the help that they need (method 26, 53).
func fromPreparation(p *plan.Person, date logparse.Date) []string {
	prep := p.PreparationFor(date)
	if prep == nil {
		return nil
	}
	var items []string
	for _, part := range []struct {
		section logparse.SectionName
		what    string
	}{{logparse.Focus, "Focus"}, {logparse.Support, "Help needed"}} {
		switch lines := prep.Lines(part.section); len(lines) {
		case 0:
		case 1:
			items = append(items, fmt.Sprintf("- %s, from the preparation: %s", part.what, withoutBullet(lines[0])))
		default:
			items = append(items, fmt.Sprintf("- %s, from the preparation:\n  %s", part.what, strings.Join(lines, "\n  ")))
		}
	}
	return items
}

func withoutBullet(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ' {
		line = strings.TrimSpace(line[1:])
	}
	return line
}
