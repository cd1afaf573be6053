package terminal

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// Edit opens a file in the user's editor and waits for it: $VISUAL, else
// $EDITOR, which a shell reads as git lets it, so that they may hold flags.
func (s *Streams) Edit(path string) error {
	editor := editorOf()
	if editor == "" {
		return nil
	}
	s.alone()
	cmd := exec.Command("sh", "-c", editor+` "$@"`, editor, path)
	if runtime.GOOS == "windows" {
		cmd = exec.Command(editor, path)
	}
	// Ctrl-C is the editor's, and what is to be done when it ends is done; so it is when the
	// terminal is closed, or the computer shut down.
	defer interrupt.Sleep()()
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(interrupts)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the editor %q failed: %w", editor, err)
	}
	return nil
}

// HasEditor says whether Edit has an editor to open.
func (s *Streams) HasEditor() bool { return editorOf() != "" }

func editorOf() string { return cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR")) }
