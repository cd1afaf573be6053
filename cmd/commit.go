package cmd

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report"
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
		Long: `commit records the changed logs, plans, settings and metrics of the logbook, or those
below the paths, in one commit on the current branch. The message says what changed
in the coaching, goals, actions and results, in counts and ids; a program can read each
change from a trailer. The words of goals and actions come along only with
"commit_words: true" in coachlog.yaml, since forges mail messages around. Nothing else
is recorded, even if it is staged.

It refuses, and changes nothing, in the middle of a merge or rebase, without a
checked-out branch, and if a file isn't text or is far too large.`,
		Example: `  coachlog commit
  coachlog commit people/rep1
  coachlog commit -m "Session of 6 July"
  coachlog commit --dry-run`,
		RunE: o.writing(func() bool { return !o.dryRun }, o.run),
	}
	c.Flags().StringVarP(&o.message, "message", "m", "", "the message's first `line`, instead of a summary of the changes")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show the message and record nothing")
	return c
}

func (o *commitOptions) run(c *cobra.Command, args []string) error {
	ctx := c.Context()
	if strings.ContainsAny(o.message, "\r\n") {
		return errors.New("-m takes one line; what changed is written below it")
	}
	dir, err := o.find()
	if err != nil {
		return err
	}
	repo, err := history.Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return notInGit(dir, "")
	}
	if err != nil {
		return err
	}
	paths, err := o.scope(dir, repo, args)
	if err != nil {
		return err
	}
	defer o.Progress("looking for changes").Done()
	changes, err := repo.Changes(ctx, paths, repo.Holds)
	for _, c := range changes {
		if err == nil && c.Kind == gitrepo.Deleted {
			err = dir.CheckHere(repo.InLogbook(c.Path))
		}
	}
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	o.tellIgnored(ctx, dir, repo, paths)
	if len(changes) == 0 {
		return o.nothing(ctx, repo)
	}
	settings := dir.Settings()
	files, errorCount, notText := describe(repo, settings.Headings, changes)
	if len(notText) > 0 {
		return hint.New("to record the others meanwhile, name them: coachlog commit PATH", "nothing was recorded, because some files aren't text:\n  %s", strings.Join(notText, "\n  "))
	}
	if plain := unsealed(repo, settings, changes); len(plain) > 0 {
		return hint.New("to seal them: coachlog seal", "nothing was recorded, because confidential text isn't sealed, and git keeps what it once had:\n  %s", strings.Join(plain, "\n  "))
	}
	message := report.CommitMessage(files, strings.TrimSpace(o.message), settings.CommitWords)
	if o.dryRun {
		return o.showMessage(message)
	}
	done, err := o.app.commit(ctx, repo, changes, message)
	if errors.Is(err, gitrepo.ErrNothingToCommit) {
		return o.nothing(ctx, repo)
	}
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	if errorCount > 0 {
		o.tell(plainly, "recorded as it is; coachlog lint finds errors in it: %d", errorCount)
	}
	return o.recorded(done, message)
}

func (o *commitOptions) nothing(ctx context.Context, repo *history.Repo) error {
	err := o.printf("Nothing to record: nothing has changed since the last commit.\n")
	o.tellLocks(ctx, repo)
	return err
}

// tellIgnored names the logs that count and that git leaves out of every commit: all here, or
// those beside the files that are committed.
func (a *app) tellIgnored(ctx context.Context, dir *logbook.Dir, repo *history.Repo, scope []string) {
	var names []string
	for _, name := range scope {
		person, log := path.Split(repo.InLogbook(name))
		if log == "" || path.Dir(path.Clean(person)) != logparse.PeopleFolder { // more than one person's
			names, _ = fs.Glob(os.DirFS(dir.Path), logparse.PeopleFolder+"/*/*.md")
			break
		}
		beside, _ := dir.FilesIn(path.Clean(person))
		names = append(names, beside...)
	}
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return !logparse.IsLogName(path.Base(name)) && path.Base(name) != "plan.md" })
	for i, name := range names {
		names[i] = repo.InRepository(name)
	}
	// Where nobody can tell, the commit itself says why.
	if ignored, err := repo.Ignored(ctx, names); err == nil && len(ignored) > 0 {
		a.tell(a.ErrStyle.Yellow, "git ignores these files, so no commit has them:\n  %s\nto see which pattern does it: git check-ignore -v FILE; to record one: git add -f FILE, then coachlog commit", strings.Join(ignored, "\n  "))
	}
}

