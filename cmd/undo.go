package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
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
		Long: `undo takes back what the last commit of coachlog recorded, with a new commit: the
files are as they were before it, and the history keeps both. Called again, it takes
back the one before that. A sign-off is withdrawn, which only its own author can do.

It refuses, and changes nothing, where a file has been changed since. Commits that
were made with git alone are git's to revert; so is an undo: git revert.`,
		Example: `  coachlog undo --dry-run
  coachlog undo`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := interruptible()
			defer stop()
			return o.run(ctx)
		},
	}
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "say what would be taken back, and do nothing")
	return c
}

func (o *undoOptions) run(ctx context.Context) error {
	p, err := o.openPast()
	if err != nil {
		return err
	}
	dir, err := o.find()
	if err != nil {
		return err
	}
	if err := p.repo.Ready(); err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	c, err := p.lastOfCoachlog()
	if err != nil {
		return err
	}
	if s, ok := plan.ReadSignOff(c); ok {
		return o.withdraw(ctx, p, s)
	}
	files, changes, err := p.reversed(dir, c)
	if err != nil {
		return err
	}
	described, _, _ := describe(dir, p.prefix, changes)
	message := report.UndoMessage(described, c)
	if o.dryRun {
		_, err := fmt.Fprint(o.Out, terminalLines(message)+"\n")
		return err
	}
	done, err := o.rewrite(ctx, dir, p.gitTrail, files, message)
	if err != nil {
		return err
	}
	subject, _, _ := strings.Cut(message, "\n")
	fmt.Fprintf(o.Out, "[%s %s] %s\n", terminalLines(done.Branch), plan.Short(done.ID), terminalLines(subject))
	if me, err := p.repo.Identity(); err == nil && !p.author(me).Same(c.Author) {
		fmt.Fprintf(o.Out, "That was commit %s by %s, of %s.\n", plan.Short(c.ID), terminal.Escape(c.Author.Name), c.Day())
	}
	return nil
}

// coachlogMark is how the lines start with which coachlog's commits can be told.
const coachlogMark = "Coachlog-"

// lastOfCoachlog is the newest commit that coachlog made, and that isn't taken back.
func (p *past) lastOfCoachlog() (*plan.Commit, error) {
	h, err := p.repo.History(gitrepo.HistoryOptions{Marked: coachlogMark})
	if err != nil {
		return nil, err
	}
	p.h = h
	commits, err := p.commits(h)
	if err != nil {
		return nil, err
	}
	undone := make(map[string]bool)
	for _, c := range commits {
		trailers := c.Trailers()
		at := slices.IndexFunc(trailers, func(t plan.Trailer) bool { return t.Key == report.UndoTrailer })
		ours := slices.ContainsFunc(trailers, func(t plan.Trailer) bool { return strings.HasPrefix(t.Key, coachlogMark) })
		switch {
		case at >= 0:
			undone[trailers[at].Value] = true
		case ours && !undone[c.ID]:
			return c, nil
		}
	}
	return nil, errors.New("no commit of coachlog's is left to take back; git revert takes back others")
}

// withdraw takes a sign-off back, by its own author only.
func (o *undoOptions) withdraw(ctx context.Context, p *past, s plan.SignOff) error {
	b, err := o.read()
	if err != nil {
		return err
	}
	me, author, err := b.atWork(p.gitTrail)
	if err != nil {
		return err
	}
	if me != b.Person(s.Person) {
		return fmt.Errorf("the last commit of coachlog, %s, is the word of %s on %s, and git commits here as %s: only its author can take it back",
			plan.Short(s.Commit.ID), s.Person, s.Path, author.Was)
	}
	message := report.WithdrawalMessage(s)
	if o.dryRun {
		_, err := fmt.Fprint(o.Out, terminalLines(message)+"\n")
		return err
	}
	done, err := p.repo.Note(ctx, message, nil)
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	_, err = fmt.Fprintf(o.Out, "[%s %s] %s takes back the agreement to %s\n", terminalLines(done.Branch), plan.Short(done.ID), s.Person, terminal.Escape(s.Path))
	return err
}

// reversed is what takes a commit's changes back. All its files must be as it left
// them, in HEAD and in the work tree.
func (p *past) reversed(dir *logbook.Dir, c *plan.Commit) ([]rewrite, []gitrepo.Change, error) {
	deltas, err := p.h.Changed(c.ID, p.prefix)
	if err != nil {
		return nil, nil, err
	}
	var files []rewrite
	var changes []gitrepo.Change
	for _, d := range deltas {
		name := p.inLogbook(d.Path)
		if name == logbook.SettingsName && d.Before == "" {
			return nil, nil, fmt.Errorf("commit %s made the logbook, and is the last one of coachlog's; it isn't taken back", plan.Short(c.ID))
		}
		now, err := p.unchangedSince(dir, c, name, d.After)
		if err != nil {
			return nil, nil, err
		}
		change := gitrepo.Change{Path: d.Path, Kind: gitrepo.Modified, Before: now}
		if d.Before != "" {
			if change.After, err = p.inWorkTree(name, d.Before); err != nil {
				return nil, nil, err
			}
			if bytes.Contains(now, []byte("\r\n")) && !bytes.Contains(change.After, []byte("\r\n")) {
				change.After = bytes.ReplaceAll(change.After, []byte("\n"), []byte("\r\n")) // as git has the work tree
			}
		}
		switch {
		case d.After == "":
			change.Kind = gitrepo.Added
		case d.Before == "":
			change.Kind = gitrepo.Deleted
		}
		files = append(files, rewrite{name, now, change.After})
		changes = append(changes, change)
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("commit %s changed none of the logbook's files", plan.Short(c.ID))
	}
	return files, changes, nil
}

// unchangedSince is the present text of a file, which must be the one with the id;
// nil where that is "" and there is no file.
func (p *past) unchangedSince(dir *logbook.Dir, c *plan.Commit, name, id string) ([]byte, error) {
	head, err := p.filesAt(p.h.Head, name)
	if err != nil {
		return nil, err
	}
	changed := fmt.Errorf("%s was changed after commit %s, so taking that back would lose the change; git revert %s shows both", name, plan.Short(c.ID), plan.Short(c.ID))
	if head[name] != id {
		return nil, changed
	}
	if id == "" {
		if dir.Exists(name) {
			return nil, changed
		}
		return nil, nil
	}
	text, err := dir.ReadFile(name)
	same := false
	if err == nil {
		if same, err = p.isText(p.h, name, text, id); err != nil {
			return nil, err
		}
	}
	if noSuchFile(err) || err == nil && !same {
		return nil, fmt.Errorf("%s has changes that aren't recorded, which taking commit %s back would lose\nrecord them first: coachlog commit %s", name, plan.Short(c.ID), name)
	}
	return text, err
}

// inWorkTree is one version of a file as git would check it out.
func (p *past) inWorkTree(name, id string) ([]byte, error) {
	stored, err := p.h.Blob(id)
	if err != nil {
		return nil, err
	}
	return p.h.InWorkTree(p.inRepository(name), id, stored)
}
