//go:build unix

package plainfile

import (
	"os"
	"syscall"
)

// SystemOf is what the system says of a file.
func SystemOf(info os.FileInfo) System {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return System{}
	}
	return System{changed(s), uint64(s.Dev), s.Ino, s.Uid, s.Gid}
}
