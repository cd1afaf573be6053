package cmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type reportOptions struct {
	*app
	coach  string
	period string
	format string
}

func newReport(app *app) *cobra.Command {
	o := &reportOptions{app: app}
	c := &cobra.Command{
		Use:   "report [PERSON]",
		Short: "Write the review of a person's coaching in a period",
		Long: `report shows what became of the sessions, promises and goals of one person in a
period: what each side kept of what it agreed to, and, apart from that, whether
the plans worked. Long-term goals are told and never judged.

With --coach it shows what one coach's work came to instead: sessions kept, hours,
follow-up, plans that worked, their own promises, and how that moved since the
period before. It says nothing about any one coachee, and answers that fewer than
five people gave are not shown.

A rate always stands with its counts; where nothing was due it says so.`,
		Example: `  coachlog report rep1                       this quarter
  coachlog report rep1 --period last-quarter
  coachlog report rep1 --period 2026-Q3 --format markdown > review.md
  coachlog report rep1 --period 2026-07-01..2026-08-15
  coachlog report --coach josh --period 2026-Q3`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().StringVar(&o.coach, "coach", "", "the `id` of somebody whose work as a coach is reviewed")
	app.completePersonFlag(c, "coach")
	c.Flags().StringVar(&o.period, "period", "this-quarter", "the `period`: "+plan.PeriodForms)
	formatFlag(c, &o.format, report.PersonFormats)
	completeFlag(c, "period", []string{"this-quarter", "last-quarter"})
	return c
}

func (o *reportOptions) run(args []string) error {
	if err := oneOf("format", o.format, report.PersonFormats); err != nil {
		return err
	}
	b, err := o.read()
	if err != nil {
		return err
	}
	period, err := plan.ParsePeriod(o.period, b.today)
	if err != nil {
		return err
	}
	if o.coach != "" {
		if len(args) > 0 {
			return errors.New("name a person, or a coach with --coach, and not both")
		}
		coach, err := b.person(o.coach)
		if err != nil {
			return fmt.Errorf("--coach: %w", err)
		}
		if err := report.NewCoach(b.Logbook, coach.ID, period, b.today).Write(o.Out, o.OutStyle, o.format); err != nil {
			return err
		}
		return o.sayUncounted(b)
	}
	person, err := o.personOrAsk(b, args, "Whose review?")
	if err != nil {
		return err
	}
	if err := report.NewPerson(b.Logbook, person.ID, period, b.today).Write(o.Out, o.OutStyle, o.format); err != nil {
		return err
	}
	return o.sayUncounted(b)
}
