package gitrepo

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// patience is how long one and the same lock may stay before it counts as
// held. A queue of writers that moves on is waited for.
var patience = 5 * time.Second

// lock is one of git's lock files: created exclusively beside the file that it
// guards, and renamed over it to publish new content.
type lock struct {
	file   *os.File
	path   string
	target string // "" once renamed or removed
	owner  string // the temporary file that says whose it is; "" where the file system has no second names
}

// acquire takes target's lock, waiting for other writers. The error is a
// *Refusal if the lock stays.
func (r *Repo) acquire(ctx context.Context, target string) (l *lock, err error) {
	path := target + ".lock"
	err = r.waitFor(ctx, path, func() (bool, error) {
		var err error
		if l, err = r.newLock(path, target); errors.Is(err, os.ErrExist) {
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// newLock takes a lock that is free.
func (r *Repo) newLock(path, target string) (*lock, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, os.ErrExist
	}
	l := &lock{path: path, target: target}
	fromGit, err := filepath.Rel(r.gitDir, path)
	if err == nil {
		l.owner = filepath.Join(r.gitDir, plainfile.TemporaryName(lockOwnerName(fromGit)))
		l.file, err = os.OpenFile(l.owner, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	}
	if err == nil {
		if err = os.Link(l.owner, path); err == nil {
			return l, nil
		}
		l.file.Close()
		os.Remove(l.owner)
		if errors.Is(err, os.ErrExist) {
			return nil, err
		}
	}
	l.owner = ""
	l.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	return l, err
}

// pause lets others go on, each for another time.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(2*time.Millisecond + rand.N(15*time.Millisecond)):
		return nil
	}
}

// waitFor tries until something is done, and returns a *Refusal once the same lock was
// seen for longer than patience: locks that come and go are waited for.
func (r *Repo) waitFor(ctx context.Context, path string, try func() (done bool, err error)) error {
	var last os.FileInfo // nil if there was none at the last look
	var since time.Time
	looked := false // whether its owner is still there
	for {
		if done, err := try(); done || err != nil {
			return err
		}
		now, err := os.Lstat(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			last = nil
		case err != nil:
			return err
		case last == nil || !os.SameFile(last, now) || !now.ModTime().Equal(last.ModTime()):
			last, since, looked = now, time.Now(), false
		case !looked && time.Since(since) > patience/50:
			looked = true
			r.RemoveLeftovers()
		case time.Since(since) > patience:
			return r.heldFrom(path)
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// waitForLocks returns once each of the files was seen to be gone; a *Refusal
// if one stays.
func (r *Repo) waitForLocks(ctx context.Context, files []string) error {
	for _, file := range files {
		if err := r.waitFor(ctx, file, func() (bool, error) {
			_, err := os.Lstat(file)
			return errors.Is(err, os.ErrNotExist), nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// LeftLocks returns a *Refusal if a lock stays in git's folder, which the next
// commit will meet. Where there is none, it takes no time.
func (r *Repo) LeftLocks(ctx context.Context) error {
	return r.waitForLocks(ctx, r.lockFiles())
}

// lockFiles are the locks that a commit takes, in this order: coachlog's own, and git's.
func (r *Repo) lockFiles() []string {
	files := []string{r.turnFile() + ".lock", r.indexFile() + ".lock", filepath.Join(r.gitDir, "HEAD.lock")}
	if ref, err := r.headRef(); err == nil {
		files = append(files, r.refFile(ref)+".lock")
	}
	return files
}

// heldFrom names a lock that stays, and those behind it, which its owner took as
// well. Those before it may be this program's own.
func (r *Repo) heldFrom(first string) *Refusal {
	held := []string{first}
	order := r.lockFiles()
	for _, file := range order[slices.Index(order, first)+1:] {
		if info, err := os.Lstat(file); err == nil && file != first && time.Since(info.ModTime()) > patience {
			held = append(held, file)
		}
	}
	return heldLocks(held...)
}

func heldLocks(files ...string) *Refusal {
	exist, those := "exists", "that file"
	if len(files) > 1 {
		exist, those = "exist", "those files"
	}
	return refuse("wait for it to end; if none is running, one has crashed: delete "+those, "%s %s: another git process may be running here", strings.Join(files, ", "), exist)
}

// write makes data the content that publish will put in place, once the file is
// synced.
func (l *lock) write(data []byte) error {
	_, err := l.file.Write(data)
	return err
}

// publish renames the lock over its target, which gives the lock back.
func (l *lock) publish() error {
	if err := plainfile.Close(l.file); err != nil {
		return err
	}
	if err := os.Rename(l.path, l.target); err != nil {
		return err
	}
	l.done()
	return nil
}

// release gives the lock back without a change; after publish it does nothing, nor for none.
func (l *lock) release() {
	if l == nil || l.target == "" {
		return
	}
	l.file.Close()
	if err := os.Remove(l.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		l.owner = "" // by which the next coachlog knows the lock, and removes both
	}
	l.done()
}

func (l *lock) done() {
	l.target = ""
	if l.owner != "" {
		os.Remove(l.owner)
	}
}
