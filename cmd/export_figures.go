package cmd

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// figuresOptions are those of export --figures.
type figuresOptions struct {
	wanted, add bool
	period      string
}

func (f *figuresOptions) addFlags(c *cobra.Command) {
	c.Flags().BoolVar(&f.wanted, "figures", false, "write only sums that groups of five allow, as JSON on standard output")
	c.Flags().BoolVar(&f.add, "add", false, "with --figures: add up the files that are named")
	periodFlag(c, &f.period, "period", "this-quarter", "with --figures: the `period`: "+plan.PeriodForms)
	for _, ofTables := range []string{"output", "names", "format", "as"} {
		c.MarkFlagsMutuallyExclusive("figures", ofTables)
	}
	c.MarkFlagsMutuallyExclusive("add", "period") // which the files have
	c.MarkFlagsMutuallyExclusive("add", "for")
}

// fit says of flags and files that don't belong together which those are.
func (f *figuresOptions) fit(c *cobra.Command, files []string) error {
	switch {
	case f.add && !f.wanted:
		return errors.New("--add goes with --figures")
	case len(files) > 0 != f.add:
		return errors.New("files go with --figures --add")
	case c.Flags().Changed("period") && !f.wanted:
		return errors.New("--period goes with --figures; the tables have all quarters, each in a file of its own")
	}
	return nil
}

// exportFigures writes the sums behind this logbook's report, or adds up those of others.
func (o *exportOptions) exportFigures(files []string) error {
	if o.figures.add {
		sums, err := addFigures(files)
		if err != nil {
			return err
		}
		return o.printSums(sums)
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	scope := report.Scope{Today: w.today, For: logparse.NormalID(o.readers)}
	if scope.Period, err = plan.ParsePeriod(o.figures.period, w.today, plan.FiscalYearsOf(w.Roster.Settings)); err != nil {
		return fmt.Errorf("--period: %w", err)
	}
	facts, missing := o.facts(w)
	o.confirm(w, &scope, nil)
	return o.end(missing, o.printSums(report.NewSums(plan.NewEverybody(w.Roster, facts), scope)))
}

// addFigures adds up what several logbooks exported.
func addFigures(files []string) (all *report.Sums, err error) {
	for _, name := range files {
		text, err := logbook.ReadAnyFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sums, err := report.ReadSums(text)
		if err == nil && all != nil {
			err = all.Add(sums)
		}
		if err != nil {
			return nil, hint.New("nothing was added up: leave that file out, or export it again", "%s: %w", name, err)
		}
		if all == nil {
			all = sums
		}
	}
	return all, nil
}

func (o *exportOptions) printSums(sums *report.Sums) error {
	text, err := json.MarshalIndent(sums, "", "  ")
	if err != nil {
		return err
	}
	return o.writeRaw(append(text, '\n'))
}
