package trail

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// An Event is one thing that a commit says, in the words of coaching.
type Event struct {
	Verb    string       `json:"verb"`              // of plan's verbs, or one of those below
	What    string       `json:"what"`              // "goal", "action", "session", "plan", "skill", "section", "file", ...
	Path    string       `json:"file,omitempty"`    // relative to the logbook
	Person  string       `json:"person,omitempty"`  // whose folder it is in; "" of files of nobody
	ID      string       `json:"id,omitempty"`      // without ^; "" where it has none
	Text    string       `json:"text,omitempty"`    // of the goal or action, the key or the skill
	Goal    string       `json:"goal,omitempty"`    // of an action: its goal's text
	GoalID  string       `json:"-"`                 //
	Account bool         `json:"account,omitempty"` // said in Follow-through, of what was agreed before
	Old     string       `json:"old,omitempty"`     // of a date, target, owner, level or path that changed
	New     string       `json:"new,omitempty"`     //
	Doubt   string       `json:"doubt,omitempty"`   // why a sign-off doesn't count; "" where it does
	Commit  *plan.Commit `json:"-"`
}

// The verbs of events that plan's changes don't know.
const (
	VerbRenamed   = "renamed"  // the file has another path
	VerbPromoted  = "promoted" // the role of a plan is the one that was the next
	VerbSignedOff = "signed-off"
	VerbWithdrawn = "withdrawn" // a sign-off
)

// Documents reads one version of a file: the path is the logbook's, the id that of
// the content. An id "" is no document.
type Documents func(path, id string) (*logparse.Document, error)

// Events are those of one commit, file by file.
func Events(c *plan.Commit, read Documents) ([]Event, error) {
	events := signOffEvents(c)
	renamed, err := Renames(c, read)
	if err != nil {
		return nil, err
	}
	gone := make(map[string]bool)
	for _, from := range renamed {
		gone[from.Path] = true
	}
	for _, file := range c.Files {
		if gone[file.Path] {
			continue
		}
		was := file
		if from, ok := renamed[file.Path]; ok {
			was = from
			events = append(events, Event{Commit: c, Path: file.Path, Person: personOf(file.Path), Verb: VerbRenamed, What: "file", Old: from.Path, New: file.Path})
			if from.Before == file.After {
				continue
			}
		}
		before, err := read(was.Path, was.Before)
		if err != nil {
			return nil, err
		}
		after, err := read(file.Path, file.After)
		if err != nil {
			return nil, err
		}
		news := fileEvents(before, after)
		for _, id := range file.Others { // a merge makes only what is as in none of its parents
			other, err := read(file.Path, id)
			if err != nil {
				return nil, err
			}
			theirs := fileEvents(other, after)
			news = slices.DeleteFunc(news, func(e Event) bool { return !slices.ContainsFunc(theirs, e.same) })
		}
		for _, e := range news {
			e.Commit, e.Path, e.Person = c, file.Path, personOf(file.Path)
			events = append(events, e)
		}
	}
	return events, nil
}

// personOf is the folder's name below people/.
func personOf(name string) string {
	if dir := path.Dir(name); path.Dir(dir) == "people" {
		return path.Base(dir)
	}
	return ""
}

func signOffEvents(c *plan.Commit) []Event {
	if s, ok := plan.ReadSignOff(c); ok {
		return []Event{{Commit: c, Path: s.Path, Person: personOf(s.Path), Verb: VerbSignedOff, What: "text", New: s.Person}}
	}
	if id, path := plan.ReadWithdrawal(c); id != "" {
		return []Event{{Commit: c, Path: path, Person: personOf(path), Verb: VerbWithdrawn, What: "text", Old: id}}
	}
	return nil
}

func fileEvents(before, after *logparse.Document) []Event {
	if before != nil && after != nil && plan.SameText(before.Text, after.Text) {
		return nil // stored in another way
	}
	if notText(before) || notText(after) {
		what := logparse.OtherFile
		if after != nil {
			what = after.Kind
		}
		return []Event{{Verb: plan.VerbEdited, What: what.String()}} // what it said, nobody can tell
	}
	if plans(before, after) {
		return planEvents(before, after)
	}
	var events []Event
	for _, c := range plan.Changes(before, after) {
		e := Event{Verb: c.Verb, What: c.What, ID: c.ID, Text: c.Text, Goal: c.Goal, GoalID: c.GoalID, Account: c.Account}
		e.Old, e.New = terms(c)
		events = append(events, e)
	}
	return events
}

func notText(doc *logparse.Document) bool {
	return doc != nil && slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == logparse.NotText })
}

// same says whether two events are of one kind and of one thing, whatever was before.
func (e Event) same(o Event) bool {
	return e.Verb == o.Verb && e.What == o.What && e.ID == o.ID && e.Text == o.Text && e.Goal == o.Goal && e.GoalID == o.GoalID && e.Account == o.Account && e.New == o.New
}

func plans(docs ...*logparse.Document) bool {
	return slices.ContainsFunc(docs, func(d *logparse.Document) bool { return d != nil && d.Plan != nil })
}

// terms are what a change is from and to.
func terms(c plan.Change) (old, now string) {
	switch c.Verb {
	case plan.VerbMoved:
		return c.Before.Due.V.String(), c.After.Due.V.String()
	case plan.VerbTarget:
		return target(c.Before), target(c.After)
	case plan.VerbOwner:
		return c.Before.Owner.V, c.After.Owner.V
	case plan.VerbSet, plan.VerbAgreed:
		var parts []string
		if c.After.Owner.Set {
			parts = append(parts, "@"+c.After.Owner.V)
		}
		if c.After.Target.Set {
			parts = append(parts, target(c.After))
		}
		if c.After.Due.Set {
			parts = append(parts, "by "+c.After.Due.V.String())
		}
		return "", strings.Join(parts, ", ")
	}
	return "", ""
}

func target(it *logparse.Item) string {
	if !it.Target.Set {
		return ""
	}
	return it.Target.V.String()
}

// planEvents are those of a development plan. A role that was the next one is a
// promotion.
func planEvents(before, after *logparse.Document) []Event {
	var events []Event
	for _, c := range plan.PlanChanges(before, after) {
		e := Event{Verb: c.Verb, What: c.What, Text: c.Name, Old: c.Old, New: c.New}
		if c.What == "key" && c.Name == "role" && promotion(before, after) {
			e.Verb, e.What, e.Text = VerbPromoted, "person", ""
		}
		events = append(events, e)
	}
	if len(events) == 0 {
		events = []Event{{Verb: plan.VerbEdited, What: "plan"}}
	}
	return events
}

// promotion says whether a plan's role became the one that was the next, or the
// role's history says that the present one was a promotion.
func promotion(before, after *logparse.Document) bool {
	if before == nil || before.Plan == nil || after.Plan.Role.V == "" {
		return false
	}
	if strings.EqualFold(before.Plan.NextRole.V, after.Plan.Role.V) {
		return true
	}
	return slices.ContainsFunc(after.Plan.RoleHistory, func(e *logparse.PlanItem) bool {
		return e.Promoted && strings.EqualFold(e.Text, after.Plan.Role.V)
	})
}
