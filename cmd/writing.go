package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/plan"
)

// writing runs a command that may write: whenever it does, it has the logbook's lock from
// before it reads anything until its end, or until it waits for a person. Two at once then
// don't do the same thing twice.
func (a *app) writing(writes func() bool, run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if writes() {
			a.unpaged = true
			if err := a.lock(c.Context()); err != nil {
				return err
			}
			defer a.giveBack()
		}
		return run(c, args)
	}
}

// lock takes the logbook's lock, and ends what a killed coachlog had begun: what is written
// next builds on what is there.
func (a *app) lock(ctx context.Context) error {
	dir, err := a.find()
	if err != nil {
		return err
	}
	repo, err := a.lockFolder(dir)
	if err != nil || repo == nil {
		return err
	}
	undone, err := a.finish(ctx, dir, repo)
	if a.undone = a.undone || undone; err != nil {
		a.giveBack()
	}
	return err
}

// lockFolder takes the lock alone. It returns the repository, in which nobody sees the file
// that says who has the lock; nil where there is none, or it can't be read.
func (a *app) lockFolder(dir *logbook.Dir) (repo *history.Repo, err error) {
	notes := dir.Path
	if repo, err = history.Find(dir); err == nil {
		notes = repo.GitDir()
	} else {
		repo = nil // whoever needs it says why
	}
	a.unlock, err = dir.Lock(notes, func(holder string) {
		a.tell(plainly, "waiting for %s, which is writing to this logbook", holder)
	})
	return repo, err
}

// giveBack gives the logbook's lock back, if this program has it.
func (a *app) giveBack() {
	if a.unlock != nil {
		a.unlock()
		a.unlock = nil
	}
}

// unlocked waits for what a person says, who may take an hour: meanwhile others may write. What
// was read before has to be read again.
func unlocked[T any](a *app, ask func() (T, error)) (answer T, err error) {
	held := a.unlock != nil
	a.giveBack()
	if answer, err = ask(); err != nil || !held {
		return answer, err
	}
	return answer, a.lock(context.Background())
}

// choose asks a person to choose.
func (a *app) choose(question string, options []terminal.Option) (string, error) {
	return unlocked(a, func() (string, error) { return a.Choose(question, options) })
}

// finish ends what a killed coachlog had begun here, and removes what it left lying
// around. It says whether that was an undo.
func (a *app) finish(ctx context.Context, dir *logbook.Dir, repo *history.Repo) (undone bool, err error) {
	end := interrupt.Step()
	done, err := repo.Finish(ctx, dir)
	end()
	for _, message := range done.Messages {
		subject, _, _ := strings.Cut(message, "\n")
		a.tell(plainly, "coachlog was interrupted after this commit, and its files are in place now:\n  %s", subject)
	}
	for _, name := range done.Kept {
		a.tell(a.ErrStyle.Yellow, "%s was changed in between and is left as it is; git diff shows what differs from that commit", name)
	}
	return slices.ContainsFunc(done.Messages, func(message string) bool { return strings.Contains(message, "\n"+plan.UndoTrailer+": ") }), err
}

// commit records changes that the files hold.
func (a *app) commit(ctx context.Context, repo *history.Repo, changes []gitrepo.Change, message string) (gitrepo.Commit, error) {
	defer interrupt.Step()()
	return repo.Commit(ctx, changes, message)
}

// rewrite records changes, then puts them into the files, and says what was recorded.
func (a *app) rewrite(ctx context.Context, repo *history.Repo, dir *logbook.Dir, changes []gitrepo.Change, message, told string) error {
	defer interrupt.Step()()
	made, err := repo.Rewrite(ctx, dir, changes, message)
	if err != nil {
		return err
	}
	return a.recorded(made, told)
}

// note records a message in a commit that changes no file, as long as these texts are there,
// and says so.
func (a *app) note(ctx context.Context, repo *history.Repo, message string, texts map[string]string) error {
	defer interrupt.Step()()
	made, err := repo.Note(ctx, message, texts)
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	return a.recorded(made, message)
}
