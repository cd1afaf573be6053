package plainfile

import (
	"os"

	"golang.org/x/sys/unix"
)

// Start reads a file below an open folder, or its first bytes where it has more than so many,
// with four calls of the system: an os.Root takes three times as many, and of thousands of
// files that is what a reader waits for. It is not ok for what ReadIn has to look at: a link that leads out of
// the folder, what is no file, and whatever the system refuses.
func Start(folder *os.File, name string, most int64) (text []byte, size int64, ok bool) {
	how := unix.OpenHow{Flags: unix.O_RDONLY | unix.O_NONBLOCK | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS}
	file, err := unix.Openat2(int(folder.Fd()), name, &how)
	if err != nil {
		return nil, 0, false
	}
	defer unix.Close(file)
	var stat unix.Stat_t
	if err := unix.Fstat(file, &stat); err != nil || stat.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, 0, false
	}
	text = make([]byte, min(stat.Size, most))
	n, err := unix.Read(file, text)
	return text, stat.Size, err == nil && n == len(text)
}
