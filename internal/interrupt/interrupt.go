// Package interrupt ends the program when somebody presses Ctrl-C, or ends it in another way:
// at once, but for a step that it is in the middle of, and with nothing left behind.
package interrupt

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Code is what an interrupted program ends with.
const Code = 130

const (
	patience = 8 * time.Second       // is longer than a git that was interrupted is waited for
	lastWord = 20 * time.Millisecond // for what a step that was interrupted has to say
)

var (
	listening   sync.Once
	ctx, cancel = context.WithCancelCause(context.Background())

	state struct {
		sync.Mutex
		over   bool
		asleep int // how many wait for a person in a program that has the terminal
		steps  int
		idle   chan bool          // closed when the last step has ended
		undo   map[*func()]func() // what is to be done at the end
	}
)

var errInterrupted = errors.New("it was interrupted")

// Context ends when the program is interrupted, for what a step waits for.
func Context() context.Context { return ctx }

// Leave lets the program end where it was interrupted, and doesn't return then.
func Leave() {
	if ctx.Err() != nil {
		select {}
	}
}

// Await is for when another program was interrupted, which this one often is in the same
// moment.
func Await() {
	select {
	case <-ctx.Done():
	case <-time.After(2 * lastWord):
	}
}

// Listen has the program end in this way from now on.
func Listen() { listening.Do(listen) }

func listen() {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for range signals {
			state.Lock()
			asleep, again := state.asleep > 0, state.over
			state.over = state.over || !asleep
			state.Unlock()
			switch {
			case again: // a second one doesn't wait for any step
				exit()
			case !asleep:
				cancel(errInterrupted)
				go end()
			}
		}
	}()
}

// end waits for the step that the program is in the middle of, and ends it.
func end() {
	state.Lock()
	idle, inStep := state.idle, state.steps > 0
	state.Unlock()
	if inStep {
		select {
		case <-idle:
			time.Sleep(lastWord)
		case <-time.After(patience):
		}
	}
	exit()
}

func exit() {
	state.Lock() // and nobody begins anything any more
	for _, undo := range state.undo {
		undo()
	}
	os.Exit(Code)
}

// Step begins what is to be done as a whole, in a moment or until Context ends. Once the
// program is interrupted, no other one begins.
func Step() (done func()) {
	Listen()
	state.Lock()
	defer state.Unlock()
	if state.over && state.steps == 0 {
		state.Unlock()
		select {} // until exit
	}
	if state.steps++; state.steps == 1 {
		state.idle = make(chan bool)
	}
	return func() {
		state.Lock()
		defer state.Unlock()
		if state.steps--; state.steps == 0 {
			close(state.idle)
		}
	}
}

// AtEnd has something done if the program is interrupted before it is forgotten.
func AtEnd(undo func()) (forget func()) {
	Listen()
	state.Lock()
	defer state.Unlock()
	if state.undo == nil {
		state.undo = make(map[*func()]func())
	}
	key := &undo
	state.undo[key] = undo
	return func() {
		state.Lock()
		defer state.Unlock()
		delete(state.undo, key)
	}
}

// Sleep leaves Ctrl-C to a program that has the terminal, until it is awake again.
func Sleep() (wake func()) {
	count := func(n int) {
		state.Lock()
		defer state.Unlock()
		state.asleep += n
	}
	count(1)
	return func() { count(-1) }
}
