package gitrepo

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A lock of git's can't say who took it. So coachlog makes a temporary file, which says
// it, and the lock is a second name of that one. A lock that a killed coachlog left is
// then known, and removed together with it.

// lockMark comes before the lock's path in the name of the temporary file. Behind it comes
// the machine, since the number of a process says nothing on another one.
const lockMark = "lock."

func lockOwnerName(path string) string {
	host, _ := os.Hostname()
	return lockMark + url.PathEscape(filepath.ToSlash(path)) + "@" + url.PathEscape(host)
}

// lockOf is the path of the lock that a temporary file was made for, seen from git's
// folder; "" for a temporary file that was made for something else.
func lockOf(whatFor string) (path, host string) {
	rest, ok := strings.CutPrefix(whatFor, lockMark)
	at := strings.LastIndexByte(rest, '@')
	if !ok || at < 0 {
		return "", ""
	}
	path, err := url.PathUnescape(rest[:at])
	if err != nil {
		return "", ""
	}
	return filepath.FromSlash(path), rest[at+1:]
}

// RemoveLeftovers removes the temporary files and locks that killed coachlogs left in git's
// folder, and returns their paths. What a rewriting left is for Unfinished.
func (r *Repo) RemoveLeftovers() (removed []string) {
	for _, dir := range []string{r.gitDir, filepath.Join(r.common, "objects"), filepath.Join(r.common, "hooks"), filepath.Join(r.common, "coachlog")} {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() { // to open a named pipe is to wait
			continue
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			continue
		}
		defer root.Close()
		for name, whatFor := range plainfile.Leftovers(root, ".") {
			file := filepath.Join(dir, name)
			lock, host := lockOf(whatFor)
			switch {
			case whatFor == journalName:
			case lock != "":
				removed = append(removed, r.releaseDead(file, whatFor, lock, host)...)
			case root.RemoveAll(name) == nil:
				removed = append(removed, file)
			}
		}
	}
	return removed
}

// releaseDead gives back a lock of a process that has ended. Of several coachlogs that see
// it, one does: the one that could rename the temporary file.
func (r *Repo) releaseDead(file, whatFor, lock, host string) (removed []string) {
	if _, here := lockOf(lockOwnerName("")); host != here {
		if info, err := os.Lstat(file); err != nil || time.Since(info.ModTime()) < plainfile.Longest {
			return nil
		}
	}
	mine := filepath.Join(r.gitDir, plainfile.TemporaryName(whatFor))
	if os.Rename(file, mine) != nil {
		return nil
	}
	defer os.Remove(mine)
	lock = filepath.Join(r.gitDir, lock)
	owner, err := os.Lstat(mine)
	if err != nil {
		return nil
	}
	if info, err := os.Lstat(lock); err == nil && os.SameFile(info, owner) && os.Remove(lock) == nil {
		removed = append(removed, lock)
	}
	return append(removed, file)
}
