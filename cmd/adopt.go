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
	"github.com/coachlog/coachlog/report"
)

type adoptOptions struct {
	*app
	person, coach string
	date          string
	order         string
	status        string
	split         bool
	rewrite       bool
	mapHeadings   bool
	dryRun        bool
	yes           bool
	format        string

	modes map[*adopt.Note]fs.FileMode
}

func newAdopt(app *app) *cobra.Command {
	o := &adoptOptions{app: app}
	c := &cobra.Command{
		Use:   "adopt PATH...",
		Short: "Take in notes that were never written for coachlog",
		Long: `adopt reads markdown notes, or folders of them, and finds whose session each is
about and on which day: from the file's name and folder, the front matter of
other tools, headings and first lines. It shows what it would do, and asks. What
isn't clear it asks about, on a terminal one by one, and never guesses.

A note is copied to people/ID/DATE.md with front matter before its text, which
stays byte for byte; the original stays where it is. One that lies in its
person's folder gets the front matter in place. Adopting twice changes nothing, also
where two do it at once.

An adopted log counts as a session that was held, and its words are there for
reports. It agrees nothing: nobody is measured by notes that were never meant
for it, and lint doesn't hold them to the method.

It ends with 2 where something is left to ask or couldn't be read, after what
was clear is done.`,
		Example: `  coachlog adopt ~/notes/1-1s                  show, ask, and adopt
  coachlog adopt ~/notes --dry-run             show only
  coachlog adopt ~/notes --coach josh --date-order dmy --yes
  coachlog adopt ~/notes/priya.md --split      a log of each dated heading
  coachlog adopt old.md --person priya --date 2024-03-04`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().StringVar(&o.person, "person", "", "the coachee's `id`, for all notes that name nobody else")
	c.Flags().StringVar(&o.coach, "coach", "", "the coach's `id`, for all notes")
	c.Flags().StringVar(&o.date, "date", "", "the `day` of the session, for one note")
	c.Flags().StringVar(&o.order, "date-order", "", "the `order` of dates such as 3/4/24: "+strings.Join(adopt.Orders, ", "))
	c.Flags().StringVar(&o.status, "status", "", "what became of the sessions: `status` is held, unless a note says otherwise")
	c.Flags().BoolVar(&o.split, "split", false, "make a log of each meeting in a file of many, at its dated headings")
	c.Flags().BoolVar(&o.rewrite, "rewrite-keys", false, "in a file that stays in place, too, replace another tool's values of coachlog's keys")
	c.Flags().BoolVar(&o.mapHeadings, "map-headings", false, "write the headings that mean sections into coachlog.yaml")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would be done, and write nothing")
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "adopt what is clear, without asking")
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
	options, err := o.options(b)
	if err != nil {
		return err
	}
	notes, skipped, problems := o.notes(b, paths)
	if err := o.oneNote(b, notes, &options); err != nil {
		return err
	}
	w := &adopting{b: b, run: &adopt.Run{Options: options}, notes: notes, skipped: skipped}
	w.propose()
	asking := o.Interactive && !o.yes && !o.dryRun && o.format == "text"
	if asking && w.adoption.Ask > 0 {
		if err := w.adoption.Text(o.Out, o.OutStyle); err != nil {
			return err
		}
		if err := o.askAll(b, w.proposals); err != nil {
			return err
		}
		w.propose()
	}
	if err := o.show(w.adoption); err != nil {
		return err
	}
	if asking && w.adoption.Adopt > 0 {
		if write, err = o.confirm(w.adoption.Adopt); err != nil {
			return err
		}
	}
	if asking && write { // locked only now: somebody may think over a question for long
		unlock, err := o.lookAgain(w)
		if err != nil {
			return err
		}
		defer unlock()
	}
	if write && o.mapHeadings { // first, so that what is confidential stays so
		if err := o.addHeadings(w.b, w.adoption); err != nil {
			return fmt.Errorf("nothing was written: %s: %w; the lines above can be added by hand", logbook.SettingsName, err)
		}
	}
	if write {
		problems = append(problems, o.write(w.b, w.proposals)...)
	}
	return o.end(w.adoption, problems, write)
}

// options checks the flags.
func (o *adoptOptions) options(b *book) (adopt.Options, error) {
	options := adopt.Options{Order: o.order, Status: o.status, Split: o.split, Map: o.mapHeadings, Rewrite: o.rewrite, Today: b.today}
	if err := oneOf("format", o.format, plainFormats); err != nil {
		return options, err
	}
	if o.order != "" {
		if err := oneOf("date-order", o.order, adopt.Orders); err != nil {
			return options, err
		}
	}
	if o.status != "" {
		if err := oneOf("status", o.status, logparse.Statuses); err != nil {
			return options, err
		}
	}
	var err error
	if options.Person, err = personToBe(b, "--person", o.person); err != nil {
		return options, err
	}
	options.Coach, err = personToBe(b, "--coach", o.coach)
	return options, err
}

// personToBe is the id of somebody named by an id or a name, who may be new.
func personToBe(b *book, what, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if id := adopt.Known(b.Logbook, text); id != "" {
		return id, nil
	}
	id := logparse.NormalID(text)
	if !logparse.IsID(id) || slices.Contains(reserved, strings.ToLower(id)) {
		return "", fmt.Errorf("%s: %q is nobody here, and can't be an id; the people are %s", what, text, b.ids())
	}
	for _, p := range b.People {
		if strings.EqualFold(p.ID, id) {
			return "", fmt.Errorf("%s: nobody has the id %q; %s is here", what, text, p.ID)
		}
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
			note := &adopt.Note{Name: f.Name, Text: f.Text, Modified: f.Modified, Named: f.Named}
			note.Inside, _ = b.dir.Rel("", f.File)
			o.modes[note] = f.Mode
			notes = append(notes, note)
		}
	}
	return notes, skipped, problems
}

