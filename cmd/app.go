package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// An app is what every command shares: the streams and the flags that stand
// before or behind any command.
type app struct {
	*terminal.Streams

	dir string        // -C
	day logparse.Date // --today
}

// today is the civil date where the user is, or that of --today.
func (a *app) today() logparse.Date {
	if a.day.IsZero() {
		return logparse.DateOf(time.Now())
	}
	return a.day
}

// folder is where the logbook is looked for.
func (a *app) folder() string { return cmp.Or(a.dir, os.Getenv("COACHLOG_DIR"), ".") }

// find opens the logbook.
func (a *app) find() (*logbook.Dir, error) {
	dir, err := logbook.Find(a.folder())
	if errors.Is(err, logbook.ErrNotFound) {
		if bare, _ := gitrepo.FindToRead(a.folder()); bare != nil && bare.Root() == "" {
			_, refusal := gitrepo.Find(a.folder())
			return nil, refusal
		}
		return nil, hint.New("to start one here: coachlog init; to use another: coachlog -C FOLDER", "%w", err)
	}
	return dir, err
}

// lock keeps other coachlogs that write from the logbook, until unlock or the
// program's end.
func (a *app) lock() (unlock func(), err error) {
	dir, err := a.find()
	if err != nil {
		return nil, err
	}
	return dir.Lock()
}

// print writes what a command found, in the format that was asked for.
func (a *app) print(format string, thing any) error {
	return report.Write(a.Out, thing, report.Output{Format: format, Style: a.OutStyle})
}

// A book is a logbook that was read and judged.
type book struct {
	*plan.Logbook
	dir      *logbook.Dir
	contents *logbook.Contents
	today    logparse.Date
}

// locate finds the logbook, and says which day it is.
func (a *app) locate() (*logbook.Dir, logparse.Date, error) {
	dir, err := a.find()
	return dir, a.today(), err
}

// read opens, reads and judges the logbook.
func (a *app) read() (*book, error) {
	dir, today, err := a.locate()
	if err != nil {
		return nil, err
	}
	progress := a.Progress()
	contents, err := dir.Read(func(done, all int) { progress.Say("reading", done, all) })
	progress.Done()
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", logbook.SettingsName, err)
	}
	var observations []plan.Observation
	for _, m := range contents.Metrics {
		observations = append(observations, plan.ObservationsOf(m.Doc.Path, m.Rows)...)
	}
	return &book{plan.New(contents.Settings, contents.Docs, observations), dir, contents, today}, nil
}

// otherDocs are the documents besides logs and plans.
func (b *book) otherDocs() []*logparse.Document {
	docs := []*logparse.Document{b.contents.SettingsDoc}
	for _, m := range b.contents.Metrics {
		docs = append(docs, m.Doc)
	}
	return docs
}

// person finds somebody by id, or says who there is.
func (b *book) person(id string) (*plan.Person, error) {
	if p := b.Person(id); p != nil {
		return p, nil
	}
	if unread := b.unreadPlan(); unread != "" {
		return nil, hint.New(unread, "not every plan can be read, so coachlog can't tell who %q is", id)
	}
	return nil, hint.New("to add somebody: coachlog new person ID", "there is nobody called %q here; the people are %s", id, b.ids())
}

func (b *book) ids() string { return cmp.Or(strings.Join(idsOf(b.Members()), ", "), "none yet") }

func idsOf(people []*plan.Person) []string {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids
}

// personOrAsk is the person that an argument names; without one, it asks.
func (a *app) personOrAsk(b *book, args []string, question string) (*plan.Person, error) {
	if len(args) > 0 {
		return b.person(args[0])
	}
	if !a.Interactive {
		return nil, fmt.Errorf("name a person: %s", b.ids())
	}
	var options []terminal.Option
	for _, p := range b.Members() {
		options = append(options, terminal.Option{Value: p.ID, Label: p.Name})
	}
	if len(options) == 0 {
		return nil, errors.New("this logbook has no people yet; to add somebody: coachlog new person ID")
	}
	id, err := a.Choose(question, options)
	if err != nil {
		return nil, err
	}
	return b.person(id)
}

// inLogbook is a path as the logbook names it; something has to be there.
func (a *app) inLogbook(dir *logbook.Dir, name string) (string, error) {
	rel, err := a.placeInLogbook(dir, name)
	if err == nil && rel != "." && !dir.Exists(rel) {
		return "", fmt.Errorf("%s does not exist", name)
	}
	return rel, err
}

// placeInLogbook is a path as the logbook names it. It is seen from -C's folder
// or from here, whichever finds something.
func (a *app) placeInLogbook(dir *logbook.Dir, name string) (string, error) {
	var inside []string
	for _, base := range []string{a.dir, ""} {
		base, err := filepath.Abs(base)
		if err != nil {
			return "", err
		}
		rel, ok := dir.Rel(base, name)
		if ok && (rel == "." || dir.Exists(rel)) {
			return rel, nil
		}
		if ok {
			inside = append(inside, rel)
		}
	}
	if len(inside) == 0 {
		return "", fmt.Errorf("%s is outside the logbook %s", name, dir.Path)
	}
	return inside[0], nil
}

// tell writes to standard error what a person should know besides the output.
func (a *app) tell(style func(string) string, format string, args ...any) {
	fmt.Fprintf(a.Err, style("coachlog:")+" "+format+"\n", args...)
}

func plainly(text string) string { return text }

// recorded says which commit was made: by its branch, its id and what it is about.
func (a *app) recorded(done gitrepo.Commit, subject string) error {
	_, err := fmt.Fprintf(a.Out, "[%s %s] %s\n", terminalLines(done.Branch), plan.Short(done.ID), terminalLines(subject))
	return err
}

// showMessage shows the message of the commit that would be made.
func (a *app) showMessage(message string) error {
	_, err := fmt.Fprintln(a.Out, terminalLines(message))
	return err
}

// noSuchFile says whether an error is about a file that isn't there.
func noSuchFile(err error) bool { return errors.Is(err, fs.ErrNotExist) }
