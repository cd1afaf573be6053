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
	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/plan"
)

// Replaces is the change that puts a text in place of a file's present one.
func (r *Repo) Replaces(name string, old, now []byte) gitrepo.Change {
	return gitrepo.Change{Path: r.InRepository(name), Kind: gitrepo.Modified, Before: old, After: now}
}

// put does in the logbook's folder what a change says, unless it is done already.
func (r *Repo) put(dir *logbook.Dir, c gitrepo.Change) error {
	name := r.InLogbook(c.Path)
	now, err := dir.ReadFile(name)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !missing:
		return err
	case c.Kind == gitrepo.Deleted && missing:
		return nil
	case c.Kind == gitrepo.Deleted:
		return dir.Remove(name, c.Before)
	case c.Kind == gitrepo.Added && missing:
		return dir.Restore(name, c.After, executable(0o644, c.Executable))
	case bytes.Equal(now, c.After) && c.Kind == gitrepo.Modified && !c.ModeChanged:
		return nil
	case bytes.Equal(now, c.After):
		c.Before = c.After
	}
	return dir.ReplaceAs(name, c.Before, c.After, func(mode fs.FileMode) fs.FileMode {
		if c.ModeChanged || c.Kind == gitrepo.Added {
			mode = executable(mode, c.Executable)
		}
		return mode
	})
}

// executable lets those execute a file who may read it, or nobody.
func executable(mode fs.FileMode, is bool) fs.FileMode {
	if is {
		return mode | mode&0o444>>2
	}
	return mode &^ 0o111
}

// Rewrite records changes that the files don't hold yet, and then puts these in place, in
// the order of the changes. Where nothing could be recorded, the files are as they were.
func (r *Repo) Rewrite(ctx context.Context, dir *logbook.Dir, changes []gitrepo.Change, message string) (done gitrepo.Commit, err error) {
	done, err = r.CommitAhead(ctx, changes, message, func() error { return r.putAll(dir, changes) })
	switch {
	case err != nil && done.ID == "":
		err = fmt.Errorf("nothing was recorded: %w", err)
	case err != nil:
		err = hint.New("fix that, then coachlog doctor puts them in place; don't record it again", "commit %s was made, but not all files match it yet: %w", plan.Short(done.ID), err)
	}
	return done, err
}

func (r *Repo) putAll(dir *logbook.Dir, changes []gitrepo.Change) error {
	var failed []error
	for _, c := range changes {
		if err := r.put(dir, c); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Finished is what killed coachlogs had left to do, and what they left lying around.
type Finished struct {
	Messages []string // of the commits whose files are in place now
	Kept     []string // files that somebody changed in between, which are left as they are
	Removed  []string // temporary files and locks
}

// Finish puts in place what killed coachlogs recorded, and removes what they left.
func (r *Repo) Finish(ctx context.Context, dir *logbook.Dir) (done Finished, err error) {
	done.Removed = append(r.RemoveLeftovers(), dir.RemoveLeftovers()...)
	unfinished, err := r.Unfinished(ctx)
	for _, u := range unfinished {
		done.Messages = append(done.Messages, u.Message)
		for _, name := range u.Kept {
			done.Kept = append(done.Kept, r.InLogbook(name))
		}
		err = errors.Join(err, r.putAll(dir, u.Changes), u.Done())
	}
	return done, err
}

// coachlogMark is how the lines start with which coachlog's commits can be told.
const coachlogMark = "Coachlog-"

// LastOfCoachlog is the newest commit that coachlog made, and that isn't taken back.
func (r *Reader) LastOfCoachlog() (*plan.Commit, error) {
	h, commits, err := r.list(gitrepo.HistoryOptions{Marked: coachlogMark})
	if err != nil {
		return nil, err
	}
	r.h = h
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
// them in HEAD; in the work tree they may also be as they were before.
func (r *Reader) Reversed(dir *logbook.Dir, c *plan.Commit) ([]gitrepo.Change, error) {
	changed, err := r.h.Changed(c.ID, r.InRepository("."))
	if err != nil {
		return nil, err
	}
	var back []gitrepo.Change
	for _, f := range changed {
		f.Path = r.InLogbook(f.Path)
		if f.Path == logbook.SettingsName && f.Before == "" {
			return nil, fmt.Errorf("commit %s created the logbook and is coachlog's only one left; it can't be taken back", plan.Short(c.ID))
		}
		undo, err := r.reversed(dir, c, f)
		if err != nil {
			return nil, err
		}
		back = append(back, undo)
	}
	if len(back) == 0 {
		return nil, fmt.Errorf("commit %s changed none of the logbook's files", plan.Short(c.ID))
	}
	return back, nil
}

func (r *Reader) reversed(dir *logbook.Dir, c *plan.Commit, f gitrepo.Delta) (gitrepo.Change, error) {
	undo := r.Replaces(f.Path, nil, nil)
	undo.Executable, undo.ModeChanged = f.WasExecutable, f.WasExecutable != f.IsExecutable
	switch "" {
	case f.After:
		undo.Kind = gitrepo.Added
	case f.Before:
		undo.Kind = gitrepo.Deleted
	}
	head := r.filesAt(r.h.Head, f.Path)
	if r.err != nil {
		return undo, r.err
	}
	if head[f.Path] != f.After {
		return undo, changedAfter(c, f)
	}
	disk, err := dir.ReadFile(f.Path)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return undo, err
	}
	if undo.Before, err = r.inWorkTree(f.Path, f.After, disk); err != nil {
		return undo, err
	}
	if undo.After, err = r.inWorkTree(f.Path, f.Before, disk); err != nil {
		return undo, err
	}
	recorded := missing && f.After == ""
	if !missing && f.After != "" {
		if recorded, err = r.IsText(r.h, f.Path, disk, f.After); err != nil {
			return undo, err
		}
	}
	switch {
	case recorded && !sameLines(disk, undo.Before):
		return undo, hint.New("put them somewhere else first", "taking commit %s back would lose lines of %s that its filter keeps out of git", plan.Short(c.ID), f.Path)
	case recorded:
		undo.Before = disk // with the work tree's own line ends
	case missing == (f.Before == "") && bytes.Equal(disk, undo.After): // as a killed undo of an older coachlog left it
	case f.After == "":
		return undo, changedAfter(c, f)
	default:
		return undo, hint.New("record them first: coachlog commit "+f.Path, "%s has uncommitted changes, which would be lost by taking commit %s back", f.Path, plan.Short(c.ID))
	}
	return undo, nil
}

// sameLines compares texts, whatever git itself makes of line ends and $Id$.
func sameLines(a, b []byte) bool {
	plain := func(text []byte) []byte {
		return filledIn().ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("$$Id$$"))
	}
	return bytes.Equal(plain(a), plain(b))
}

var filledIn = pattern.Of(`\$Id: [^$\n]*\$`)

func changedAfter(c *plan.Commit, f gitrepo.Delta) error {
	return fmt.Errorf("%s changed after commit %s, and taking that commit back would lose the change; git revert %s shows both", f.Path, plan.Short(c.ID), plan.Short(c.ID))
}

// inWorkTree is one version of a file as git would check it out, with line ends like those
// of what is there; nil for no file.
func (r *Reader) inWorkTree(name, id string, there []byte) ([]byte, error) {
	return r.h.InWorkTreeLike(r.InRepository(name), id, there)
}
