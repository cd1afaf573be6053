package cmd

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// patience is longer than a git that was interrupted is waited for.
const patience = 8 * time.Second

// interruptibly runs what has to put things in order when it is interrupted. A second
// signal ends it at once, as any other command; so does the first, where whatever it
// waits for doesn't end by itself.
func interruptibly(run func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		defer context.AfterFunc(ctx, func() {
			stop()
			time.Sleep(patience)
			os.Exit(exitFailed)
		})()
		return run(ctx, args)
	}
}
