package plainfile

import (
	"os"
	"syscall"
)

// readPlain reads a file that has a name in an open folder, with no more calls than it takes; ok
// is false where something is in the way, or is a link.
func readPlain(dir *os.File, name string, most int64) (text []byte, ok bool) {
	fd, err := syscall.Openat(int(dir.Fd()), name, syscall.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|NonBlocking, 0)
	if err != nil {
		return nil, false
	}
	defer syscall.Close(fd)
	var info syscall.Stat_t
	if err := syscall.Fstat(fd, &info); err != nil || info.Mode&syscall.S_IFMT != syscall.S_IFREG || info.Size > most {
		return nil, false
	}
	text = make([]byte, info.Size)
	for read := 0; read < len(text); {
		n, err := syscall.Read(fd, text[read:])
		if err != nil {
			return nil, false
		}
		if n == 0 {
			return text[:read], true // it has become shorter since
		}
		read += n
	}
	return text, true
}
