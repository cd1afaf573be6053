package cmd

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// interruptible is for a command that has to put things in order when it is
// interrupted. A second signal ends it at once, as any other command; so does the
// first, where whatever it waits for doesn't end by itself.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-ctx.Done():
			return
		case <-signals:
		}
		cancel()
		signal.Stop(signals)
		time.Sleep(patience)
		os.Exit(exitFailed)
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}

// patience is longer than a git that was interrupted is waited for.
const patience = 8 * time.Second
