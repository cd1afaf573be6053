package cmd

import (
	"context"
	"fmt"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
)

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
