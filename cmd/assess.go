package cmd

import "github.com/spf13/cobra"

func newAssess(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "assess",
		Short: "Collect what people think of the coaching, without names",
		Long: `coachlog new assessment writes a file in which one person scores the coaching.
assess collect files the answers of several people together, without their names.
report --coach shows both.`,
		Example: `  coachlog assess collect josh answers/*.eml`,
	}
	c.AddCommand(newAssessCollect(app))
	return c
}
