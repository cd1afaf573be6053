package cmd

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

type newAssessmentOptions struct {
	*app
	newFile
	about  personFlag
	period string
}

func newNewAssessment(app *app) *cobra.Command {
	o := &newAssessmentOptions{app: app}
	c := &cobra.Command{
		Use:   "assessment KIND PERSON",
		Short: "Write a pulse, a self-assessment or a 360 review of a coach to fill in",
		Long: `new assessment writes people/PERSON/KIND-PERIOD.md, with scores from 1 to 5 to fill
in: a pulse is a coachee's view of the coaching, a self-assessment the coach's own,
and a 360 what several others say. report --coach shows them side by side, but no
group with fewer than five people. A pulse has its person's name on it; assess collect
files the answers of several people without their names.`,
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
		RunE: o.writing(o.writes, o.run),
	}
	app.personFlag(c, &o.about, "about", "the coach's `id` (default: the person's coach; for the other kinds, the person)")
	periodFlag(c, &o.period, "period", "this-quarter", "the `quarter` it is about, as in 2026-Q3, this-quarter or last-quarter")
	o.flags(c, "file")
	return c
}

func (o *newAssessmentOptions) run(_ *cobra.Command, args []string) error {
	kind := args[0]
	if !slices.Contains(logparse.AssessmentKinds, kind) {
		return fmt.Errorf("the kind%s", notOneOf(kind, logparse.AssessmentKinds))
	}
	b, person, err := o.openPerson(args[1:], "")
	if err != nil {
		return err
	}
	quarter, err := b.quarterOf(o.period)
	if err != nil {
		return fmt.Errorf("--period: %w", err)
	}
	about, err := o.coach(b, kind, person)
	if err != nil {
		return err
	}
	blank, err := templateText(b.dir, kind)
	if err != nil {
		return err
	}
	doc := logparse.Parse(logparse.AssessmentPath(person.ID, kind, quarter), blank, b.Settings.Headings)
	if doc, err = draft.Assessment(doc, kind, quarter, about); err != nil {
		return err
	}
	return o.writeNew(b.dir, o.newFile, doc.Path, doc.Text, "; for another quarter: --period")
}

// quarterOf is the quarter that a text names, as files of assessments have it.
func (w *workspace) quarterOf(text string) (string, error) {
	period, err := plan.ParsePeriod(text, w.today, plan.FiscalYearsOf(w.Roster.Settings))
	if err != nil || !period.IsQuarter() {
		return "", fmt.Errorf("%q is not a quarter; write 2026-Q3, this-quarter or last-quarter", text)
	}
	return fmt.Sprintf("%04d-Q%d", period.From.Year, (int(period.From.Month)+2)/3), nil
}

// coach is the id of whose coaching it is.
func (o *newAssessmentOptions) coach(b *book, kind string, person *plan.Person) (string, error) {
	coach, err := o.about.in(b.workspace, b.Has)
	switch {
	case err != nil || coach != "":
		return coach, err
	case kind != "pulse":
		return person.ID, nil
	case b.CoachOf(person) == "":
		return "", fmt.Errorf("nothing says who coaches %s; name the coach: --about ID", person.ID)
	}
	return (&personFlag{"about", b.CoachOf(person)}).in(b.workspace, b.Has)
}
