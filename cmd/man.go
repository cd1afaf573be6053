package cmd

import (
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

// unwrap joins the lines of each paragraph in a command's description: a manual page
// breaks them itself.
func unwrap(c *cobra.Command) {
	paragraphs := strings.Split(c.Long, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	c.Long = strings.Join(paragraphs, "\n")
}

func newMan(app *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Print the manual page",
		Example: `  coachlog man > ~/.local/share/man/man1/coachlog.1
  man coachlog`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			root := newRoot(app, "")
			root.InitDefaultHelpCmd()
			root.InitDefaultCompletionCmd()
			everyCommand(root, unwrap)
			page, err := mango.NewManPage(1, root)
			if err != nil {
				return err
			}
			return app.printf("%s\n", page.Build(roff.NewDocument()))
		},
	}
}
