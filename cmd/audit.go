package cmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report"
)

type auditOptions struct {
	*app
	against    string
	signatures string
	signers    string
	since      logparse.Date
	list       bool
	format     string
}

func newAudit(app *app) *cobra.Command {
	o := &auditOptions{app: app}
	c := &cobra.Command{
		Use:   "audit",
		Short: "Find what changed after it was agreed",
		Long: `audit reads every commit and says where the history and the logbook disagree: a text
that changed after both had agreed to it; targets, dates, results, values and what else
figures are made of, changed on a later day, with the verdicts and rates of the past
that moved; a deleted log; a session's day that doesn't fit the commits; a sign-off made
by somebody else; an unsigned commit, if the logbook asks for signatures; a rewritten
history, if there is an anchor to compare with. It looks at what is committed, not at
changes that aren't yet.

It ends with 1 if it finds something, with 2 if it couldn't look. It reads everything
from git's objects and keeps nothing of its own. docs/audit.md says what an audit
proves, and what nobody can prove.`,
		Example: `  coachlog audit
  coachlog audit anchor > ../anchor-of-the-team.txt
  coachlog audit --against ../anchor-of-the-team.txt
  coachlog audit --signatures sign-offs
  coachlog audit --since 2026-10-01        in CI, if you have looked at what came before
  coachlog audit --format json`,
		Args: cobra.NoArgs,
		RunE: o.run,
	}
	c.Flags().StringVar(&o.against, "against", "", "compare with the anchor in this `file`")
	app.dateFlag(c, &o.since, "since", "leave out commits from before this `date`")
	choiceFlag(c, &o.signatures, "signatures", logparse.SignatureWants, "`which` commits have to be signed, in place of the logbook's setting: "+strings.Join(logparse.SignatureWants, ", "))
	c.Flags().StringVar(&o.signers, "allowed-signers", "", "`file` of trusted SSH keys (default: git's gpg.ssh.allowedSignersFile)")
	c.Flags().BoolVar(&o.list, "list-checks", false, "list what the audit looks for, and why")
	formatFlag(c, &o.format, plainFormats)
	c.AddCommand(newAuditAnchor(app))
	return c
}

func (o *auditOptions) run(*cobra.Command, []string) error {
	if o.list {
		return o.print(o.format, report.AuditChecks{Checks: trail.Checks})
	}
	r, err := o.openHistory()
	if err != nil {
		return err
	}
	defer o.Progress("checking the history").Done()
	a, err := r.Audit()
	if err != nil {
		return err
	}
	if o.against != "" {
		if err := o.compare(r, a); err != nil {
			return err
		}
	}
	if err := r.Verify(context.Background(), a, o.signatures, o.signers); err != nil {
		return err
	}
	if err := r.Run(a); err != nil {
		return err
	}
	a.LeaveOutBefore(o.since)
	if err := o.print(o.format, report.NewAudit(a)); err != nil {
		return err
	}
	if a.Bugs != nil {
		return a.Bugs
	}
	if len(a.Findings) > 0 {
		return errFindings
	}
	return nil
}

// compare reads the anchor to compare the history with.
func (o *auditOptions) compare(r *history.Reader, a *trail.Audit) error {
	text, err := logbook.ReadAnyFile(o.against)
	if err != nil {
		return fmt.Errorf("--against: %s: %w", o.against, err)
	}
	anchor, err := report.ReadAnchor(text)
	if err != nil {
		return fmt.Errorf("--against %s: %w", o.against, err)
	}
	r.Compare(a, anchor)
	return nil
}

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
