package cmd

import "github.com/spf13/cobra"

func newPlan(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:     "plan",
		Short:   "Read a person's development plan, with its practice and its versions",
		Example: "  coachlog plan show rep1",
	}
	c.AddCommand(newPlanShow(app))
	return c
}
