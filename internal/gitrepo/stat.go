package gitrepo

import (
	"os"
	"runtime"
	"time"

	"github.com/coachlog/coachlog/internal/plainfile"
)

type timestamp struct{ sec, nsec uint32 }

func timestampOf(t time.Time) timestamp {
	if t.IsZero() {
		return timestamp{}
	}
	return timestamp{uint32(t.Unix()), uint32(t.Nanosecond())}
}

// stat is a file's metadata as the index holds it.
type stat struct {
	ctime, mtime timestamp
	dev, ino     uint32
	uid, gid     uint32
	size         uint32
}

// statOf reduces a file's metadata to what the index holds. What a system hasn't stays zero,
// as with git for Windows.
func statOf(info os.FileInfo) stat {
	sys := plainfile.SystemOf(info)
	return stat{timestampOf(sys.Changed), timestampOf(info.ModTime()), uint32(sys.Device), uint32(sys.Inode), sys.User, sys.Group, uint32(info.Size())}
}

// ownedByUser says whether somebody's own file is at a path; on Windows everybody's is.
func ownedByUser(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && int(plainfile.SystemOf(info).User) == os.Geteuid() || runtime.GOOS == "windows"
}

// same reports whether git would take the file for untouched. The device is
// left out, as git does: it changes from one mount to the next.
func (s stat) same(t stat, trustCtime bool) bool {
	s.dev, t.dev = 0, 0
	if !trustCtime {
		s.ctime, t.ctime = timestamp{}, timestamp{}
	}
	return s == t
}
