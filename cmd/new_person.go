package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
)

type newPersonOptions struct {
	*app
	name    string
	role    string
	coach   string
	cadence string
	email   string
	noEdit  bool
	dryRun  bool
}

func newNewPerson(app *app) *cobra.Command {
	o := &newPersonOptions{app: app}
	c := &cobra.Command{
		Use:   "person ID",
		Short: "Add somebody, with a development plan to fill in",
		Long: `new person writes people/ID/plan.md. The id is what logs call the person, as in
@rep1, and the name of their folder: letters and digits, with - _ or . between.`,
		Example: `  coachlog new person rep1 --name "Priya Shah" --coach josh
  coachlog new person josh --name "Josh Lee" --role "Team lead" --cadence monthly --no-edit`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args[0])
		},
	}
	c.Flags().StringVar(&o.name, "name", "", "the person's `name`")
	c.Flags().StringVar(&o.role, "role", "", "the present `role`")
	c.Flags().StringVar(&o.coach, "coach", "", "the coach's `id`")
	c.Flags().StringVar(&o.cadence, "cadence", "", "how `often` they meet: "+strings.Join(logparse.Cadences, ", "))
	c.Flags().StringVar(&o.email, "email", "", "the `address` that the person commits with")
	c.Flags().BoolVar(&o.noEdit, "no-edit", false, "open no editor")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the plan and write nothing")
	completeFlag(c, "cadence", logparse.Cadences)
	app.completePersonFlag(c, "coach")
	return c
}

// reserved names can't be folders on Windows.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3", "lpt4"}

func (o *newPersonOptions) run(id string) error {
	id = logparse.NormalID(id)
	if !logparse.IsID(id) || slices.Contains(reserved, strings.ToLower(id)) {
		return fmt.Errorf("%q can't be an id; use letters and digits, with - _ or . between them, as in rep1", id)
	}
	if o.coach != "" && !logparse.IsID(o.coach) {
		return fmt.Errorf("--coach: %q can't be an id", o.coach)
	}
	if o.cadence != "" {
		if err := oneOf("cadence", o.cadence, logparse.Cadences); err != nil {
			return err
		}
	}
	b, err := o.read()
	if err != nil {
		return err
	}
	for _, p := range b.People {
		if p.Plan != nil && strings.EqualFold(p.ID, id) {
			return fmt.Errorf("%s is here already: %s", p.ID, p.PlanDoc.Path)
		}
	}
	file, err := o.writePlan(b, id, o.name, [][2]string{
		{"name", quoteGiven(o.name)}, {"email", quoteGiven(o.email)}, {"role", quoteGiven(o.role)},
		{"coach", quoteGiven(o.coach)}, {"cadence", o.cadence},
	}, o.dryRun)
	if err != nil || o.dryRun {
		return err
	}
	if o.coach != "" && b.Person(o.coach) == nil && o.coach != id {
		fmt.Fprintf(o.Err, "coachlog: %s is not in this logbook yet; to add them: coachlog new person %s\n", o.coach, o.coach)
	}
	return o.open(file, o.noEdit)
}
