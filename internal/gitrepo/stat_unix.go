//go:build unix

package gitrepo

import (
	"os"
	"syscall"
)

// statOf reduces a file's metadata to what the index holds.
func statOf(info os.FileInfo) stat {
	s := stat{
		mtime: timestamp{uint32(info.ModTime().Unix()), uint32(info.ModTime().Nanosecond())},
		size:  uint32(info.Size()),
	}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.ctime = changeTime(sys)
		s.dev, s.ino = uint32(sys.Dev), uint32(sys.Ino)
		s.uid, s.gid = sys.Uid, sys.Gid
	}
	return s
}

func ownedByUser(path string) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	sys, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(sys.Uid) == os.Geteuid()
}
