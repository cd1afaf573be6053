package cmd

import "github.com/spf13/cobra"

func newAssess(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "assess",
		Short: "Collect what people think of the coaching, without names",
		Long: `Somebody's view of how a coach coaches is a file of scores: coachlog new assessment
writes one to fill in. assess collect files the answers of several people together, and
leaves out whose they are. report --coach shows them.`,
		Example: `  coachlog assess collect josh answers/*.eml`,
	}
	c.AddCommand(newAssessCollect(app))
	return c
}
