package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/draft"
)

type newPersonOptions struct {
	*app
	newFile
	name    string
	role    string
	coach   personFlag
	cadence string
	email   string
}

func newNewPerson(app *app) *cobra.Command {
	o := &newPersonOptions{app: app}
	c := &cobra.Command{
		Use:   "person ID",
		Short: "Add somebody, with a development plan to fill in",
		Long: `new person writes people/ID/plan.md. The id is the person's name in logs, as in @rep1,
and the name of their folder: letters and digits, with - _ or . between them.`,
		Example: `  coachlog new person rep1 --name "Priya Shah" --coach josh
  coachlog new person josh --name "Josh Lee" --role "Team lead" --cadence monthly --no-edit`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              o.writing(o.writes, o.run),
	}
	c.Flags().StringVar(&o.name, "name", "", "the person's `name`")
	c.Flags().StringVar(&o.role, "role", "", "their current `role`")
	app.personFlag(c, &o.coach, "coach", "the coach's `id`")
	choiceFlag(c, &o.cadence, "cadence", logparse.Cadences, "how `often` they meet: "+strings.Join(logparse.Cadences, ", "))
	c.Flags().StringVar(&o.email, "email", "", "the `address` they commit with")
	o.flags(c, "plan")
	return c
}

func (o *newPersonOptions) run(_ *cobra.Command, args []string) error {
	id, coach := logparse.NormalID(args[0]), o.coach.id
	if why := logparse.NameFault(id); why != "" {
		return fmt.Errorf("%q can't be an id: %s; choose another, as in %s", id, why, logparse.PortableName(id))
	}
	if !logparse.IsID(id) {
		return fmt.Errorf("%q can't be an id; use letters and digits, with - _ or . between them, as in rep1", id)
	}
	if coach != "" && !logparse.IsPersonID(coach) {
		return fmt.Errorf("--coach: %q can't be an id", coach)
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	for _, p := range w.Roster.Known {
		if p.Plan != nil && strings.EqualFold(p.ID, id) {
			return fmt.Errorf("%s is already here: %s", p.ID, p.PlanDoc.Path)
		}
	}
	newcomer := draft.Newcomer{ID: id, Name: o.name, Emails: []string{o.email}, Role: o.role, Coach: coach, Cadence: o.cadence}
	err = o.writePlan(w, newcomer, o.newFile)
	if err == nil && !o.dryRun && coach != "" && !w.knows(coach) && coach != id {
		o.tell(plainly, "%s is not in this logbook yet; to add them: coachlog new person %s", coach, coach)
	}
	return err
}
