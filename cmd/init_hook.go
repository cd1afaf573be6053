package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/templates"
)

// A hookText is the pre-commit hook of one logbook. git runs it at the top of the
// repository, wherever the logbook is.
type hookText struct {
	settings string // the file that says that the logbook is there, as a shell reads it
	lint     string // the command
}

func newHookText(prefix string) hookText {
	if prefix == "." {
		return hookText{logbook.SettingsName, "coachlog lint"}
	}
	return hookText{shellQuote(path.Join(prefix, logbook.SettingsName)), "coachlog -C " + shellQuote(prefix) + " lint"}
}

func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// whole is the hook as a file of its own.
func (h hookText) whole() ([]byte, error) {
	text, err := templates.Text("pre-commit")
	text = bytes.ReplaceAll(text, []byte("exec coachlog lint"), []byte("exec "+h.lint))
	return bytes.ReplaceAll(text, []byte("-f "+logbook.SettingsName), []byte("-f "+h.settings)), err
}

// line is for a hook that does other things too, maybe for other repositories.
func (h hookText) line() string {
	return fmt.Sprintf("[ ! -f %s ] || %s || exit 1", h.settings, h.lint)
}

// installHook writes the pre-commit hook, unless there is one, or git looks for hooks
// in a folder that isn't this repository's own.
func (o *initOptions) installHook(repo *gitrepo.Repo, prefix string) error {
	hook := newHookText(prefix)
	hooks, err := repo.OwnHooksDir()
	var refusal *gitrepo.Refusal
	if errors.As(err, &refusal) {
		return fmt.Errorf("the hook was not written: %w\nto have the lint run, add this line to the pre-commit hook that git runs:\n%s", err, hook.line())
	}
	if err != nil {
		return err
	}
	text, err := hook.whole()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(hooks, 0o755); err != nil {
		return fmt.Errorf("the hook was not written: %s can't be made a folder: %w", hooks, err)
	}
	dir, err := logbook.Open(hooks)
	if err != nil {
		return err
	}
	err = dir.Create("pre-commit", text, 0o755)
	switch {
	case errors.Is(err, fs.ErrExist):
		there, err := dir.ReadFile("pre-commit")
		if err == nil && bytes.Contains(there, []byte(hook.lint)) {
			fmt.Fprintf(o.Out, "  kept      the pre-commit hook\n")
		} else {
			fmt.Fprintf(o.Out, "  kept      the pre-commit hook that is there; to run the lint too, add to it: %s\n", terminal.Escape(hook.line()))
		}
		return nil
	case err != nil:
		return err
	}
	where := ""
	if repo.HasLinkedTrees() {
		where = ", for all work trees of the repository"
	}
	fmt.Fprintf(o.Out, "  created   the pre-commit hook%s\n", where)
	return nil
}
