// Package pattern has regular expressions that are compiled when they are first needed:
// together they took more than half of the start of every command.
package pattern

import (
	"regexp"
	"sync"
)

// Of is an expression that is compiled once, when somebody asks for it.
func Of(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
