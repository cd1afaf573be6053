//go:build !unix

package logbook

const nonBlocking = 0
