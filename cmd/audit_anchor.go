package cmd

import (
	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/report"
)

type auditAnchorOptions struct {
	*app
	output string
}

func newAuditAnchor(app *app) *cobra.Command {
	o := &auditAnchorOptions{app: app}
	c := &cobra.Command{
		Use:   "anchor",
		Short: "Write down the present history, to find out later whether it was rewritten",
		Long: `anchor writes a small text: the newest commit's id, and how many commits, sign-offs
and logs there are. Keep it where nobody can change it together with the logbook:
mail it to both people, push it elsewhere, print it. A commit's id covers all commits
before it, so coachlog audit --against FILE can tell whether the history still holds
exactly those.

It names nobody and holds no text of a log.`,
		Example: `  coachlog audit anchor
  coachlog audit anchor --output ../2026-Q3.anchor`,
		Args: cobra.NoArgs,
		RunE: o.run,
	}
	c.Flags().StringVarP(&o.output, "output", "o", "", "write to a new `file` instead of standard output")
	return c
}

func (o *auditAnchorOptions) run(*cobra.Command, []string) error {
	r, err := o.openHistory()
	if err != nil {
		return err
	}
	a, err := r.Audit()
	if err != nil {
		return err
	}
	text := []byte(report.AnchorText(r.Anchor(a, o.today())))
	if o.output == "" {
		return o.writeRaw(text)
	}
	folder, name, err := logbook.OpenOutput(o.output)
	if err != nil {
		return err
	}
	return create(folder, name, text, logbook.OutputMode, "; name a new file")
}
