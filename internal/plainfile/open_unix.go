//go:build unix

package plainfile

import "syscall"

// NonBlocking keeps the opening of a named pipe, to read or to write, from waiting for
// its other end.
const NonBlocking = syscall.O_NONBLOCK
