package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

type adoptOptions struct {
	*app
	adopt.Options
	date        string
	dryRun, yes bool
	format      string

	modes map[*adopt.Note]fs.FileMode
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
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().StringVar(&o.Person, "person", "", "the coachee's `id`, for all notes that don't name anybody else")
	c.Flags().StringVar(&o.Coach, "coach", "", "the coach's `id`, for all notes")
	c.Flags().StringVar(&o.date, "date", "", "the `day` of the session, for one note")
	c.Flags().StringVar(&o.Order, "date-order", "", "the `order` of dates such as 3/4/24: "+strings.Join(adopt.Orders, ", "))
	c.Flags().StringVar(&o.Status, "status", "", "whether the sessions took place: `status` is held unless you say otherwise")
	c.Flags().BoolVar(&o.Split, "split", false, "make one log of each dated heading, for a file with many meetings")
	c.Flags().BoolVar(&o.Rewrite, "rewrite-keys", false, "replace another tool's values of coachlog's keys, even in a file that stays in place")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would be done and write nothing (the default without --yes)")
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "adopt the notes that say enough")
	formatFlag(c, &o.format, plainFormats)
	completeFlag(c, "date-order", adopt.Orders)
	completeFlag(c, "status", logparse.Statuses)
	app.completePersonFlag(c, "person")
	app.completePersonFlag(c, "coach")
	return c
}

func (o *adoptOptions) run(paths []string) error {
	write := o.yes && !o.dryRun
	if write {
		unlock, err := o.lock() // before anything is read: two at once adopt nothing twice
		if err != nil {
			return err
		}
		defer unlock()
	}
	b, err := o.read()
	if err != nil {
		return err
	}
	if err := o.check(b); err != nil {
		return err
	}
	notes, skipped, problems := o.notes(b, paths)
	if err := o.oneDate(notes); err != nil {
		return err
	}
	proposals := (&adopt.Run{Logbook: b.Logbook, Options: o.Options, Taken: b.dir.Exists}).Propose(notes)
	keepLintGreen(b, proposals)
	adoption := report.NewAdoption(proposals, skipped)
	if err := o.print(o.format, adoption); err != nil {
		return err
	}
	if write {
		problems = append(problems, o.write(b, proposals)...)
	}
	return o.end(adoption, problems, write)
}

// check checks the flags, and finds whom they name.
func (o *adoptOptions) check(b *book) error {
	o.Today = b.today
	err := oneOf("format", o.format, plainFormats)
	if err == nil && o.Order != "" {
		err = oneOf("date-order", o.Order, adopt.Orders)
	}
	if err == nil && o.Status != "" {
		err = oneOf("status", o.Status, logparse.Statuses)
	}
	if err == nil {
		o.Person, err = somebodyKnown(b, "--person", o.Person)
	}
	if err == nil {
		o.Coach, err = somebodyKnown(b, "--coach", o.Coach)
	}
	return err
}

// somebodyKnown is the id of somebody named by an id or a name.
func somebodyKnown(b *book, flag, text string) (string, error) {
	id := adopt.Known(b.Logbook, text)
	if text != "" && id == "" {
		return "", fmt.Errorf("%s: there is nobody called %q here; the people are %s\nto add somebody: coachlog new person ID", flag, text, b.ids())
	}
	return id, nil
}

// notes reads the files below the paths.
func (o *adoptOptions) notes(b *book, paths []string) (notes []*adopt.Note, skipped int, problems []logbook.Problem) {
	o.modes = make(map[*adopt.Note]fs.FileMode)
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
			note := &adopt.Note{Name: f.Name, File: filepath.Join(name, filepath.FromSlash(f.Below)), Text: f.Text, Named: f.Named}
			note.Inside, _ = b.dir.Rel("", f.File)
			o.modes[note] = f.Mode
			notes = append(notes, note)
		}
	}
	return notes, skipped, problems
}

// oneDate takes the day that was said of one note.
func (o *adoptOptions) oneDate(notes []*adopt.Note) (err error) {
	if o.date == "" {
		return nil
	}
	if len(notes) != 1 {
		return fmt.Errorf("--date is for one note, and these are %d; name the note itself", len(notes))
	}
	if o.Date, err = logparse.ParseDate(o.date); err != nil {
		return fmt.Errorf("--date: %w", err)
	}
	return nil
}

// keepLintGreen takes no note in which lint would find an error once it is a log.
func keepLintGreen(b *book, proposals []*adopt.Proposal) {
	docs := slices.Clone(b.Docs)
	of := make(map[string]*adopt.Proposal)
	for _, p := range proposals {
		if p.Outcome != adopt.Adopt {
			continue
		}
		of[p.Target] = p
		docs = slices.DeleteFunc(docs, func(d *logparse.Document) bool { return d.Path == p.Target })
		docs = append(docs, logparse.Parse(p.Target, p.Text, b.Settings.Headings))
	}
	if len(of) == 0 {
		return
	}
	for _, f := range rules.Lint(plan.New(b.Settings, docs, nil), b.today, rules.Always) {
		if p := of[f.File]; p != nil && f.Severity == logparse.Error {
			p.Question("lint would find an error in it: "+f.Message, f.Remedy)
		}
	}
}

// write writes the logs of all that is certain. A log that can't be written doesn't
// keep the others from it.
func (o *adoptOptions) write(b *book, proposals []*adopt.Proposal) (problems []logbook.Problem) {
	for _, p := range proposals {
		var err error
		switch {
		case p.Outcome != adopt.Adopt:
		case p.InPlace:
			err = b.dir.Replace(p.Target, p.Note.Text, p.Text)
		default:
			err = b.dir.Create(p.Target, p.Text, o.modes[p.Note])
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
	for _, p := range problems {
		fmt.Fprintf(o.Err, "%s %s\n", o.ErrStyle.Red("coachlog:"), terminal.Escape(p.Error()))
	}
	if len(problems) > 0 || a.Refused > 0 || wrote && a.Ask > 0 {
		return errSaid
	}
	return nil
}
