package logparse

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed:
// together they would be a tenth of the program's start-up.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
