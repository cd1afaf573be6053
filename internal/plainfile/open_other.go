//go:build !unix

package plainfile

// NonBlocking is for systems that have named pipes among their files.
const NonBlocking = 0
