package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
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
}

// acquire takes target's lock, waiting for other writers. The error is a
// *Refusal if the lock stays.
func acquire(ctx context.Context, target string) (*lock, error) {
	path := target + ".lock"
	other := &watch{path: path}
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			return &lock{file: f, path: path, target: target}, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return nil, err
		}
		if err := other.look(); err != nil {
			return nil, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
}

// pause lets others go on, each for another time.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(2*time.Millisecond + rand.N(15*time.Millisecond)):
		return nil
	}
}

// watch tells a lock that stays from locks that come and go.
type watch struct {
	path  string
	last  os.FileInfo // nil if there was none at the last look
	since time.Time
}

// look returns a *Refusal once the same lock was seen for longer than patience.
func (w *watch) look() error {
	now, err := os.Lstat(w.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		w.last = nil
	case err != nil:
		return err
	case w.last == nil || !os.SameFile(w.last, now) || !now.ModTime().Equal(w.last.ModTime()):
		w.last, w.since = now, time.Now()
	case time.Since(w.since) > patience:
		return heldLock(w.path)
	}
	return nil
}

// waitForLocks returns once each of the files was seen to be gone; a *Refusal
// if one stays.
func waitForLocks(ctx context.Context, files []string) error {
	for _, file := range files {
		w := &watch{path: file}
		for {
			if err := w.look(); err != nil {
				return err
			}
			if w.last == nil {
				break
			}
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
	return pause(ctx)
}

// lockFiles are git's locks that a commit takes.
func (r *Repo) lockFiles() []string {
	files := []string{r.indexFile() + ".lock", filepath.Join(r.gitDir, "HEAD.lock")}
	if ref, err := r.headRef(); err == nil {
		files = append(files, r.refFile(ref)+".lock")
	}
	return files
}

func heldLock(path string) *Refusal {
	return &Refusal{
		Reason: fmt.Sprintf("%s exists: another git process may be running here", path),
		Remedy: "wait for it to end; if none runs, one has crashed: delete that file",
	}
}

// write makes data the content that publish will put in place, once the file is
// synced.
func (l *lock) write(data []byte) error {
	_, err := l.file.Write(data)
	return err
}

// publish renames the lock over its target, which gives the lock back.
func (l *lock) publish() error {
	if err := l.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(l.path, l.target); err != nil {
		return err
	}
	l.target = ""
	return nil
}

// release gives the lock back without a change; after publish it does nothing.
func (l *lock) release() {
	if l.target == "" {
		return
	}
	l.file.Close()
	os.Remove(l.path)
	l.target = ""
}
