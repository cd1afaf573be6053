package cmd

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

type newSessionOptions struct {
	*app
	date   string
	kind   string
	coach  string
	adHoc  bool
	noEdit bool
	dryRun bool
}

func newNewSession(app *app) *cobra.Command {
	o := &newSessionOptions{app: app}
	c := &cobra.Command{
		Use:   "session [PERSON]",
		Short: "Write the log of a person's next session",
		Long: `new session writes a log with all that is known filled in: the coach, the date by
the cadence, what the coachee asked for beforehand (coachlog prep), every action
that is due with its goal and remarks, and the goals that are running. On a
terminal it opens the log in $VISUAL or $EDITOR.

A log that is there already is never touched. A second session on one day is
written with --ad-hoc.`,
		Example: `  coachlog new session rep1
  coachlog new session rep1 --date 2026-07-13 --no-edit
  coachlog new session rep1 --ad-hoc
  coachlog new session rep1 --kind kick-off --dry-run
  coachlog new session rep1 --kind peer --coach rep2`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().StringVar(&o.date, "date", "", "the `day` of the session (default: by the cadence)")
	c.Flags().StringVar(&o.kind, "kind", "regular", "what `kind` of session: "+strings.Join(logparse.Kinds, ", "))
	c.Flags().StringVar(&o.coach, "coach", "", "the `id` of who leads it (default: the person's coach)")
	c.Flags().BoolVar(&o.adHoc, "ad-hoc", false, "a session outside the cadence, today unless --date says otherwise")
	c.Flags().BoolVar(&o.noEdit, "no-edit", false, "open no editor")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the log and write nothing")
	completeFlag(c, "kind", logparse.Kinds)
	app.completePersonFlag(c, "coach")
	return c
}

func (o *newSessionOptions) run(args []string) error {
	if o.adHoc {
		o.kind = "ad-hoc"
	}
	if err := oneOf("kind", o.kind, logparse.Kinds); err != nil {
		return err
	}
	b, err := o.readOf(args...)
	if err != nil {
		return err
	}
	person, err := o.personOrAsk(b, args, "Whose session?")
	if err != nil {
		return err
	}
	date, err := o.sessionDate(b, person)
	if err != nil {
		return err
	}
	unlock, err := b.dir.Lock() // two ad-hoc sessions at once get a name each
	if err != nil {
		return err
	}
	defer unlock()
	name, err := o.sessionPath(b, person, date)
	if err != nil {
		return err
	}
	coach, err := o.sessionCoach(b, person)
	if err != nil {
		return err
	}
	blank, err := templateText(b.dir, o.template(b.dir))
	if err != nil {
		return err
	}
	doc, err := b.NewSession(person, plan.Draft{Date: date, Kind: o.kind, Coach: coach, Path: name}, blank)
	if err != nil {
		return err
	}
	if o.dryRun {
		_, err := o.Out.Write(doc.Text)
		return err
	}
	err = b.dir.Create(name, doc.Text, 0o644)
	unlock() // an editor may be open for long
	if errors.Is(err, logbook.ErrExists) {
		return errLogExists(name)
	}
	if err != nil {
		return err
	}
	err = o.sayUncounted(b)
	if notes := notesWithoutFront(b.Docs); len(notes) > 0 && len(b.uncounted()) == 1 {
		err = nil // older notes to be adopted, and nothing of them belongs in the new log
	}
	return errors.Join(o.open(filepath.Join(b.dir.Path, filepath.FromSlash(name)), o.noEdit), err)
}

// open prints where a new file is, and opens it for a person at a terminal.
func (a *app) open(file string, noEdit bool) error {
	if _, err := fmt.Fprintln(a.Out, hereRelative(file)); err != nil {
		return err
	}
	if noEdit || !a.Interactive {
		return nil
	}
	return a.Edit(file)
}

// hereRelative shortens a path below this folder.
func hereRelative(file string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return file
	}
	if rel, err := filepath.Rel(here, file); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return file
}

func errLogExists(name string) error {
	return fmt.Errorf("%s is there already and stays as it is\nfor another day: --date DATE; for a second session that day: --ad-hoc", name)
}

func (o *newSessionOptions) sessionDate(b *book, p *plan.Person) (logparse.Date, error) {
	if o.date != "" {
		date, err := logparse.ParseDate(o.date)
		if err != nil {
			return date, fmt.Errorf("--date: %w", err)
		}
		return date, nil
	}
	if o.kind == "ad-hoc" {
		return b.today, nil
	}
	return b.NextSession(p.Facts(), b.today), nil
}

// template is the name of the kind's template. Where the logbook has its own
// version of the regular one only, in its own language, that one serves for all.
func (o *newSessionOptions) template(dir *logbook.Dir) string {
	own := func(name string) bool { return dir.Exists(path.Join("templates", name+".md")) }
	if o.kind == "regular" || own("session") && !own(o.kind) {
		return "session"
	}
	return o.kind
}

// sessionCoach is the id of who leads the session, where that isn't simply the
// person's coach.
func (o *newSessionOptions) sessionCoach(b *book, p *plan.Person) (string, error) {
	switch {
	case o.coach == "" && o.kind == "peer":
		return "", errors.New("a peer session is led by a colleague; name them: --coach ID")
	case o.coach == "":
		return "", nil
	}
	coach, err := b.person(o.coach)
	if err != nil {
		return "", fmt.Errorf("--coach: %w", err)
	}
	if coach == p {
		return "", fmt.Errorf("--coach: %s is whose session it is", p.ID)
	}
	return coach.ID, nil
}

// sessionPath is the new log's path. A second log of a day gets a number, where
// it was asked for as ad hoc.
func (o *newSessionOptions) sessionPath(b *book, p *plan.Person, date logparse.Date) (string, error) {
	name := path.Join("people", p.ID, date.String()+".md")
	if !b.dir.Exists(name) {
		return name, nil
	}
	if o.kind != "ad-hoc" {
		return "", errLogExists(name)
	}
	for n := 2; n < 100; n++ {
		name = path.Join("people", p.ID, fmt.Sprintf("%s-%d.md", date, n))
		if !b.dir.Exists(name) {
			return name, nil
		}
	}
	return "", fmt.Errorf("%s has a hundred logs on %s", p.ID, date)
}