// tellLocks is for when there is nothing to do that a lock could stand in the way of:
// a commit that was killed at its very end leaves one.
func (a *app) tellLocks(ctx context.Context, repo *history.Repo) {
	if err := repo.LeftLocks(ctx); err != nil {
		a.tell(a.ErrStyle.Yellow, "%s\nif git status then shows changes that nobody made: git reset", err.Error())
	}
}

// scope is what to look at, relative to the repository: the paths given, which
// may be of deleted files, or the whole logbook.
func (o *commitOptions) scope(dir *logbook.Dir, repo *history.Repo, args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{repo.Prefix}, nil
	}
	var paths []string
	for _, arg := range args {
		rel, err := o.placeInLogbook(dir, arg)
		if err != nil {
			return nil, err
		}
		if rel != "." && !logbook.IsOwnFile(rel) && !logbook.IsOwnFolder(rel) {
			return nil, fmt.Errorf("%s isn't one of the logbook's files; commit it with git", arg)
		}
		paths = append(paths, repo.InRepository(rel))
	}
	return paths, nil
}

// describe says what each change means, how many errors the parser finds in what is to
// be recorded, and which of it is no text: nobody could read that, or compare it later.
func describe(repo *history.Repo, headings logparse.Headings, changes []gitrepo.Change) (files []report.FileChange, errorCount int, notText []string) {
	parse := func(name, text string) (*logparse.Document, error) {
		return logparse.Parse(name, []byte(text), headings), nil
	}
	all, gone := &plan.Commit{}, make(map[string]bool)
	for _, c := range changes {
		if c.Kind != gitrepo.Modified { // with the text in place of its id
			all.Files = append(all.Files, plan.FileVersion{Path: repo.InLogbook(c.Path), Before: string(c.Before), After: string(c.After)})
		}
	}
	moved, _ := trail.Renames(all, parse)
	for _, from := range moved {
		gone[from.Path] = true
	}
	for _, c := range changes {
		name := repo.InLogbook(c.Path)
		if gone[name] {
			continue
		}
		from, isMoved := moved[name]
		var before, after *logparse.Document
		if c.Kind != gitrepo.Added || isMoved {
			before, _ = parse(name, cmp.Or(from.Before, string(c.Before)))
		}
		if c.Kind != gitrepo.Deleted {
			after = logparse.Parse(name, c.After, headings)
			if !utf8.ValidString(name) { // messages name files, and are UTF-8
				notText = append(notText, fmt.Sprintf("%q: the name isn't UTF-8; rename it", name))
			}
			for _, d := range after.Diagnostics {
				if d.Severity == logparse.Error {
					errorCount++
				}
			}
			if why := whyNotText(before, after); why != "" {
				notText = append(notText, name+": "+why)
			}
		}
		files = append(files, report.FileChange{Path: strings.ToValidUTF8(name, "�"), Changes: changesOf(c, from.Path, before, after)})
	}
	return files, errorCount, notText
}

// unsealed are the files whose confidential text anybody could read in git.
func unsealed(repo *history.Repo, settings *logparse.Settings, changes []gitrepo.Change) (names []string) {
	if !settings.Seals() {
		return nil
	}
	for _, c := range changes {
		name := repo.InLogbook(c.Path)
		if c.Kind != gitrepo.Deleted && settings.MustSeal(logparse.Parse(name, c.After, settings.Headings)) {
			names = append(names, name)
		}
	}
	return names
}

// changesOf are those of one file, which may have had another path.
func changesOf(c gitrepo.Change, from string, before, after *logparse.Document) (all []plan.Change) {
	same := before != nil && after != nil && bytes.Equal(before.Text, after.Text)
	switch {
	case from != "":
		all = []plan.Change{trail.RenameOf(strings.ToValidUTF8(from, "�"), after.Path)}
		if same || trail.ButForDay(before, after) {
			return all
		}
	case same && c.ModeChanged:
		return []plan.Change{{Verb: plan.VerbMode, What: "file"}}
	case same: // as when a filter is taken up
		return []plan.Change{{Verb: plan.VerbStored, What: "file"}}
	}
	return append(all, plan.Changes(before, after)...)
}

// whyNotText says why a file is no text, and what to do; "" for text.
func whyNotText(before, after *logparse.Document) string {
	if d := after.NotText(); d != nil {
		return d.String()
	}
	if before == nil || !history.Readable(before) || history.Readable(after) {
		return ""
	}
	if looks := gitrepo.Hides(after.Text, before.Text); looks != "" {
		return looks + "; if git stores it through a filter, set the filter up as for the other files, and bring the text back"
	}
	return ""
}
