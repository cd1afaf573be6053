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
		Short: "Find what was changed after it was agreed, from the commits",
		Long: `audit reads every commit and says where they don't bear out what the logbook says:
a text that both had agreed to and that was changed; a target or date moved after it
had passed; an account edited after the next session; a log deleted; a session's day
that the commits contradict; a sign-off by another hand; a commit that isn't signed
where the logbook asks for that; a history that was rewritten, where an anchor is at
hand to compare with. It looks at what is recorded, and not at files that aren't yet.

It ends with 1 where it finds something, with 2 where it could not look. It reads
everything from git's objects and nothing that it kept itself. What its word is worth,
and what nobody can prove, stands in docs/audit.md.`,
		Example: `  coachlog audit
  coachlog audit anchor > ../anchor-of-the-team.txt
  coachlog audit --against ../anchor-of-the-team.txt
  coachlog audit --signatures sign-offs
  coachlog audit --since 2026-10-01        in CI, where what came before is known
  coachlog audit --format json`,
		Args: cobra.NoArgs,
		RunE: o.run,
	}
	c.Flags().StringVar(&o.against, "against", "", "compare with the anchor in this `file`")
	c.Flags().Var(dateFlag{&o.since}, "since", "leave out what commits of days before this `date` show")
	choiceFlag(c, &o.signatures, "signatures", logparse.SignatureWants, "`which` commits have to be signed, whatever the logbook says: "+strings.Join(logparse.SignatureWants, ", "))
	c.Flags().StringVar(&o.signers, "allowed-signers", "", "`file` of the SSH keys that are believed (default: git's gpg.ssh.allowedSignersFile)")
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
	return r.Compare(a, anchor)
}
