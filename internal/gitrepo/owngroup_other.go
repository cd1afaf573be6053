//go:build !unix

package gitrepo

import "syscall"

var ownGroup *syscall.SysProcAttr
