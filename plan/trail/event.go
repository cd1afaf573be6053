package trail

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// An Event is one thing that a commit says, in the words of coaching: a change, whose
// Verb may be one of those below and whose What may be a "skill", "section", "file", ...
type Event struct {
	plan.Change
	Old    string       `json:"old,omitempty"` // of a date, target, owner, level or path that changed
	New    string       `json:"new,omitempty"`
	Doubt  string       `json:"doubt,omitempty"` // why a sign-off doesn't count; "" where it does
	Commit *plan.Commit `json:"-"`
	Minor  bool         `json:"-"` // nothing of the coaching changed
	Marked bool         `json:"-"` // another mark in place of one that was a result
}

// The verbs of events that plan's changes don't know.
const (
	VerbPromoted  = "promoted" // the role of a plan is the one that was the next
	VerbMigrated  = "migrated" // the same in a newer format
	VerbSignedOff = "signed-off"
	VerbWithdrawn = "withdrawn" // a sign-off
	VerbLeftOut   = "left-out"  // by a merge, what a commit had changed
)

// Events are those of one commit, file by file.
func Events(c *plan.Commit, read Documents) ([]Event, error) {
	t := &reader{read: read}
	events := signOffEvents(c)
	renamed := t.moves(c)
	gone := goneFrom(renamed)
	for _, file := range c.Files {
		if gone[file.Path] {
			continue
		}
		file.Others = slices.DeleteFunc(slices.Clone(file.Others), func(id string) bool { return id == "" })
		if file.Before == "" && len(file.Others) > 0 {
			file.Before = file.Others[0] // a merge changes what one of its parents has
		}
		was := file
		if from, ok := renamed[file.Path]; ok {
			was = from
			rename := RenameOf(from.Path, file.Path)
			events = append(events, newEvent(c, file.Path, rename.Verb, rename.What, from.Path, file.Path))
			if from.Before == file.After || ButForDay(t.sides(from, file)) {
				continue
			}
		}
		before, after := t.sides(was, file)
		if plan.IsMigration(c) && before != nil && after != nil && bytes.Equal(before.Migrated(), after.Text) {
			events = append(events, newEvent(c, file.Path, VerbMigrated, after.Kind.String(), "", ""))
			continue
		}
		news := fileEvents(before, after)
		if was.Before == file.After {
			news = []Event{{Change: plan.Change{Verb: plan.VerbMode, What: "file"}, Minor: true}}
		}
		for _, id := range file.Others { // a merge makes only what is as in none of its parents
			theirs := fileEvents(t.text(file.Path, id), after)
			news = slices.DeleteFunc(news, func(e Event) bool { return !slices.ContainsFunc(theirs, e.same) })
		}
		for _, e := range news {
			e.Commit, e.Path, e.Person = c, file.Path, personOf(file.Path)
			events = append(events, e)
		}
		if t.err != nil {
			return nil, t.err
		}
	}
	return events, t.err
}

// sides are a file before and after, as logs where one of them has a log's name.
func (t *reader) sides(was, is plan.FileVersion) (before, after *logparse.Document) {
	from, to := was.Path, is.Path
	if isLog(to) {
		from = to
	} else if isLog(from) && is.After != "" {
		to = from
	}
	return t.text(from, was.Before), t.text(to, is.After)
}

func newEvent(c *plan.Commit, path, verb, what, old, now string) Event {
	return Event{Change: plan.Change{Verb: verb, What: what, Path: path, Person: personOf(path)}, Commit: c, Old: old, New: now}
}

// personOf is the folder's name below people/.
func personOf(name string) string {
	if dir := path.Dir(name); path.Dir(dir) == "people" {
		return path.Base(dir)
	}
	return ""
}

// signOffEvents are of every sign-off and withdrawal in a message: a squash puts several into one.
func signOffEvents(c *plan.Commit) (events []Event) {
	for _, s := range plan.ReadSignOffs(c) {
		events = append(events, newEvent(c, s.Path, VerbSignedOff, "text", "", s.Person))
	}
	for _, w := range plan.ReadWithdrawals(c) {
		events = append(events, newEvent(c, w.Path, VerbWithdrawn, "text", w.SignOff, ""))
	}
	return events
}

func fileEvents(before, after *logparse.Document) []Event {
	if before != nil && after != nil && plan.SameText(before.Text, after.Text) {
		return []Event{{Change: plan.Change{Verb: plan.VerbStored, What: "file"}, Minor: true}}
	}
	if notText(before) || notText(after) {
		what := logparse.OtherFile
		if after != nil {
			what = after.Kind
		}
		return []Event{{Change: plan.Change{Verb: plan.VerbEdited, What: what.String()}}} // what it said, nobody can tell
	}
	var events []Event
	if before != nil && before.Plan != nil || after != nil && after.Plan != nil {
		events = planEvents(before, after)
	} else {
		for _, c := range plan.Changes(before, after) {
			e := Event{Change: c}
			e.Old, e.New = terms(c)
			e.Marked = isMarkedAnew(c)
			e.Before, e.After = nil, nil // a history would keep every version of every log
			events = append(events, e)
		}
	}
	edited := func(e Event) bool { return e.Verb == plan.VerbEdited }
	if before != nil && after != nil && !slices.ContainsFunc(events, func(e Event) bool { return !edited(e) }) && bytes.Equal(closeSet(before.Text), closeSet(after.Text)) {
		for i := range events {
			events[i].Minor = true
		}
	}
	return events
}

// closeSet is a text without blank lines, spaces at lines' ends, and more than one space
// between words or a table's cells: what people don't read.
func closeSet(text []byte) []byte {
	var lines [][]byte
	for line := range bytes.Lines(text) {
		words := bytes.Fields(line)
		if len(words) == 0 {
			continue
		}
		indent, _, _ := bytes.Cut(line, words[0])
		if words[0][0] == '|' {
			words = bytes.Fields(bytes.ReplaceAll(line, []byte("|"), []byte(" | ")))
		}
		lines = append(lines, append(bytes.Clone(indent), bytes.Join(words, []byte(" "))...))
	}
	return bytes.Join(lines, []byte("\n"))
}

func notText(doc *logparse.Document) bool {
	return doc != nil && doc.NotText() != nil
}

// same says whether two events are of one kind and of one thing, whatever was before.
func (e Event) same(o Event) bool { return e.Change.Same(o.Change) && e.New == o.New }

// isMarkedAnew says whether a result that was there is another one now, or none.
func isMarkedAnew(c plan.Change) bool {
	return c.Before != nil && c.After != nil && c.Before.IsTask() && c.Before.State != c.After.State && c.Before.State != logparse.Open && c.Before.State != logparse.Unknown
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
		e := Event{Change: plan.Change{Verb: c.Verb, What: c.What, Text: c.Name}, Old: c.Old, New: c.New}
		if c.What == "key" && c.Name == "role" && promotion(before, after) {
			e.Verb, e.What, e.Text = VerbPromoted, "person", ""
		}
		events = append(events, e)
	}
	if len(events) == 0 {
		events = []Event{{Change: plan.Change{Verb: plan.VerbEdited, What: "plan"}}}
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
