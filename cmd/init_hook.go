package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/templates"
)

// A hookText is the pre-commit hook of one logbook. git runs it at the top of the
// repository, wherever the logbook is.
type hookText struct {
	settings string // the file that says that the logbook is there, as a shell reads it
	lint     string // the command, as earlier hooks have it
}

// stagedOnly has the hook look at what is about to be committed, and at nothing else.
const stagedOnly = " --staged"

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
	return fmt.Sprintf("if [ -f %s ] && command -v coachlog >/dev/null; then %s || exit 1; fi", h.settings, h.lint+stagedOnly)
}

// forManager is what to add where a program writes the hooks, which would overwrite ours: the
// one that a hook's text or the folder of the hooks tells; "" where none does.
func (h hookText) forManager(sign []byte) string {
	switch {
	case bytes.Contains(sign, []byte("/.husky")):
		return "this line to .husky/pre-commit:\n" + h.line()
	case bytes.Contains(sign, []byte("lefthook")):
		return "this to lefthook.yml:\npre-commit:\n  commands:\n    coachlog:\n      run: >-\n        " + h.line()
	case bytes.Contains(sign, []byte("pre-commit.com")) || bytes.Contains(sign, []byte("prek")):
		return "this below `repos:` in .pre-commit-config.yaml:\n- repo: local\n  hooks:\n  - id: coachlog\n    name: coachlog lint\n    language: system\n    pass_filenames: false\n    entry: >-\n      sh -c " + shellQuote(h.line())
	}
	return ""
}

// installHook writes the pre-commit hook, unless there is one, or git looks for hooks
// in a folder that isn't this repository's own.
func (o *initOptions) installHook(repo *history.Repo) error {
	hook := newHookText(repo.Prefix)
	hooks, err := repo.OwnHooksDir()
	if _, refused := errors.AsType[*gitrepo.Refusal](err); refused {
		remedy := cmp.Or(hook.forManager([]byte(filepath.ToSlash(hooks))), "this line to the pre-commit hook there:\n"+hook.line())
		return hint.New("to run the lint before each commit, add "+remedy, "the logbook is ready, but the hook was not written: %w", err)
	}
	if err != nil {
		return err
	}
	text, err := hook.whole()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(hooks, 0o755); err != nil {
		return fmt.Errorf("the hook was not written: %s can't be made a folder: %w; move what is there out of the way, and run this again", hooks, err)
	}
	dir, err := logbook.Open(hooks)
	if err != nil {
		return err
	}
	err = dir.Create("pre-commit", text, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return o.keepHook(dir, hook, text)
	}
	if err != nil {
		return err
	}
	where := ""
	if repo.HasLinkedTrees() {
		where = ", for all work trees of the repository"
	}
	o.did("created", "the pre-commit hook"+where)
	return nil
}

// keepHook leaves the hook that is there, and says what it does. One that an earlier
// coachlog wrote, and nobody changed, is brought up to date.
func (o *initOptions) keepHook(dir *logbook.Dir, hook hookText, text []byte) error {
	file := filepath.Join(dir.Path, "pre-commit")
	if why := notRun(file); why != "" {
		o.did("kept", fmt.Sprintf("%s, which git doesn't run: %s", file, why))
		return nil
	}
	there, err := dir.ReadFile("pre-commit")
	switch {
	case err == nil && hook.isEarlier(there, text):
		if err := dir.Replace("pre-commit", there, text); err != nil {
			return err
		}
		o.did("updated", "the pre-commit hook, which an earlier coachlog wrote")
	case err == nil && hook.runsIn(there):
		o.did("kept", "the pre-commit hook")
	default:
		remedy := cmp.Or(hook.forManager(there), "this line at its top, below #!: "+hook.line())
		first, more, _ := strings.Cut(remedy, "\n")
		o.did("kept", "the existing pre-commit hook; to run the lint too, add "+first)
		fmt.Fprint(o.Out, terminal.EscapeLines(more))
	}
	return nil
}

// isEarlier says whether a hook is one that an earlier coachlog wrote: without conditions, or for all
// that the files say.
func (h hookText) isEarlier(there, now []byte) bool {
	did := commands(there)
	return slices.Equal(did, []string{"exec " + h.lint}) || slices.Equal(did, commands(bytes.ReplaceAll(now, []byte(stagedOnly), nil)))
}

// notRun says why git runs no hook that is a file of this name, and what to do; "" where
// it runs it.
func notRun(file string) string {
	const away = "; move it away, then run this again"
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is a broken link" + away
	case err != nil:
		return ""
	case info.IsDir():
		return "it is a folder" + away
	case !info.Mode().IsRegular():
		return "it isn't a file" + away
	case runtime.GOOS != "windows" && info.Mode()&0o111 == 0:
		return "it isn't executable; if it should run: chmod +x " + shellQuote(file)
	}
	return ""
}

// commands are the lines of a script that aren't blank or a comment.
func commands(script []byte) []string {
	var lines []string
	for line := range strings.Lines(string(script)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// runsIn says whether a script comes to the lint: what stands after a plain exec or exit
// never runs.
func (h hookText) runsIn(script []byte) bool {
	for line := range strings.Lines(string(script)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && strings.Contains(line, h.lint) {
			return true
		}
		if fields := strings.Fields(line); len(fields) > 0 && strings.HasPrefix(line, fields[0]) && (fields[0] == "exec" || fields[0] == "exit") {
			return false // not indented, so within nothing
		}
	}
	return false
}
