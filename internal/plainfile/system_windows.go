package plainfile

import (
	"os"
	"syscall"
	"time"
)

// SystemOf is what the system says of a file.
func SystemOf(info os.FileInfo) System {
	s, ok := info.Sys().(*syscall.Win32FileAttributeData)
	if !ok {
		return System{}
	}
	return System{Changed: time.Unix(0, s.CreationTime.Nanoseconds())}
}
