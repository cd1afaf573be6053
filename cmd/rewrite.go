package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
)

// A rewrite is a file's new text, in place of one that git holds. A nil text is no
// file.
type rewrite struct {
	path     string // in the logbook
	old, now []byte
}

// rewrite puts files in place and records just them. Where nothing could be
// recorded, the files are as they were.
func (a *app) rewrite(ctx context.Context, dir *logbook.Dir, t *gitTrail, files []rewrite, message string) (gitrepo.Commit, error) {
	var changes []gitrepo.Change
	for _, f := range files {
		c := gitrepo.Change{Path: t.inRepository(f.path), Kind: gitrepo.Modified, Before: f.old, After: f.now}
		switch {
		case f.old == nil:
			c.Kind = gitrepo.Added
		case f.now == nil:
			c.Kind = gitrepo.Deleted
		}
		changes = append(changes, c)
	}
	var written []rewrite
	put := func(f rewrite) error {
		switch {
		case f.old == nil:
			return dir.Create(f.path, f.now, 0o644)
		case f.now == nil:
			return dir.Remove(f.path, f.old)
		}
		return dir.Replace(f.path, f.old, f.now)
	}
	err := error(nil)
	for _, f := range files {
		if err = put(f); err != nil {
			break
		}
		written = append(written, f)
	}
	var done gitrepo.Commit
	if err == nil {
		done, err = t.repo.Commit(ctx, changes, message)
	}
	if err == nil {
		return done, nil
	}
	err = fmt.Errorf("nothing was recorded: %w", err)
	for _, f := range written {
		if back := put(rewrite{f.path, f.now, f.old}); back != nil {
			err = errors.Join(err, fmt.Errorf("and %s couldn't be put back as it was: %w", f.path, back))
		}
	}
	return done, err
}
