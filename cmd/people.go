package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// find is the present id of somebody who is named by any of their ids: of the
// roster, with a folder, or, where logs were read, named in these. Else the error
// says who there is.
func (w *workspace) find(name string, inLogs ...func(id string) bool) (string, error) {
	if w.knows(name) || slices.ContainsFunc(inLogs, func(named func(string) bool) bool { return named(name) }) {
		return w.Roster.Resolve(name), nil
	}
	return "", w.nobody(name)
}

// named are the ids of people who are named, each once, in order.
func (w *workspace) named(names []string, inLogs ...func(id string) bool) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := w.find(name, inLogs...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// nobody says that nobody has an id, and who there is.
func (w *workspace) nobody(id string) error {
	if unread := w.unreadPlan(); unread != "" {
		return hint.New(unread, "not every plan can be read, so coachlog can't tell who %q is", id)
	}
	return hint.New("to add somebody: coachlog new person ID", "there is nobody called %q here%s; %s", id, w.didYouMean(id), w.people())
}

// didYouMean finds whom a mistyped id or a name means.
func (w *workspace) didYouMean(name string) string {
	for _, p := range w.members() {
		if p.Name != p.ID && (strings.EqualFold(name, p.Name) || strings.EqualFold(name, strings.Fields(p.Name + " -")[0])) {
			return fmt.Sprintf(" (did you mean %s, %s?)", p.ID, p.Name)
		}
	}
	return hint.DidYouMean(name, idsOf(w.members()))
}

// unreadPlan is the first plan that is no text here, and what to do; "" where all are.
func (w *workspace) unreadPlan() string {
	for _, doc := range w.shared.Docs {
		if d := doc.NotText(); d != nil && path.Base(doc.Path) == "plan.md" {
			return doc.Path + ": " + d.String()
		}
	}
	return ""
}

// members are the people who are known or have logs, by id.
func (w *workspace) members() []*plan.Person {
	members := slices.Clone(w.Roster.Known)
	for id := range w.Folders {
		if p := w.Roster.Someone(id); !p.Known && len(w.judge(id).Person(id).Logs) > 0 {
			members = append(members, p)
		}
	}
	slices.SortFunc(members, func(x, y *plan.Person) int { return cmp.Compare(x.ID, y.ID) })
	return members
}

// people names everybody, as the end of a message.
func (w *workspace) people() string {
	const most = 20
	ids := idsOf(w.members())
	switch more := len(ids) - most; {
	case more > 1:
		return fmt.Sprintf("the people are %s and %d more: coachlog list people", strings.Join(ids[:most], ", "), more)
	case len(ids) > 0:
		return "the people are " + strings.Join(ids, ", ")
	}
	return "the logbook has no people yet"
}

func idsOf(people []*plan.Person) []string {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids
}

// personOrAsk is the id of the person that an argument names; without one, it asks.
func (a *app) personOrAsk(w *workspace, args []string, question string) (string, error) {
	if len(args) > 0 {
		return w.find(args[0])
	}
	if !a.Interactive {
		return "", fmt.Errorf("name a person; %s", w.people())
	}
	var options []terminal.Option
	for _, p := range w.members() {
		options = append(options, terminal.Option{Value: p.ID, Label: p.Name})
	}
	if len(options) == 0 {
		return "", errors.New("this logbook has no people yet; to add somebody: coachlog new person ID")
	}
	return a.choose(question, options)
}

// openPerson is readPerson where nothing else is asked of the logbook before.
func (a *app) openPerson(args []string, question string) (*book, *plan.Person, error) {
	w, err := a.openRoster()
	if err != nil {
		return nil, nil, err
	}
	return a.readPerson(w, args, question)
}

// readPerson reads the folder of the person that an argument names; without one, it
// asks.
func (a *app) readPerson(w *workspace, args []string, question string) (*book, *plan.Person, error) {
	id, err := a.personOrAsk(w, args, question)
	if err != nil {
		return nil, nil, err
	}
	if len(args) == 0 { // others may have written while a person was asked
		if w, err = a.openRoster(); err != nil {
			return nil, nil, err
		}
	}
	b := w.judge(id)
	p := b.Person(id)
	if !p.Known && !slices.ContainsFunc(b.Docs, func(d *logparse.Document) bool { return !d.Broken() }) {
		return nil, nil, w.nobody(id) // there is a folder, and nothing in it that can be read
	}
	return b, p, nil
}
