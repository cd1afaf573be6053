package cmd

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

type newAssessmentOptions struct {
	*app
	about  string
	period string
	noEdit bool
	dryRun bool
}

func newNewAssessment(app *app) *cobra.Command {
	o := &newAssessmentOptions{app: app}
	c := &cobra.Command{
		Use:   "assessment KIND PERSON",
		Short: "Write a pulse, a self-assessment or a 360 review of a coach to fill in",
		Long: `new assessment writes people/PERSON/KIND-PERIOD.md with scores from 1 to 5 to fill
in: a pulse is a coachee's view of the coaching, a self-assessment the coach's own,
a 360 what several others say. report --coach shows them side by side, and no
group of fewer than five answers.`,
		Example: `  coachlog new assessment pulse rep1
  coachlog new assessment self-assessment josh --period last-quarter
  coachlog new assessment 360 josh --no-edit`,
		Args: cobra.ExactArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return logparse.AssessmentKinds, cobra.ShellCompDirectiveNoFileComp
			}
			return app.completePeople(2)(c, args, word)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args[0], args[1])
		},
	}
	c.Flags().StringVar(&o.about, "about", "", "the coach's `id` (default: the person's coach; of the other kinds, the person)")
	c.Flags().StringVar(&o.period, "period", "this-quarter", "the `quarter` that it is about, as in 2026-Q3, this-quarter or last-quarter")
	c.Flags().BoolVar(&o.noEdit, "no-edit", false, "open no editor")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the file and write nothing")
	app.completePersonFlag(c, "about")
	return c
}

func (o *newAssessmentOptions) run(kind, id string) error {
	if err := oneOfWords("the kind", kind, logparse.AssessmentKinds); err != nil {
		return err
	}
	b, err := o.read()
	if err != nil {
		return err
	}
	person, err := b.person(id)
	if err != nil {
		return err
	}
	period, err := plan.ParsePeriod(o.period, b.today, b.Settings.FiscalYearStarts.V)
	if err != nil || !period.IsQuarter() {
		return fmt.Errorf("--period: %q is not a quarter; write 2026-Q3, this-quarter or last-quarter", o.period)
	}
	about, err := o.coach(b, kind, person)
	if err != nil {
		return err
	}
	period.Name = fmt.Sprintf("%04d-Q%d", period.From.Year, (int(period.From.Month)+2)/3)
	name := path.Join("people", person.ID, kind+"-"+period.Name+".md")
	doc, err := o.fill(b, kind, name, about, period)
	if err != nil {
		return err
	}
	if o.dryRun {
		_, err := o.Out.Write(doc.Text)
		return err
	}
	err = b.dir.Create(name, doc.Text, 0o644)
	if errors.Is(err, logbook.ErrExists) {
		return fmt.Errorf("%s is there already and stays as it is; for another quarter: --period", name)
	}
	if err != nil {
		return err
	}
	return o.open(filepath.Join(b.dir.Path, filepath.FromSlash(name)), o.noEdit)
}

// coach is the id of whose coaching it is.
func (o *newAssessmentOptions) coach(b *book, kind string, person *plan.Person) (string, error) {
	about := o.about
	if about == "" && kind == "pulse" {
		about = b.CoachOf(person)
		if about == "" {
			return "", fmt.Errorf("nothing says who coaches %s; name the coach: --about ID", person.ID)
		}
	}
	if about == "" {
		return person.ID, nil
	}
	coach, err := b.person(about)
	if err != nil {
		return "", fmt.Errorf("--about: %w", err)
	}
	return coach.ID, nil
}

// fill writes what is known into the blank assessment.
func (o *newAssessmentOptions) fill(b *book, kind, name, about string, period plan.Period) (*logparse.Document, error) {
	blank, err := templateText(b.dir, kind)
	if err != nil {
		return nil, err
	}
	doc := logparse.Parse(name, blank, b.Settings.Headings)
	edits := doc.FillTitle(map[string]string{"PERIOD": period.Name, "COACH": about})
	if doc.Assessment != nil && doc.Assessment.Person.V != about {
		edit, err := doc.SetField("about", about)
		if err != nil {
			return nil, fmt.Errorf("the template %s.md can't be filled in: %w", kind, err)
		}
		edits = append(edits, edit)
	}
	filled, err := doc.Apply(edits...)
	if err != nil {
		return nil, fmt.Errorf("the template %s.md can't be filled in: %w", kind, err)
	}
	return filled, nil
}
