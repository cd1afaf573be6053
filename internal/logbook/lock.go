package logbook

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/plainfile"
)

// lockPatience is how long one and the same coachlog is waited for, which writes for a
// moment. A queue that moves on is waited for.
var lockPatience = 30 * time.Second

// soon is how long nobody is told that there is somebody to wait for.
const soon = time.Second

// holderVariable tells the programs that coachlog starts, such as git with its hooks, which
// processes have locks: one for each logbook on the way to them. A coachlog among them that
// writes doesn't wait for its own ancestor.
const holderVariable = "COACHLOG_LOCKED_BY"

// holderName is what the temporary file is for that says who has the lock.
const holderName = "logbook"

// Lock keeps other programs that take it out until unlock is called: whoever reads the
// logbook, decides by that what to write and writes it does so between the two. The
// system gives the lock back when a program ends, however it ends. Where a file system
// knows no locks, there is none: nothing is written over all the same, since each file is
// looked at once more before it is put in place.
//
// Who has the lock is said by a temporary file in the folder notes, and told to those who
// wait for it.
func (d *Dir) Lock(notes string, tell func(holder string)) (unlock func(), err error) {
	lock := d.newLock()
	start := time.Now()
	var since time.Time
	var last plainfile.Owner
	for told := false; ; time.Sleep(20 * time.Millisecond) {
		locked, err := lock.TryLock()
		if locked || err != nil {
			break
		}
		holder := plainfile.OwnerOf(notes, holderName)
		switch {
		case slices.Contains(strings.Fields(os.Getenv(holderVariable)), strconv.Itoa(holder.Process)):
			return func() {}, nil
		case since.IsZero() || holder != last:
			last, since = holder, time.Now()
		case time.Since(since) > lockPatience:
			return nil, hint.New("wait for it to end, or end it, and run this again", "%s is still writing to this logbook; nothing was written", called(holder))
		case !told && time.Since(start) > soon:
			told = true
			tell(called(holder))
		}
	}
	forget := plainfile.Own(notes, holderName)
	above := os.Getenv(holderVariable)
	os.Setenv(holderVariable, fmt.Sprintf("%s %d", above, os.Getpid()))
	return func() {
		os.Setenv(holderVariable, above)
		forget()
		_ = lock.Unlock()
	}, nil
}

// called says which coachlog has the lock, and for how long.
func called(holder plainfile.Owner) string {
	if holder.Process == 0 {
		return "another coachlog"
	}
	return fmt.Sprintf("another coachlog (process %d, for %s)", holder.Process, max(0, time.Since(holder.Since)).Round(time.Second))
}

// newLock locks the folder itself, so that no file is left in it, or to be ignored by
// git. Windows locks no folders: there it is a file of the user's own, and keeps out only
// what runs as the same user.
func (d *Dir) newLock() *flock.Flock {
	if runtime.GOOS != "windows" {
		return flock.New(d.Path, flock.SetFlag(os.O_RDONLY))
	}
	return flock.New(filepath.Join(os.TempDir(), fmt.Sprintf("coachlog-%x.lock", sha256.Sum256([]byte(d.Path)))))
}
