package cmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type undoOptions struct {
	*app
	dryRun bool
}

func newUndo(app *app) *cobra.Command {
	o := &undoOptions{app: app}
	c := &cobra.Command{
		Use:   "undo",
		Short: "Take back the last commit that coachlog made, by a new commit",
		Long: `undo takes back what coachlog's last commit recorded, with a new commit: the files are
as they were before, and the history keeps both. Run it again to take back the one
before that. Undoing a sign-off withdraws it; only its author can do that.

It refuses, and changes nothing, if a file has changed since, or has staged changes that
are in no commit. If it is interrupted, run it again: it finishes the same undo. For
commits made with plain git, and for an undo itself, use git revert.`,
		Example: `  coachlog undo --dry-run
  coachlog undo`,
		Args: cobra.NoArgs,
		RunE: o.writing(func() bool { return !o.dryRun }, o.run),
	}
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would be taken back and do nothing")
	return c
}

func (o *undoOptions) run(c *cobra.Command, _ []string) error {
	ctx := c.Context()
	r, err := o.openHistory()
	if err != nil {
		return err
	}
	if o.undone { // by what was interrupted, which may have left git's locks as well
		o.tellLocks(ctx, r.Repo)
		return nil
	}
	dir, err := o.find()
	if err != nil {
		return err
	}
	if err := r.Ready(); err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	last, err := r.LastOfCoachlog()
	if err != nil {
		return err
	}
	if s, ok := plan.ReadSignOff(last); ok {
		return o.withdraw(ctx, r.Repo, s)
	}
	changes, err := r.Reversed(dir, last)
	if err != nil {
		return err
	}
	settings := dir.Settings()
	if plain := unsealed(r.Repo, settings, changes); len(plain) > 0 {
		return fmt.Errorf("nothing was taken back, because confidential text would be plain text again:\n  %s", strings.Join(plain, "\n  "))
	}
	described, _, _ := describe(r.Repo, settings.Headings, changes)
	message := report.UndoMessage(described, last, settings.CommitWords)
	if o.dryRun {
		return o.showMessage(message)
	}
	if err := o.rewrite(ctx, r.Repo, dir, changes, message, message); err != nil {
		return err
	}
	if me, err := r.Identity(); err == nil && !r.Author(me).Same(last.Author) {
		fmt.Fprintf(o.Out, "It undoes commit %s by %s, of %s.\n", plan.Short(last.ID), last.Author.Name, last.Day())
	}
	return nil
}

// withdraw takes a sign-off back, by its own author only.
func (o *undoOptions) withdraw(ctx context.Context, repo *history.Repo, s plan.SignOff) error {
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	me, author, err := w.atWork(repo)
	if err != nil {
		return err
	}
	if me.ID != w.Roster.Resolve(s.Person) {
		return fmt.Errorf("coachlog's last commit, %s, is the sign-off of %s on %s, and git commits here as %s: only its author can take it back",
			plan.Short(s.Commit.ID), s.Person, s.Path, author.Was)
	}
	return o.app.withdraw(ctx, repo, w.dir, s, o.dryRun)
}
