//go:build unix

package gitrepo

import (
	"os"
	"syscall"
)

// mapFile is a file's content, of which only what is looked at is read. It stays
// until the program ends: git replaces such files and never writes into them.
func mapFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, err
	}
	return syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_PRIVATE)
}
