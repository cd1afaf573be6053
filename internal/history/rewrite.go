package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
)

// Replaces is the change that puts a text in place of a file's present one.
func (r *Repo) Replaces(name string, old, now []byte) gitrepo.Change {
	return gitrepo.Change{Path: r.InRepository(name), Kind: gitrepo.Modified, Before: old, After: now}
}

// put does in the logbook's folder what a change says, or takes it back.
func (r *Repo) put(dir *logbook.Dir, c gitrepo.Change, back bool) error {
	name, from, to, kind := r.InLogbook(c.Path), c.Before, c.After, c.Kind
	if back {
		from, to = to, from
		kind = map[gitrepo.ChangeKind]gitrepo.ChangeKind{gitrepo.Added: gitrepo.Deleted, gitrepo.Deleted: gitrepo.Added, gitrepo.Modified: gitrepo.Modified}[kind]
	}
	switch kind {
	case gitrepo.Added:
		return dir.Create(name, to, 0o644)
	case gitrepo.Deleted:
		return dir.Remove(name, from)
	}
	return dir.Replace(name, from, to)
}

// Rewrite puts files in place, in their order, and records just them. Where nothing could be
// recorded, the files are as they were.
func (r *Repo) Rewrite(ctx context.Context, dir *logbook.Dir, changes []gitrepo.Change, message string) (done gitrepo.Commit, err error) {
	written := 0
	for _, c := range changes {
		if err = r.put(dir, c, false); err != nil {
			break
		}
		written++
	}
	if err == nil {
		sorted := slices.SortedStableFunc(slices.Values(changes), func(x, y gitrepo.Change) int { return strings.Compare(x.Path, y.Path) })
		done, err = r.Commit(ctx, sorted, message)
	}
	if err == nil {
		return done, nil
	}
	err = fmt.Errorf("nothing was recorded: %w", err)
	for _, c := range changes[:written] {
		if back := r.put(dir, c, true); back != nil {
			err = errors.Join(err, fmt.Errorf("and %s couldn't be put back as it was: %w", r.InLogbook(c.Path), back))
		}
	}
	return done, err
}

// coachlogMark is how the lines start with which coachlog's commits can be told.
const coachlogMark = "Coachlog-"

// LastOfCoachlog is the newest commit that coachlog made, and that isn't taken back.
func (r *Reader) LastOfCoachlog() (*plan.Commit, error) {
	var err error
	if r.h, err = r.History(gitrepo.HistoryOptions{Marked: coachlogMark}); err != nil {
		return nil, err
	}
	commits, err := r.commits(r.h)
	if err != nil {
		return nil, err
	}
	undone := make(map[string]bool)
	for _, c := range commits {
		trailers := c.Trailers()
		at := slices.IndexFunc(trailers, func(t plan.Trailer) bool { return t.Key == plan.UndoTrailer })
		ours := slices.ContainsFunc(trailers, func(t plan.Trailer) bool { return strings.HasPrefix(t.Key, coachlogMark) })
		switch {
		case at >= 0:
			undone[trailers[at].Value] = true
		case ours && !undone[c.ID]:
			return c, nil
		}
	}
	return nil, errors.New("coachlog has no more commits to take back; use git revert for others")
}

// Reversed is what takes a commit's changes back. All its files must be as it left
// them, in HEAD and in the work tree.
func (r *Reader) Reversed(dir *logbook.Dir, c *plan.Commit) ([]gitrepo.Change, error) {
	changed, err := r.changed(c.ID, ".")
	if err != nil {
		return nil, err
	}
	var back []gitrepo.Change
	for _, f := range changed {
		if f.Path == logbook.SettingsName && f.Before == "" {
			return nil, fmt.Errorf("commit %s created the logbook and is coachlog's only one left; it can't be taken back", plan.Short(c.ID))
		}
		undo := r.Replaces(f.Path, nil, nil)
		if undo.Before, err = r.unchangedSince(dir, c, f); err != nil {
			return nil, err
		}
		switch "" {
		case f.After:
			undo.Kind = gitrepo.Added
		case f.Before:
			undo.Kind = gitrepo.Deleted
		}
		if f.Before != "" {
			if undo.After, err = r.inWorkTree(f.Path, f.Before); err != nil {
				return nil, err
			}
			if bytes.Contains(undo.Before, []byte("\r\n")) && !bytes.Contains(undo.After, []byte("\r\n")) {
				undo.After = bytes.ReplaceAll(undo.After, []byte("\n"), []byte("\r\n")) // as git has the work tree
			}
		}
		back = append(back, undo)
	}
	if len(back) == 0 {
		return nil, fmt.Errorf("commit %s changed none of the logbook's files", plan.Short(c.ID))
	}
	return back, nil
}

// unchangedSince is the present text of a file, which must be as the commit left it; nil
// where it left no file.
func (r *Reader) unchangedSince(dir *logbook.Dir, c *plan.Commit, f plan.FileVersion) ([]byte, error) {
	head, err := r.filesAt(r.h.Head, f.Path)
	if err != nil {
		return nil, err
	}
	if head[f.Path] != f.After || f.After == "" && dir.Exists(f.Path) {
		return nil, fmt.Errorf("%s changed after commit %s, and taking that commit back would lose the change; git revert %s shows both", f.Path, plan.Short(c.ID), plan.Short(c.ID))
	}
	if f.After == "" {
		return nil, nil
	}
	text, err := dir.ReadFile(f.Path)
	same := false
	if err == nil {
		if same, err = r.IsText(r.h, f.Path, text, f.After); err != nil {
			return nil, err
		}
	}
	if errors.Is(err, fs.ErrNotExist) || err == nil && !same {
		return nil, hint.New("record them first: coachlog commit "+f.Path, "%s has uncommitted changes, which would be lost by taking commit %s back", f.Path, plan.Short(c.ID))
	}
	return text, err
}

// inWorkTree is one version of a file as git would check it out.
func (r *Reader) inWorkTree(name, id string) ([]byte, error) {
	stored, err := r.h.Blob(id)
	if err != nil {
		return nil, err
	}
	return r.h.InWorkTree(r.InRepository(name), id, stored)
}
