package cmd

import (
	"context"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
)

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
