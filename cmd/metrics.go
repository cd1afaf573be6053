package cmd

import "github.com/spf13/cobra"

func newMetrics(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "metrics",
		Short: "Import figures from other systems",
		Long: `A logbook's figures are in metrics/*.csv, as date,person,metric,value, or in the
session logs. coachlog list metrics shows the catalogue.`,
		Example: `  coachlog metrics import agents-july.csv --dry-run
  coachlog list metrics`,
	}
	c.AddCommand(newMetricsImport(app))
	return c
}
