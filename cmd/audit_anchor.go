package cmd

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
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
		Short: "Write down which history there is, to find out later whether it was rewritten",
		Long: `anchor writes a small text: the newest commit's id, and how many commits, sign-offs
and logs there are. Keep it where nobody can change it together with the logbook:
mail it to both people, push it elsewhere, print it. An id stands for all commits up
to it, so that coachlog audit --against FILE tells whether the history still holds
just those.

It names no person and holds no text of a log.`,
		Example: `  coachlog audit anchor
  coachlog audit anchor --output ../2026-Q3.anchor`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return o.run()
		},
	}
	c.Flags().StringVarP(&o.output, "output", "o", "", "write to a new `file`, and not to standard output")
	return c
}

func (o *auditAnchorOptions) run() error {
	today, err := o.today()
	if err != nil {
		return fmt.Errorf("--today: %w", err)
	}
	p, err := o.openPast()
	if err != nil {
		return err
	}
	a, err := p.audit()
	if err != nil {
		return err
	}
	branch, err := p.repo.Branch()
	if err != nil {
		branch = "" // HEAD is detached: the id says it all
	}
	text := report.AnchorText(newAnchor(a, p.h.Head, branch, today))
	if o.output == "" {
		_, err := fmt.Fprint(o.Out, text)
		return err
	}
	f, err := os.OpenFile(o.output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return f.Close()
}

func newAnchor(a *trail.Audit, head, branch string, today logparse.Date) trail.Anchor {
	anchor := trail.Anchor{Head: head, Branch: branch, Commits: len(a.Commits), Made: today}
	for _, c := range a.Commits {
		if _, ok := plan.ReadSignOff(c); ok {
			anchor.SignOffs++
		}
	}
	anchor.Logs = a.Logs()
	return anchor
}
