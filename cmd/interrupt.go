package cmd

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
)

// patience is longer than a git that was interrupted is waited for.
const patience = 8 * time.Second

// interruptible is for what has to put things in order when it is interrupted. A second
// signal ends it at once, as anything else; so does the first, where whatever it waits for
// doesn't end by itself.
func interruptible(ctx context.Context) (_ context.Context, done func()) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	kept := context.AfterFunc(ctx, func() {
		stop()
		time.Sleep(patience)
		os.Exit(exitFailed)
	})
	return ctx, func() { kept(); stop() }
}

// commit records changes that the files hold.
func (a *app) commit(ctx context.Context, repo *history.Repo, changes []gitrepo.Change, message string) (gitrepo.Commit, error) {
	ctx, done := interruptible(ctx)
	defer done()
	return repo.Commit(ctx, changes, message)
}

// rewrite records changes, then puts them into the files, and says what was recorded.
func (a *app) rewrite(ctx context.Context, repo *history.Repo, dir *logbook.Dir, changes []gitrepo.Change, message, told string) error {
	ctx, done := interruptible(ctx)
	defer done()
	made, err := repo.Rewrite(ctx, dir, changes, message)
	if err != nil {
		return err
	}
	return a.recorded(made, told)
}

// note records a message in a commit that changes no file, as long as these texts are there,
// and says so.
func (a *app) note(ctx context.Context, repo *history.Repo, message string, texts map[string]string) error {
	ctx, done := interruptible(ctx)
	defer done()
	made, err := repo.Note(ctx, message, texts)
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	return a.recorded(made, message)
}
