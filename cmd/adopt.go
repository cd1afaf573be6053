package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

type adoptOptions struct {
	*app
	adopt.Options
	person      personFlag
	coach       personFlag
	dryRun, yes bool
	format      string
}

func newAdopt(app *app) *cobra.Command {
	o := &adoptOptions{app: app}
	c := &cobra.Command{
		Use:   "adopt PATH...",
		Short: "Take in notes that were never written for coachlog",
		Long: `adopt reads markdown notes, or folders of them, and shows what it would take in.
--yes does it.

It takes a note if the note says for certain whose session it was and on which day:
somebody the logbook knows, by id, alias, name or address, in the path, the front
matter or the heading; and a day that can be read in one way only. It lists every
other note by name, with what is missing and the command that takes it.

A note is copied to people/ID/DATE.md with front matter before its text, which
stays byte for byte; the original stays where it is. A note that is already in its
person's folder gets the front matter in place. Adopting twice changes nothing,
even if two people do it at once.

An adopted log counts as a session that was held. Nothing in it is due, and lint
doesn't check it against the method.

adopt ends with 2 if it left out something that may be a note, or couldn't read one.`,
		Example: `  coachlog adopt ~/notes/1-1s                  show what it would do
  coachlog adopt ~/notes/1-1s --yes            do it
  coachlog adopt ~/notes --coach josh --date-order dmy --yes
  coachlog adopt ~/notes/priya.md --split      a log of each dated heading
  coachlog adopt old.md --person priya --date 2024-03-04`,
		Args: cobra.MinimumNArgs(1),
		RunE: o.writing(o.writes, o.run),
	}
	app.personFlag(c, &o.person, "person", "the coachee's `id`, for all notes that don't name anybody else")
	app.personFlag(c, &o.coach, "coach", "the coach's `id`, for all notes")
	app.dateFlag(c, &o.Date, "date", "the `day` of the session, for one note")
	choiceFlag(c, &o.Order, "date-order", adopt.Orders, "the `order` of dates such as 3/4/24: "+strings.Join(adopt.Orders, ", "))
	choiceFlag(c, &o.Status, "status", logparse.Statuses, "whether the sessions took place: `status` is held unless you say otherwise")
	c.Flags().BoolVar(&o.Split, "split", false, "make one log of each dated heading, for a file with many meetings")
	c.Flags().BoolVar(&o.Rewrite, "rewrite-keys", false, "replace another tool's values of coachlog's keys, even in a file that stays in place")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would be done and write nothing (the default without --yes)")
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "adopt the notes that say enough")
	formatFlag(c, &o.format, plainFormats)
	return c
}

func (o *adoptOptions) writes() bool { return o.yes && !o.dryRun }

func (o *adoptOptions) run(_ *cobra.Command, paths []string) error {
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	o.Today = w.today
	people := w.members()
	if o.Person, err = called(w, people, o.person); err != nil {
		return err
	}
	if o.Coach, err = called(w, people, o.coach); err != nil {
		return err
	}
	defer o.Progress("reading the notes").Done()
	notes, skipped, problems := o.notes(w.dir, paths)
	if !o.Date.IsZero() && len(notes) != 1 {
		return fmt.Errorf("--date is for one note, and these are %d; name the note itself", len(notes))
	}
	logs := func(id string) []*plan.Log { return w.judge(id).Person(id).Logs }
	proposals := (&adopt.Run{Roster: w.Roster, People: people, Logs: logs, Options: o.Options, Taken: w.dir.Exists}).Propose(notes)
	keepLintGreen(w, proposals)
	adoption := report.NewAdoption(proposals, skipped)
	if err := o.print(o.format, adoption); err != nil {
		return err
	}
	if o.writes() {
		problems = append(problems, o.write(w.dir, proposals)...)
	}
	return o.end(adoption, problems, o.writes())
}

