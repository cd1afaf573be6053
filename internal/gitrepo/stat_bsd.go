//go:build darwin || freebsd || netbsd

package gitrepo

import "syscall"

func changeTime(s *syscall.Stat_t) timestamp {
	return timestamp{uint32(s.Ctimespec.Sec), uint32(s.Ctimespec.Nsec)}
}
