// Package hint has the error that says what to do about it.
package hint

import "fmt"

// An Error says what is wrong and, on a line of its own, what to do about it: often a
// command.
type Error struct {
	What error
	Do   string
}

func (e *Error) Error() string { return e.What.Error() + "\n" + e.Do }

func (e *Error) Unwrap() error { return e.What }

// New is an error with what to do; what is a format, as of fmt.Errorf.
func New(do, what string, args ...any) error { return &Error{fmt.Errorf(what, args...), do} }
