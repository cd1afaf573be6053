// Package pattern has regular expressions that are compiled when they are first needed:
// together they took more than half of the start of every command.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is an expression that compiles once. A variable of a package costs nothing
// before that.
type Pattern struct {
	Of string

	once     sync.Once
	compiled *regexp.Regexp
}

// Get compiles it.
func (p *Pattern) Get() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Of) })
	return p.compiled
}
