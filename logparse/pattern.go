package logparse

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed:
// together they took over a millisecond of every start.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
