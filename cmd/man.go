package cmd

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(app *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages into a folder",
		Example: `  coachlog man ~/.local/share/man/man1
  man coachlog-check`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root := c.Root()
			root.DisableAutoGenTag = true
			if err := doc.GenManTree(root, &doc.GenManHeader{Title: "COACHLOG", Section: "1", Source: "coachlog " + version(), Manual: "coachlog"}, args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(app.Out, "The manual pages are in %s\n", args[0])
			return err
		},
	}
}
