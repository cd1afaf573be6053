package cmd

import "github.com/spf13/cobra"

func newMetrics(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "metrics",
		Short: "Bring figures in from other systems",
		Long: `The figures of a logbook stand in metrics/*.csv, as date,person,metric,value, or in
the logs of sessions. coachlog list metrics shows the catalogue.`,
		Example: `  coachlog metrics import agents-july.csv --dry-run
  coachlog list metrics`,
	}
	c.AddCommand(newMetricsImport(app))
	return c
}
