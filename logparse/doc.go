// Package logparse reads and edits the files of a logbook: session logs,
// development plans and coachlog.yaml. Bytes go in; a typed document, in which
// every value has a position, and a list of diagnostics come out.
//
// The package knows the file format and nothing of the method: it doesn't judge
// whether an action was kept, only what was written. It does no input or output
// and reads no clock. docs/format.md is its specification.
package logparse
