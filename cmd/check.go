package cmd

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type checkOptions struct {
	*app
	people    []string
	owner     string
	overdue   bool
	dueBefore string
	horizon   string
	exitCode  bool
	format    string
}

var horizons = []string{string(plan.ShortTerm), string(plan.MidTerm)}

func newCheck(app *app) *cobra.Command {
	o := &checkOptions{app: app}
	c := &cobra.Command{
		Use:   "check [PERSON...]",
		Short: "List the actions that nobody has fulfilled, on both sides",
		Long: `check lists the actions that were agreed and are not done yet, overdue ones
first, with the goal they serve, and the plans that were followed and missed
their goal, for which the coach owes new actions.

It ends with 0 also where there are open actions; with --exit-code it ends with
1 then. A log or plan that was changed after somebody had agreed to it is listed
with the commit and the lines. It ends with 2 where a file could not be read, after the rest is shown.`,
		Example: `  coachlog check
  coachlog check rep1 --overdue
  coachlog check --owner josh          what a coach has promised
  coachlog check --due-before 2026-08-01 --format json`,
		ValidArgsFunction: app.completePeople(0),
		RunE: func(_ *cobra.Command, args []string) error {
			o.people = args
			return o.run()
		},
	}
	c.Flags().StringVar(&o.owner, "owner", "", "only what this `person` does")
	c.Flags().BoolVar(&o.overdue, "overdue", false, "only what is overdue")
	c.Flags().StringVar(&o.dueBefore, "due-before", "", "only what is to be done before this `date`")
	c.Flags().StringVar(&o.horizon, "horizon", "", "only actions for goals of this `horizon`: short-term, mid-term")
	c.Flags().BoolVar(&o.exitCode, "exit-code", false, "end with 1 where anything is listed")
	formatFlag(c, &o.format, plainFormats)
	completeFlag(c, "horizon", horizons)
	app.completePersonFlag(c, "owner")
	return c
}

func (o *checkOptions) run() error {
	filter, err := o.filter()
	if err != nil {
		return err
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	ids := w.everybody()
	if len(o.people) > 0 {
		if ids, err = w.named(o.people); err != nil {
			return err
		}
	}
	if o.owner != "" {
		owner, err := w.named([]string{o.owner})
		if err != nil {
			return fmt.Errorf("--owner: %w", err)
		}
		filter.Owner = owner[0]
	}
	signs := o.openSignOffs(w)
	parts, missing := gather(o.app, w, ids, func(b *book) report.Check {
		signs.of(b)
		return *report.NewCheck(b.Logbook, b.today, filter)
	})
	check := report.NewCheck(&plan.Logbook{Roster: w.roster}, w.today, filter)
	for _, part := range parts {
		check.Add(&part)
	}
	check.Unreadable = missing.unreadable()
	if err := o.print(o.format, check); err != nil {
		return err
	}
	if err := cmp.Or(o.sayMissing(missing), signs.say(o.app)); err != nil {
		return err
	}
	if o.exitCode && check.Actions+check.OwedPlans+check.Voided > 0 {
		return errFindings
	}
	return nil
}

// filter reads the flags that need no logbook.
func (o *checkOptions) filter() (report.CheckFilter, error) {
	filter := report.CheckFilter{Overdue: o.overdue}
	if err := oneOf("format", o.format, plainFormats); err != nil {
		return filter, err
	}
	if o.horizon != "" {
		if err := oneOf("horizon", o.horizon, horizons); err != nil {
			return filter, err
		}
		filter.Horizon = plan.Horizon(o.horizon)
	}
	if o.dueBefore != "" {
		date, err := logparse.ParseDate(o.dueBefore)
		if err != nil {
			return filter, fmt.Errorf("--due-before: %w", err)
		}
		filter.DueBefore = date
	}
	return filter, nil
}
