package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

func newTemplates(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "templates",
		Short: "Show the blank files that logs and plans start from",
		Long: `A template is a complete blank file. To change one for your logbook, put your own
version under the same name into the logbook's folder templates/.`,
		Example: `  coachlog templates list
  coachlog templates show session > templates/session.md`,
	}
	c.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   "List the templates",
		Example: "  coachlog templates list",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			dir, err := app.findAny() // outside a logbook there are only the shipped ones
			if err != nil {
				return err
			}
			for _, t := range templates.All {
				own := ""
				if dir != nil && dir.Exists(logparse.TemplatePath(t.Name)) {
					own = " (this logbook has its own)"
				}
				if err := app.printf("%-20s  %s%s\n", t.Name, t.What, own); err != nil {
					return err
				}
			}
			return nil
		},
	}, newTemplatesShow(app))
	return c
}

func newTemplatesShow(app *app) *cobra.Command {
	var long bool
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "Print a template: this logbook's own, else the shipped one",
		Example: `  coachlog templates show session
  coachlog templates show session --long > templates/session.md`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(templates.Names(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := app.findAny()
			if err != nil {
				return err
			}
			name := args[0]
			if long {
				name = strings.TrimSuffix(name, ".md") + "-long"
			}
			text, err := templateText(dir, name)
			if err != nil {
				return err
			}
			return app.writeRaw(text)
		},
	}
	c.Flags().BoolVar(&long, "long", false, "print the version with all that there is to ask, of session or prep-message")
	return c
}

// templateText is the logbook's own version of a template, else the shipped one.
func templateText(dir *logbook.Dir, name string) ([]byte, error) {
	full, ok := templates.FullName(name)
	if !ok {
		return nil, fmt.Errorf("there is no template %q%s; the templates are %s", name, hint.DidYouMean(strings.TrimSuffix(name, ".md")+".md", templates.Names()), strings.Join(templates.Names(), ", "))
	}
	if dir != nil {
		text, err := dir.ReadFile(logparse.TemplatePath(full))
		if err == nil || !noSuchFile(err) {
			return text, err
		}
	}
	return templates.Text(full)
}
