package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A field is a key of the front matter with its value, as YAML. An empty one is left out.
type field struct{ key, value string }

// fill writes what is known into a blank file: its title and front matter.
func fill(doc *logparse.Document, what string, title map[string]string, fields []field) (*logparse.Document, error) {
	return edit(doc, what, doc.FillTitle(title), fields)
}

// edit makes edits, and writes values of the front matter.
func edit(doc *logparse.Document, what string, edits []logparse.Edit, fields []field) (*logparse.Document, error) {
	var err error
	for _, f := range fields {
		var edit logparse.Edit
		if f.value == "" || err != nil {
			continue
		}
		edit, err = doc.SetField(f.key, f.value)
		edits = append(edits, edit)
	}
	if err == nil {
		doc, err = doc.Apply(edits...)
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be filled in: %w", what, err)
	}
	return doc, nil
}

// A Newcomer is what is known of somebody before they have a development plan.
type Newcomer struct {
	ID, Name, Role, Coach, Cadence string // "" for what isn't known
	Emails, KnownAs                []string
}

// Known is what a logbook knows of somebody, by its settings or their logs. Its own
// defaults stay out of it: they hold without a plan.
func Known(b *plan.Logbook, p *plan.Person) Newcomer {
	n := Newcomer{ID: p.ID, Coach: b.CoachOf(p)}
	if last := p.LastHeld(); n.Coach == "" && last != nil {
		n.Coach = last.Coach
	}
	if s := p.Settings; s != nil {
		n.Emails, n.KnownAs, n.Cadence = texts(s.Emails), texts(s.KnownAs), s.Cadence.V
		n.Name = s.Name.V
	}
	return n
}

func texts(values []logparse.Value[string]) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.V
	}
	return texts
}

// Plan fills a blank development plan in with what is known of somebody.
func Plan(n Newcomer, blank []byte, headings logparse.Headings) (*logparse.Document, error) {
	doc := logparse.Parse(logparse.PlanPath(n.ID), blank, headings)
	return fill(doc, "the template plan.md", map[string]string{"NAME": cmp.Or(n.Name, n.ID)}, []field{
		{"person", list(n.ID)}, {"name", list(n.Name)}, {"email", list(n.Emails...)}, {"known_as", list(n.KnownAs...)},
		{"role", list(n.Role)}, {"coach", list(n.Coach)}, {"cadence", n.Cadence},
	})
}

// list is one value as it is, several as a list in brackets, and none as nothing.
func list(values ...string) string {
	values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
	if len(values) == 1 {
		return logparse.QuoteYAML(values[0])
	}
	for i, v := range values {
		values[i] = logparse.QuoteFlow(v)
	}
	if len(values) == 0 {
		return ""
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// Assessment fills a blank assessment in: whose coaching it is about, and when.
func Assessment(doc *logparse.Document, kind, period, about string) (*logparse.Document, error) {
	var fields []field
	if doc.Assessment != nil && doc.Assessment.Person.V != about {
		fields = []field{{"about", about}}
	}
	return fill(doc, "the template "+kind+".md", map[string]string{"PERIOD": period, "COACH": about}, fields)
}

// Collected is the pulse of several people about a coach, without their names.
func Collected(coach, quarter string, people int, answers []logparse.Score) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "---\ntype: assessment\nkind: pulse\nabout: %s\nscores:\n", coach)
	for _, score := range answers {
		fmt.Fprintf(&out, "  %s: %s\n", score.Question, strings.ReplaceAll(fmt.Sprint(score.Answers), " ", ", "))
	}
	fmt.Fprintf(&out, `---

# Pulse, %s

Answers of %d people, without names and days. They are sorted, so nobody can tell
which ones came from the same person. If all are the same, everybody knows what
each person answered.

<!-- Everybody who can read this logbook can read this file. Git shows who committed
     it, and not who answered. Leave it as it is: comparing the versions would show
     which answers were added later. -->
`, quarter, people)
	return []byte(out.String())
}

// Action is the action of a log that a text names, by its id or its words: the log's
// only one where the text is "".
func Action(doc *logparse.Document, named string) (*logparse.Item, error) {
	var found []*logparse.Item
	var names []string
	for _, goal := range slices.Concat(doc.Session.ShortTerm, doc.Session.MidTerm) {
		for _, action := range goal.Actions {
			name := fmt.Sprintf("%q", action.Text)
			if action.ID.Set {
				name = "^" + action.ID.V
			}
			names = append(names, name)
			if named == "" || action.ID.Set && action.ID.V == strings.TrimPrefix(named, "^") || strings.EqualFold(action.Text, named) {
				found = append(found, action.Item)
			}
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(names) == 0:
		return nil, fmt.Errorf("%s has no action to counter", doc.Path)
	}
	return nil, fmt.Errorf("--action needs one of the log's actions: %s", strings.Join(names, ", "))
}

// Counter is a log's text with what somebody would rather do below an action.
func Counter(doc *logparse.Document, action *logparse.Item, text, by string) ([]byte, error) {
	edit, err := doc.AddCounter(action, text, by)
	if err != nil {
		return nil, fmt.Errorf("--counter: %w", err)
	}
	result, err := doc.Apply(edit)
	if err != nil {
		return nil, fmt.Errorf("--counter can't be written below %q: %w", action.Text, err)
	}
	return result.Text, nil
}

// Note is a log with one more line in its notes.
func Note(doc *logparse.Document, line string) ([]byte, error) {
	edit, err := doc.AppendItems(logparse.Notes, "- "+line)
	if err != nil {
		return nil, err
	}
	result, err := doc.Apply(edit)
	if err != nil {
		return nil, fmt.Errorf("the answer can't be written into %s: %w", doc.Path, err)
	}
	return result.Text, nil
}
