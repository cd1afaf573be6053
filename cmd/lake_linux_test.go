package cmd_test

import (
	"os/exec"
	"syscall"
)

// endWithTest has a program end when the test's process does, however that ends.
func endWithTest(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
