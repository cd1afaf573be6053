//go:build unix

package gitrepo

import (
	"syscall"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// mapFile is a file's content, of which only what is looked at is read. It stays
// until the program ends: git replaces such files and never writes into them.
func mapFile(name string) ([]byte, error) {
	f, info, err := plainfile.Open(name)
	if err != nil {
		return nil, refuseHarmful(name, err)
	}
	defer f.Close()
	if info.Size() == 0 {
		return nil, nil
	}
	return syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_PRIVATE)
}
