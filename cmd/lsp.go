package cmd

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/lsp"
)

func newLSP(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Help an editor with logs: findings, completion, hover (a language server)",
		Long: `lsp is a language server. An editor starts it and talks to it over standard input and
output; you don't run it yourself. While you write, the editor then shows what lint
finds, completes people, ids and metrics, tells how an action went, and renames ids in
all logs. How to set up an editor: docs/editors.md.`,
		Example: `  coachlog lsp                         an editor runs this`,
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return app.serveEditor(c) },
	}
	c.Flags().Bool("stdio", true, "talk over standard input and output, as always")
	return c
}

// typingPause is how long nobody types before findings are told.
const typingPause = 150 * time.Millisecond

func (a *app) serveEditor(c *cobra.Command) error {
	s := &lsp.Server{Today: a.today, Version: version(), Err: a.Err, Wait: typingPause, WaitForGit: typingPause}
	err := s.Serve(c.Context(), io.NopCloser(a.In), a.File)
	if errors.Is(err, lsp.ErrNoShutdown) {
		return errFindings // the protocol's exit code is 1
	}
	if err != nil {
		return fmt.Errorf("the language server ended: %w", err)
	}
	return nil
}
