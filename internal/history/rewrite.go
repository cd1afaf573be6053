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

// A Rewrite is a file's new text, in place of one that git holds. A nil text is no
// file.
type Rewrite struct {
	Path     string // in the logbook
	Old, Now []byte
}

// change is a rewrite as git records it.
func (r *Repo) change(f Rewrite) gitrepo.Change {
	c := gitrepo.Change{Path: r.InRepository(f.Path), Kind: gitrepo.Modified, Before: f.Old, After: f.Now}
	switch {
	case f.Old == nil:
		c.Kind = gitrepo.Added
	case f.Now == nil:
		c.Kind = gitrepo.Deleted
	}
	return c
}

// put writes a rewrite's text.
func (f Rewrite) put(dir *logbook.Dir) error {
	switch {
	case f.Old == nil:
		return dir.Create(f.Path, f.Now, 0o644)
	case f.Now == nil:
		return dir.Remove(f.Path, f.Old)
	}
	return dir.Replace(f.Path, f.Old, f.Now)
}

// ChangesOf are what git records of rewrites.
func (r *Repo) ChangesOf(files []Rewrite) []gitrepo.Change {
	changes := make([]gitrepo.Change, len(files))
	for i, f := range files {
		changes[i] = r.change(f)
	}
	return changes
}

// Rewrite puts files in place and records just them. Where nothing could be
// recorded, the files are as they were.
func (r *Repo) Rewrite(ctx context.Context, dir *logbook.Dir, files []Rewrite, message string) (done gitrepo.Commit, err error) {
	written := 0
	for _, f := range files {
		if err = f.put(dir); err != nil {
			break
		}
		written++
	}
	if err == nil {
		done, err = r.Commit(ctx, r.ChangesOf(files), message)
	}
	if err == nil {
		return done, nil
	}
	err = fmt.Errorf("nothing was recorded: %w", err)
	for _, f := range files[:written] {
		if back := (Rewrite{f.Path, f.Now, f.Old}).put(dir); back != nil {
			err = errors.Join(err, fmt.Errorf("and %s couldn't be put back as it was: %w", f.Path, back))
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
	return nil, errors.New("no commit of coachlog's is left to take back; git revert takes back others")
}

// Reversed is what takes a commit's changes back. All its files must be as it left
// them, in HEAD and in the work tree.
func (r *Reader) Reversed(dir *logbook.Dir, c *plan.Commit) ([]Rewrite, error) {
	changed, err := r.changed(c.ID, ".")
	if err != nil {
		return nil, err
	}
	var files []Rewrite
	for _, f := range changed {
		if f.Path == logbook.SettingsName && f.Before == "" {
			return nil, fmt.Errorf("commit %s made the logbook, and is the last one of coachlog's; it isn't taken back", plan.Short(c.ID))
		}
		back := Rewrite{Path: f.Path}
		if back.Old, err = r.unchangedSince(dir, c, f); err != nil {
			return nil, err
		}
		if f.Before != "" {
			if back.Now, err = r.inWorkTree(f.Path, f.Before); err != nil {
				return nil, err
			}
			if bytes.Contains(back.Old, []byte("\r\n")) && !bytes.Contains(back.Now, []byte("\r\n")) {
				back.Now = bytes.ReplaceAll(back.Now, []byte("\n"), []byte("\r\n")) // as git has the work tree
			}
		}
		files = append(files, back)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("commit %s changed none of the logbook's files", plan.Short(c.ID))
	}
	return files, nil
}

// unchangedSince is the present text of a file, which must be as the commit left it; nil
// where it left no file.
func (r *Reader) unchangedSince(dir *logbook.Dir, c *plan.Commit, f plan.FileVersion) ([]byte, error) {
	head, err := r.filesAt(r.h.Head, f.Path)
	if err != nil {
		return nil, err
	}
	if head[f.Path] != f.After || f.After == "" && dir.Exists(f.Path) {
		return nil, fmt.Errorf("%s was changed after commit %s, so taking that back would lose the change; git revert %s shows both", f.Path, plan.Short(c.ID), plan.Short(c.ID))
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
		return nil, hint.New("record them first: coachlog commit "+f.Path, "%s has changes that aren't recorded, which taking commit %s back would lose", f.Path, plan.Short(c.ID))
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
