// Package fault turns a panic into an error: a bug in coachlog costs the file or commit that
// was worked with, and the others are still done.
package fault

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Catch is deferred around work with one thing, and makes an error of a panic in it, with the
// thing's name if it has one.
func Catch(name string, err *error) {
	cause := recover()
	if cause == nil {
		return
	}
	if name != "" {
		name += ": "
	}
	*err = fmt.Errorf("%sa bug in coachlog, not in your files (%s); please report it, with what coachlog version shows", name, Words(cause))
}

// showStack is for whoever looks for the bug.
var showStack = os.Getenv("COACHLOG_STACK") != ""

// Words say what a panic was about, without text that may be somebody's: only the errors of Go
// itself never quote any.
func Words(cause any) string {
	words := fmt.Sprintf("panic with a %T", cause)
	if e, ok := cause.(runtime.Error); ok {
		words = e.Error()
	}
	if showStack {
		words += "\n" + string(debug.Stack())
	}
	return words
}

// Each does something n times, on all processors, and says what came of each. A panic costs
// one of them.
func Each(n int, do func(i int) error) []error {
	errs := make([]error, n)
	one := func(i int) {
		defer Catch("", &errs[i])
		errs[i] = do(i)
	}
	var next atomic.Int64
	work := func() { // what is left goes to whoever is free
		for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
			one(int(i))
		}
	}
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		wait.Go(work)
	}
	work()
	wait.Wait()
	return errs
}
