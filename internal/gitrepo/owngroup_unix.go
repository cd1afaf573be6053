//go:build unix

package gitrepo

import "syscall"

// ownGroup is for a program that Ctrl-C doesn't reach.
var ownGroup = &syscall.SysProcAttr{Setpgid: true}
