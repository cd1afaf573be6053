package logbook

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// lockPatience is how long another coachlog is waited for, which writes for a moment.
var lockPatience = 30 * time.Second

// ErrLocked says that another coachlog has been writing to the logbook for long.
var ErrLocked = errors.New("another coachlog is writing to this logbook; nothing was written\nwait for it to end, or end it, and run this again")

// Lock keeps other programs that take it out until unlock is called: whoever reads the
// logbook, decides by that what to write and writes it does so between the two. The
// system gives the lock back when a program ends, however it ends. Where a file system
// knows no locks, there is none: nothing is written over all the same.
func (d *Dir) Lock() (unlock func(), err error) {
	lock := d.newLock()
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	_, err = lock.TryLockContext(ctx, 20*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, ErrLocked
	}
	return func() { _ = lock.Unlock() }, nil
}

// newLock locks the folder itself, so that no file is left in it, or to be ignored by
// git. Windows locks no folders.
func (d *Dir) newLock() *flock.Flock {
	if runtime.GOOS != "windows" {
		return flock.New(d.Path, flock.SetFlag(os.O_RDONLY))
	}
	return flock.New(filepath.Join(os.TempDir(), fmt.Sprintf("coachlog-%x.lock", sha256.Sum256([]byte(d.Path)))))
}