// oneNote applies what was said of one note to it.
func (o *adoptOptions) oneNote(b *book, notes []*adopt.Note, options *adopt.Options) error {
	if o.date == "" && (len(notes) != 1 || options.Person == "") {
		return nil
	}
	if len(notes) != 1 {
		return fmt.Errorf("--date is for one note, and these are %d; name the note itself", len(notes))
	}
	notes[0].Person = options.Person
	if o.split {
		notes[0].Person = ""
	}
	if o.date == "" {
		return nil
	}
	date, err := logparse.ParseDate(o.date)
	if err != nil {
		return fmt.Errorf("--date: %w", err)
	}
	notes[0].Date = date
	return nil
}

func (o *adoptOptions) show(a *report.Adoption) error {
	if o.format == "json" {
		return a.JSON(o.Out)
	}
	return a.Text(o.Out, o.OutStyle)
}

// askAll asks a person at the terminal about each note, and keeps the answers
// with the note.
func (o *adoptOptions) askAll(b *book, proposals []*adopt.Proposal) error {
	fmt.Fprintf(o.Out, "\nEnter leaves a note out for now; Ctrl-C ends, and nothing is written.\n")
	for _, p := range proposals {
		if p.Outcome != adopt.Ask || p.Asks("split") || p.Asks("keys") || p.Asks("confidential") || o.split {
			continue
		}
		fmt.Fprintf(o.Out, "\n%s\n", o.OutStyle.Bold(terminal.Escape(p.Note.Name)))
		for _, q := range p.Questions {
			answered, err := o.ask(b, p.Note, q)
			if err != nil {
				return err
			}
			if !answered {
				break
			}
		}
	}
	return nil
}

// ask asks one question about a note.
func (o *adoptOptions) ask(b *book, note *adopt.Note, q adopt.Question) (answered bool, err error) {
	fmt.Fprintf(o.Out, "%s\n", terminal.Wrap(terminal.Escape(q.Why), o.OutStyle.Width, ""))
	prompt := map[string]string{"date": "On which day was it?", "person": "Whose session was it?", "coach": "Who led it?", "status": "What became of it?"}[q.About]
	if len(q.Options) > 0 {
		prompt += " (" + strings.Join(q.Options, ", ") + "?)"
	}
	var id string
	var date logparse.Date
	answer, err := o.Ask(prompt, func(answer string) error {
		var err error
		switch {
		case answer == "":
		case q.About == "date":
			date, err = logparse.ParseDate(answer)
		case q.About == "status":
			err = oneOfWords("the status", answer, logparse.Statuses)
		default:
			id, err = personToBe(b, "the coachee", answer)
		}
		return err
	})
	switch {
	case err != nil || answer == "":
		return false, err
	case q.About == "date":
		note.Date = date
	case q.About == "coach":
		note.Coach = id
	case q.About == "status":
		note.Status = answer
	default:
		note.Person = id
	}
	return true, nil
}

func (o *adoptOptions) confirm(n int) (bool, error) {
	notes := "this note"
	if n > 1 {
		notes = fmt.Sprintf("these %d notes", n)
	}
	fmt.Fprintln(o.Out)
	answer, err := o.Ask(fmt.Sprintf("Adopt %s? [y/N]", notes), func(string) error { return nil })
	return strings.EqualFold(answer, "y") || strings.EqualFold(answer, "yes"), err
}

// write writes the logs of all that is clear; one that can't be written hides no
// other.
func (o *adoptOptions) write(b *book, proposals []*adopt.Proposal) (problems []logbook.Problem) {
	for _, p := range proposals {
		if p.Outcome != adopt.Adopt {
			continue
		}
		var err error
		if p.InPlace {
			err = b.dir.Replace(p.Target, p.Note.Text, p.Text)
		} else {
			err = b.dir.Create(p.Target, p.Text, o.modes[p.Note])
		}
		if errors.Is(err, logbook.ErrExists) {
			err = errors.New("it is there already and stays as it is")
		}
		if err != nil {
			problems = append(problems, logbook.Problem{Path: p.Target, Err: err})
		}
	}
	return problems
}

// addHeadings writes the headings that mean sections into the settings.
func (o *adoptOptions) addHeadings(b *book, a *report.Adoption) error {
	if len(a.Sections) == 0 {
		return nil
	}
	old := b.contents.SettingsDoc.Text
	text, err := logparse.AddHeadings(old, a.Headings())
	if err != nil {
		return err
	}
	if err := b.dir.Replace(logbook.SettingsName, old, text); err != nil {
		return err
	}
	if o.format == "text" {
		fmt.Fprintf(o.Out, "\nThe headings are in %s.\n", logbook.SettingsName)
	}
	return nil
}

// end says what was done, and what is left.
func (o *adoptOptions) end(a *report.Adoption, problems []logbook.Problem, wrote bool) error {
	switch {
	case o.format != "text":
	case wrote && a.Adopt > 0:
		person, year := a.Most()
		fmt.Fprintf(o.Out, "\nDone. To look at them, and to record them:\n  coachlog list sessions\n  coachlog report %s --period %d\n  coachlog commit\n", person, year)
	case a.Adopt > 0 && !o.dryRun && !o.Interactive:
		problems = append(problems, logbook.Problem{Path: "nothing was written", Err: errors.New("--yes adopts what is clear, --dry-run shows it")})
	}
	for _, p := range problems {
		fmt.Fprintf(o.Err, "%s %s\n", o.ErrStyle.Red("coachlog:"), terminal.Escape(p.Error()))
	}
	if len(problems) > 0 || a.Refused > 0 || a.Ask > 0 && !o.dryRun {
		return errSaid
	}
	return nil
}
