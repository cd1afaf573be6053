package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

type newSessionOptions struct {
	*app
	newFile
	date  logparse.Date
	kind  string
	coach personFlag
	adHoc bool
}

func newNewSession(app *app) *cobra.Command {
	o := &newSessionOptions{app: app, kind: "regular"}
	c := &cobra.Command{
		Use:   "session [PERSON]",
		Short: "Write the log of a person's next session",
		Long: `new session writes a log and fills in what is known: the coach, the date by the
cadence, what the coachee asked for beforehand (coachlog prep), every action that is
due with its goal and remarks, and the running goals. On a terminal it opens the log
in $VISUAL or $EDITOR.

An existing log is never touched. For a talk between sessions, or a second one on a day, use --ad-hoc.`,
		Example: `  coachlog new session rep1
  coachlog new session rep1 --date 2026-07-13 --no-edit
  coachlog new session rep1 --ad-hoc
  coachlog new session rep1 --kind kick-off --dry-run
  coachlog new session rep1 --kind peer --coach rep2`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE:              o.writing(o.writes, o.run),
	}
	app.dateFlag(c, &o.date, "date", "the `day` of the session (default: by the cadence)")
	choiceFlag(c, &o.kind, "kind", logparse.Kinds, "what `kind` of session: "+strings.Join(logparse.Kinds, ", "))
	app.personFlag(c, &o.coach, "coach", "the `id` of the person who leads it (default: their coach)")
	c.Flags().BoolVar(&o.adHoc, "ad-hoc", false, "a talk outside the cadence, today unless --date says otherwise")
	o.flags(c, "log")
	return c
}

// anotherDay is what to do where the session's log is there already.
const anotherDay = "\nfor another day: --date DATE; for a second session that day: --ad-hoc"

func (o *newSessionOptions) run(_ *cobra.Command, args []string) error {
	if o.adHoc {
		o.kind = "ad-hoc"
	}
	b, person, err := o.openPerson(args, "Whose session?")
	if err != nil {
		return err
	}
	doc, err := o.fill(b, person)
	if err != nil {
		return err
	}
	if o.dryRun {
		return o.writeNew(b.dir, o.newFile, doc.Path, doc.Text, "")
	}
	if err := create(b.dir, doc.Path, doc.Text, 0o644, anotherDay); err != nil {
		return err
	}
	missing := b.allMissing()
	err = o.sayMissing(missing)
	if len(missing.unread) == 0 {
		err = nil // older notes to be adopted, and nothing of them belongs in the new log
	}
	return errors.Join(o.open(b.dir, doc.Path, o.noEdit), err)
}

// fill writes the log of the session that the flags say.
func (o *newSessionOptions) fill(b *book, p *plan.Person) (*logparse.Document, error) {
	m := draft.Meeting{Date: o.date, Kind: o.kind}
	switch {
	case !o.date.IsZero():
	case o.kind == "ad-hoc":
		m.Date = b.today
	default:
		m.Date = b.NextSession(p.Facts(), b.today)
	}
	var err error
	if m.Path, err = o.freePath(b, p, m.Date); err != nil {
		return nil, err
	}
	m.Coach, err = o.coach.in(b.workspace, b.Has)
	switch {
	case err != nil:
		return nil, err
	case m.Coach == p.ID:
		return nil, fmt.Errorf("--coach: the session is %s's own, so somebody else has to lead it", p.ID)
	case m.Coach == "" && o.kind == "peer":
		return nil, errors.New("a peer session is led by a colleague; name them: --coach ID")
	}
	blank, err := templateText(b.dir, o.template(b.dir))
	if err != nil {
		return nil, err
	}
	return draft.Session(b.Logbook, p, m, blank)
}

// template is the name of the kind's template. Where the logbook has its own
// version of the regular one only, in its own language, that one serves for all.
func (o *newSessionOptions) template(dir *logbook.Dir) string {
	own := func(name string) bool { return dir.Exists(logparse.TemplatePath(name + ".md")) }
	if o.kind == "regular" || own("session") && !own(o.kind) {
		return "session"
	}
	return o.kind
}

// freePath is the new log's path. A second log of a day gets a number, where it was
// asked for as ad hoc.
func (o *newSessionOptions) freePath(b *book, p *plan.Person, date logparse.Date) (string, error) {
	for number := 1; number < 100; number++ {
		name := logparse.LogPath(p.ID, date, number)
		if !b.dir.Exists(name) {
			return name, nil
		}
		if o.kind != "ad-hoc" {
			return "", errExists(name, anotherDay)
		}
	}
	return "", fmt.Errorf("%s has a hundred logs on %s", p.ID, date)
}
