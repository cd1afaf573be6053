package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// request is a commit to be made.
type request struct {
	changes []Change
	message string
	holding map[string]item // what HEAD must have at these paths
	place   func() error    // puts the files in place, after the commit; nil where they are
}

// Commit records exactly these changes on the current branch, as `git commit
// --only` would: whatever else is staged stays staged and out of the commit.
// The message is used as it is, but for its end, which becomes one newline.
//
// The error is ErrNothingToCommit, a *Refusal (nothing was changed: try the
// remedy), or what git or the file system said. A change whose file no longer
// holds After is refused.
func (r *Repo) Commit(ctx context.Context, changes []Change, message string) (Commit, error) {
	if len(changes) == 0 {
		return Commit{}, ErrNothingToCommit
	}
	return r.commit(ctx, request{changes: changes, message: message})
}

// Note records a commit that changes no file, as `git commit --allow-empty --only`
// would. Holding are files that the branch must hold with just these contents,
// by their ids. The error is as Commit's.
func (r *Repo) Note(ctx context.Context, message string, holding map[string]string) (Commit, error) {
	req := request{message: message, holding: make(map[string]item)}
	for name, id := range holding {
		req.holding[name] = item{id: id}
	}
	return r.commit(ctx, req)
}

func (r *Repo) commit(ctx context.Context, req request) (Commit, error) {
	req, err := r.prepare(req)
	if err != nil {
		return Commit{}, err
	}
	return r.record(ctx, req)
}

// record makes a commit of a request that is prepared.
func (r *Repo) record(ctx context.Context, req request) (commit Commit, err error) {
	err = r.do(r.commitObstacles, func(b backend) (err error) {
		commit, err = b.commit(ctx, req)
		return err
	})
	return commit, err
}

// prepare makes the checks that no implementation may skip.
func (r *Repo) prepare(req request) (request, error) {
	if err := r.Ready(); err != nil {
		return req, err
	}
	req.changes = slices.SortedFunc(slices.Values(req.changes), func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	for i, c := range req.changes {
		if i > 0 && c.Path == req.changes[i-1].Path {
			return req, fmt.Errorf("%s: given twice in one commit", c.Path)
		}
		if err := checkPath(c.Path); err != nil {
			return req, err
		}
	}
	req.message = strings.TrimRight(req.message, "\n") + "\n"
	if err := checkMessage(req.message); err != nil {
		return req, err
	}
	return req, r.matchFiles(req)
}

// matchFiles refuses changes of files that are no longer as they were read.
func (r *Repo) matchFiles(req request) error {
	for _, c := range req.changes {
		if _, err := r.match(req, c); err != nil {
			return err
		}
	}
	return nil
}

// match is matchFiles of one file, which may hold its old text where the new one is still to
// be put in place. The info is nil where there is no file.
func (r *Repo) match(req request, c Change) (os.FileInfo, error) {
	ahead := req.place != nil
	text, info, err := r.readFile(c.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (c.Kind == Deleted || c.Kind == Added && ahead):
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, stale(c.Path)
	case err != nil && c.Kind == Deleted && !ahead && info != nil && info.IsDir(): // it took the file's place
		return nil, nil
	case err != nil:
		return nil, err
	case c.Kind != Deleted && bytes.Equal(text, c.After), c.Kind != Added && ahead && bytes.Equal(text, c.Before):
		return info, nil
	}
	return nil, stale(c.Path)
}

// Ready returns a *Refusal where no commit may be made now, whatever it is to hold.
// Unmerged files are left to the implementations, which read the index anyway.
func (r *Repo) Ready() error {
	if all := r.refusals(); len(all) > 0 {
		return all[0]
	}
	return nil
}

// checkHolding refuses where a branch's files aren't those that were looked at.
func checkHolding(s source, commit string, holding map[string]item) error {
	for name, want := range holding {
		now, err := itemIn(s, commit, name)
		if err != nil {
			return err
		}
		if want.mode == 0 { // which doesn't matter
			now.mode = 0
		}
		if now != want {
			return stale(name)
		}
	}
	return nil
}

func checkMessage(message string) error {
	switch {
	case strings.TrimSpace(message) == "":
		return errors.New("the commit message is empty")
	case strings.ContainsRune(message, 0):
		return errors.New("the commit message holds a NUL byte")
	case strings.ToValidUTF8(message, "") != message:
		return errors.New("the commit message is not UTF-8")
	}
	return nil
}
