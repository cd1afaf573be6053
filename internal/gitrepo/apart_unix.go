//go:build unix

package gitrepo

import "syscall"

// apart is for a program that Ctrl-C doesn't reach.
var apart = &syscall.SysProcAttr{Setpgid: true}
