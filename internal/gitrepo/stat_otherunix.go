//go:build unix && !darwin && !freebsd && !netbsd

package gitrepo

import "syscall"

func changeTime(s *syscall.Stat_t) timestamp {
	return timestamp{uint32(s.Ctim.Sec), uint32(s.Ctim.Nsec)}
}
