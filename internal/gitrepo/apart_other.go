//go:build !unix

package gitrepo

import "syscall"

var apart *syscall.SysProcAttr
