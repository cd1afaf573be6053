package cmd

import "github.com/spf13/cobra"

func newNew(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:     "new",
		Short:   "Write a new log, plan or assessment from a template",
		Example: "  coachlog new person rep1 --name \"Priya Shah\" --coach josh\n  coachlog new session rep1",
	}
	c.AddCommand(newNewSession(app), newNewPerson(app), newNewPlan(app), newNewAssessment(app))
	return c
}
