package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
	"github.com/coachlog/coachlog/templates"
)

type commitOptions struct {
	*app
	message string
	dryRun  bool
}

func newCommit(app *app) *cobra.Command {
	o := &commitOptions{app: app}
	c := &cobra.Command{
		Use:   "commit [PATH...]",
		Short: "Record the logbook's changed files in git",
		Long: `commit records the changed logs, plans, settings and metrics of the logbook, or
those below the paths, in one commit on the present branch. The message says what
changed in the sense of coaching, with a trailer for each change that a program
can read. Nothing else is recorded, whatever is staged.

It refuses, and changes nothing, in the middle of a merge or rebase, where no branch
is checked out, and where one of the files is no text or far too large.`,
		Example: `  coachlog commit
  coachlog commit people/rep1
  coachlog commit -m "Session of 6 July"
  coachlog commit --dry-run`,
		RunE: func(_ *cobra.Command, args []string) error {
			// Interrupted, a commit ends at the old state or the new one, and leaves no lock.
			ctx, stop := interruptible()
			defer stop()
			return o.run(ctx, args)
		},
	}
	c.Flags().StringVarP(&o.message, "message", "m", "", "the message's first `line`, in place of one that sums the changes up")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show the message and record nothing")
	return c
}

func (o *commitOptions) run(ctx context.Context, args []string) error {
	if strings.ContainsAny(o.message, "\r\n") {
		return errors.New("-m takes one line; what changed is written below it")
	}
	dir, err := o.find()
	if err != nil {
		return err
	}
	repo, prefix, err := repositoryOf(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return fmt.Errorf("the logbook %s is not in a git repository\nto make it one: coachlog init %s", dir.Path, dir.Path)
	}
	if err != nil {
		return err
	}
	paths, err := o.scope(dir, prefix, args)
	if err != nil {
		return err
	}
	ours := func(name string) bool {
		rel, ok := strings.CutPrefix(name, prefix+"/")
		if prefix == "." {
			rel, ok = name, true
		}
		return ok && isLogbookFile(rel)
	}
	changes, err := repo.Changes(ctx, paths, ours)
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	if len(changes) == 0 {
		return o.nothing(ctx, repo)
	}
	files, errorCount, notText := describe(dir, prefix, changes)
	if len(notText) > 0 {
		return fmt.Errorf("nothing was recorded, since not all of it is text:\n  %s\nto record the others meanwhile, name them: coachlog commit PATH", strings.Join(notText, "\n  "))
	}
	message := report.CommitMessage(files, strings.TrimSpace(o.message))
	if o.dryRun {
		_, err := fmt.Fprint(o.Out, terminalLines(message)+"\n")
		return err
	}
	done, err := repo.Commit(ctx, changes, message)
	if errors.Is(err, gitrepo.ErrNothingToCommit) {
		return o.nothing(ctx, repo)
	}
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	subject, _, _ := strings.Cut(message, "\n")
	if errorCount > 0 {
		fmt.Fprintf(o.Err, "coachlog: recorded as it is, with what coachlog lint calls errors: %d\n", errorCount)
	}
	_, err = fmt.Fprintf(o.Out, "[%s %s] %s\n", terminalLines(done.Branch), done.ID[:min(10, len(done.ID))], terminalLines(subject))
	return err
}

func (o *commitOptions) nothing(ctx context.Context, repo *gitrepo.Repo) error {
	if _, err := fmt.Fprintln(o.Out, "Nothing to record: the logbook is as it was committed last."); err != nil {
		return err
	}
	o.tellLocks(ctx, repo)
	return nil
}

// tellLocks is for when there is nothing to do that a lock could stand in the way of:
// a commit that was killed at its very end leaves one.
func (a *app) tellLocks(ctx context.Context, repo *gitrepo.Repo) {
	if err := repo.LeftLocks(ctx); err != nil {
		fmt.Fprintf(a.Err, "%s %s\nif git status then shows changes that nobody made: git reset\n", a.ErrStyle.Yellow("coachlog:"), terminal.Escape(err.Error()))
	}
}

// scope is what to look at, relative to the repository: the paths given, which
// may be of deleted files, or the whole logbook.
func (o *commitOptions) scope(dir *logbook.Dir, prefix string, args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{prefix}, nil
	}
	var paths []string
	for _, arg := range args {
		rel, err := o.placeInLogbook(dir, arg)
		if err != nil {
			return nil, err
		}
		if rel != "." && !isLogbookFile(rel) && !isLogbookFolder(rel) {
			return nil, fmt.Errorf("%s is none of the logbook's files; use git itself for it", arg)
		}
		paths = append(paths, path.Join(prefix, rel))
	}
	return paths, nil
}

// isLogbookFile says whether coachlog looks after a file: what init writes, and
// what the logbook is made of.
func isLogbookFile(rel string) bool {
	switch rel {
	case logbook.SettingsName, "README.md", workflowPath, attributesPath:
		return true
	}
	top, rest, _ := strings.Cut(rel, "/")
	switch top {
	case "people":
		return strings.HasSuffix(rest, ".md")
	case "metrics":
		return strings.HasSuffix(rest, ".csv")
	case "templates":
		_, known := templates.FullName(rest)
		return known
	}
	return false
}

func isLogbookFolder(rel string) bool {
	return rel == "people" || rel == "metrics" || rel == "templates" || path.Dir(rel) == "people"
}

// describe says what each change means, how many errors the parser finds in what is to
// be recorded, and which of it is no text: nobody could read that, or compare it later.
func describe(dir *logbook.Dir, prefix string, changes []gitrepo.Change) (files []report.FileChange, errorCount int, notText []string) {
	headings := logparse.Headings{}
	if contents, err := dir.ReadFile(logbook.SettingsName); err == nil {
		settings, _ := logparse.ParseSettings(logbook.SettingsName, contents)
		headings = settings.Headings
	}
	for _, c := range changes {
		name := strings.TrimPrefix(c.Path, prefix+"/")
		version := func(kind gitrepo.ChangeKind, text []byte) *logparse.Document {
			if c.Kind == kind {
				return nil
			}
			return logparse.Parse(name, text, headings)
		}
		before, after := version(gitrepo.Added, c.Before), version(gitrepo.Deleted, c.After)
		if after != nil {
			for _, d := range after.Diagnostics {
				if d.Severity == logparse.Error {
					errorCount++
				}
				if isNotText(d) {
					notText = append(notText, fmt.Sprintf("%s: %s; %s", name, d.Message, d.Remedy))
				}
			}
		}
		if before != nil && after != nil && readsAsIs(before) && !readsAsIs(after) {
			if looks := gitrepo.Hides(after.Text, before.Text); looks != "" && !slices.ContainsFunc(after.Diagnostics, isNotText) {
				notText = append(notText, fmt.Sprintf("%s: %s; if git stores it through a filter, see that it is set up as for the others, and bring the text back", name, looks))
			}
		}
		said := plan.Changes(before, after)
		if c.Kind == gitrepo.Modified && !c.Executable && bytes.Equal(c.Before, c.After) { // as when a filter is taken up
			said = []plan.Change{{Verb: plan.VerbStored, What: "file"}}
		}
		files = append(files, report.FileChange{Path: name, Changes: said})
	}
	return files, errorCount, notText
}

func isNotText(d logparse.Diagnostic) bool { return d.Code == logparse.NotText }
