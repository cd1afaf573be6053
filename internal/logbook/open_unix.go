//go:build unix

package logbook

import "syscall"

// nonBlocking keeps a named pipe in a log's place from stopping everything.
const nonBlocking = syscall.O_NONBLOCK