// called is the id of whom a flag names: by an id, or by name. A folder of notes
// makes nobody known.
func called(w *workspace, people []*plan.Person, flag personFlag) (string, error) {
	if id := adopt.Called(flag.id, people); id != "" {
		return id, nil
	}
	id, err := flag.in(w)
	if err == nil && id != "" && !slices.Contains(idsOf(people), id) {
		err = fmt.Errorf("--%s: %w", flag.name, w.nobody(flag.id))
	}
	return id, err
}

// notes reads the files below the paths.
func (o *adoptOptions) notes(dir *logbook.Dir, paths []string) (notes []*adopt.Note, skipped int, problems []logbook.Problem) {
	seen := make(map[string]bool)
	for _, name := range paths {
		files, others, wrong := logbook.Notes(name)
		if len(files) == 0 && len(wrong) > 0 && o.dir != "" && !filepath.IsAbs(name) { // seen from -C's folder
			if f, n, w := logbook.Notes(filepath.Join(o.dir, name)); len(w) == 0 {
				files, others, wrong = f, n, nil
			}
		}
		skipped += others
		problems = append(problems, wrong...)
		for _, f := range files {
			if seen[f.File] {
				continue
			}
			seen[f.File] = true
			note := &adopt.Note{Name: f.Name, File: filepath.Join(name, filepath.FromSlash(f.Below)), Text: f.Text, Mode: uint32(f.Mode), Named: f.Named}
			note.Inside, _ = dir.Rel("", f.File)
			notes = append(notes, note)
		}
	}
	return notes, skipped, problems
}

// keepLintGreen takes no note in which lint would find an error once it is a log.
func keepLintGreen(w *workspace, proposals []*adopt.Proposal) {
	of := make(map[string]*adopt.Proposal)         // by the log's path
	added := make(map[string][]*logparse.Document) // by its coachee
	for _, p := range proposals {
		if p.Outcome == adopt.Adopt {
			of[p.Target] = p
			added[p.Person] = append(added[p.Person], logparse.Parse(p.Target, p.Text, w.shared.Settings.Headings))
		}
	}
	for person, docs := range added {
		for _, doc := range w.judge(person).Docs {
			if of[doc.Path] == nil {
				docs = append(docs, doc)
			}
		}
		for _, f := range rules.Lint(w.Roster.Judge([]string{person}, docs, nil), rules.Options{Today: w.today, Tier: rules.Always}) {
			if p := of[f.File]; p != nil && f.Severity == logparse.Error {
				p.Question("lint would find an error in it: "+f.Message, f.Remedy)
			}
		}
	}
}

// write writes the logs of all that is certain. A log that can't be written doesn't
// keep the others from it.
func (o *adoptOptions) write(dir *logbook.Dir, proposals []*adopt.Proposal) (problems []logbook.Problem) {
	for _, p := range proposals {
		var err error
		switch {
		case p.Outcome != adopt.Adopt:
		case p.InPlace:
			err = dir.Replace(p.Target, p.Note.Text, p.Text)
		default:
			err = dir.Create(p.Target, p.Text, fs.FileMode(p.Note.Mode))
		}
		if errors.Is(err, logbook.ErrExists) {
			err = errors.New("it exists already and was left alone")
		}
		if err != nil {
			problems = append(problems, logbook.Problem{Path: p.Target, Err: err})
		}
	}
	return problems
}

// end says what was done, and what is left.
func (o *adoptOptions) end(a *report.Adoption, problems []logbook.Problem, wrote bool) error {
	switch {
	case o.format != "text" || a.Adopt == 0:
	case wrote:
		fmt.Fprint(o.Out, "\nDone. To look at them and record them:\n  coachlog list sessions\n  coachlog commit\n")
	default:
		fmt.Fprint(o.Out, "\nNothing is written yet. To adopt the notes at the top, add --yes.\n")
	}
	do := ""
	for _, p := range problems {
		o.tell(o.ErrStyle.Red, "%s", p.Error())
		do = cmp.Or(do, whatToDo(p.Err))
	}
	fmt.Fprint(o.Err, do)
	if len(problems) > 0 || a.Refused > 0 || wrote && a.Ask > 0 {
		return errSaid
	}
	return nil
}
