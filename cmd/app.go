package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
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

	dir       string // -C
	todayText string // --today
}

// today is the civil date where the user is, or that of --today.
func (a *app) today() (logparse.Date, error) {
	if a.todayText == "" {
		return logparse.DateOf(time.Now()), nil
	}
	return logparse.ParseDate(a.todayText)
}

// folder is where the logbook is looked for.
func (a *app) folder() string {
	switch {
	case a.dir != "":
		return a.dir
	case os.Getenv("COACHLOG_DIR") != "":
		return os.Getenv("COACHLOG_DIR")
	}
	return "."
}

// find opens the logbook.
func (a *app) find() (*logbook.Dir, error) {
	dir, err := logbook.Find(a.folder())
	if errors.Is(err, logbook.ErrNotFound) {
		if bare, _ := gitrepo.FindToRead(a.folder()); bare != nil && bare.Root() == "" {
			_, refusal := gitrepo.Find(a.folder())
			return nil, refusal
		}
		return nil, fmt.Errorf("%w\nto start one here: coachlog init; to name one: coachlog -C FOLDER", err)
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
	today, err := a.today()
	if err != nil {
		return nil, today, fmt.Errorf("--today: %w", err)
	}
	dir, err := a.find()
	return dir, today, err
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
	return judge(dir, contents, today), nil
}

func judge(dir *logbook.Dir, contents *logbook.Contents, today logparse.Date) *book {
	var observations []plan.Observation
	for _, m := range contents.Metrics {
		observations = append(observations, plan.ObservationsOf(m.Doc.Path, m.Rows)...)
	}
	return &book{plan.New(contents.Settings, contents.Docs, observations), dir, contents, today}
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
		return nil, fmt.Errorf("nobody is known here by the id %q, since not every plan can be read\n%s", id, unread)
	}
	return nil, fmt.Errorf("nobody here has the id %q; the people are %s\nto add somebody: coachlog new person ID", id, b.ids())
}

func (b *book) ids() string {
	members := b.Members()
	if len(members) == 0 {
		return "none yet"
	}
	ids := make([]string, len(members))
	for i, p := range members {
		ids[i] = p.ID
	}
	return strings.Join(ids, ", ")
}

// personOrAsk is the person that an argument names; without one, it asks.
func (a *app) personOrAsk(b *book, args []string, question string) (*plan.Person, error) {
	if len(args) > 0 {
		return b.person(args[0])
	}
	return a.choosePerson(b, question)
}

// choosePerson asks on a terminal whom a command is for.
func (a *app) choosePerson(b *book, question string) (*plan.Person, error) {
	if !a.Interactive {
		return nil, fmt.Errorf("name a person: %s", b.ids())
	}
	var options []terminal.Option
	for _, p := range b.Members() {
		options = append(options, terminal.Option{Value: p.ID, Label: p.Name})
	}
	if len(options) == 0 {
		return nil, errors.New("there is nobody in this logbook yet; to add somebody: coachlog new person ID")
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
		return "", fmt.Errorf("%s lies outside the logbook %s", name, dir.Path)
	}
	return inside[0], nil
}

// repositoryOf is the git repository that holds the logbook, and the logbook's
// folder within it: "." where they are the same.
func repositoryOf(dir *logbook.Dir) (*gitrepo.Repo, string, error) {
	repo, err := gitrepo.Find(dir.Path)
	if err != nil {
		return nil, "", err
	}
	real, err := filepath.EvalSymlinks(dir.Path)
	if err != nil {
		return nil, "", err
	}
	root, err := filepath.EvalSymlinks(repo.Root())
	if err != nil {
		return nil, "", err
	}
	prefix, err := filepath.Rel(root, real)
	prefix = filepath.ToSlash(prefix)
	repo.ReadsAs(readsAsLogbook(prefix))
	return repo, prefix, err
}

// plainFormats are the formats of what is no document of its own.
var plainFormats = []string{"text", "json"}

// formatFlag adds --format with completion of its values.
func formatFlag(c *cobra.Command, to *string, formats []string) {
	c.Flags().StringVar(to, "format", formats[0], "`form` of the output: "+strings.Join(formats, ", "))
	completeFlag(c, "format", formats)
}

func completeFlag(c *cobra.Command, flag string, values []string) {
	completeFlagWith(c, flag, func() []string { return values })
}

// completeFlagWith completes a flag whose values take some work to list.
func completeFlagWith(c *cobra.Command, flag string, values func() []string) {
	err := c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // the flag doesn't exist: a slip in this package
	}
}

// oneOf checks a flag whose values are known.
func oneOf(flag, value string, values []string) error { return oneOfWords("--"+flag, value, values) }

// oneOfWords checks a value that is one of those known.
func oneOfWords(what, value string, values []string) error {
	if slices.Contains(values, value) {
		return nil
	}
	return fmt.Errorf("%s can't be %q; it is one of %s", what, value, strings.Join(values, ", "))
}

// completePeople completes ids of people.
func (a *app) completePeople(most int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		w, err := a.openRoster()
		if err != nil || most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var ids []string
		for _, id := range w.everybody() {
			if !slices.Contains(args, id) {
				ids = append(ids, cobra.CompletionWithDesc(id, w.name(id)))
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

// completePersonFlag completes a flag whose value is somebody's id.
func (a *app) completePersonFlag(c *cobra.Command, flag string) {
	if err := c.RegisterFlagCompletionFunc(flag, a.completePeople(0)); err != nil {
		panic(err) // the flag doesn't exist: a slip in this package
	}
}

// noSuchFile says whether an error is about a file that isn't there.
func noSuchFile(err error) bool { return errors.Is(err, fs.ErrNotExist) }
