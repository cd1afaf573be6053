//go:build unix

package gitrepo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon fails the test where something waits. What waits is let go on by the end of the
// program.
func soon(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan bool)
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s waits", what)
	}
}

// strange are what may lie where git or coachlog expects a file.
var strange = map[string]func(t *testing.T, path string){
	"a pipe": func(t *testing.T, path string) {
		if err := syscall.Mkfifo(path, 0o644); err != nil {
			t.Skip(err)
		}
	},
	"a link to a pipe": func(t *testing.T, path string) {
		pipe := filepath.Join(t.TempDir(), "pipe")
		if err := errors.Join(syscall.Mkfifo(pipe, 0o644), os.Symlink(pipe, path)); err != nil {
			t.Skip(err)
		}
	},
	"a sparse file": func(t *testing.T, path string) {
		if err := errors.Join(os.WriteFile(path, nil, 0o644), os.Truncate(path, 1<<30)); err != nil {
			t.Skip(err)
		}
	},
}

// TestStrangeFiles puts what is no file in the place of each file that git reads: no
// call waits for it, and nothing is committed where one of git's own is unreadable.
func TestStrangeFiles(t *testing.T) {
	for _, name := range []string{
		".gitattributes", "people/.gitattributes", "people/rep1/.gitattributes", "other/.gitattributes",
		".gitignore", "people/rep1/.gitignore", "other/.gitignore", ".gitmodules",
		".git/info/attributes", ".git/info/exclude", ".git/info/grafts", ".git/objects/info/alternates", ".git/objects/info/commit-graph",
		".git/HEAD", ".git/config", ".git/index", ".git/packed-refs", ".git/shallow", ".git/refs/heads/main", ".git/commondir",
		".git/objects/loose", ".git/logs/HEAD", ".git/logs/refs/heads/main", ".git/COMMIT_EDITMSG", ".git/MERGE_HEAD", ".git/hooks/pre-commit",
		"people/rep1/2026-07-06.md", "people/rep1/2026-07-20.md",
		".git/refs/replace/0123456789012345678901234567890123456789", "HOME/alternate/info/alternates", "HOME/alternate/info/commit-graph",
		"HOME/.config/git/attributes", "HOME/.config/git/ignore", "HOME/.gitconfig", "HOME/included", "HOME/attributes",
	} {
		for kind, make := range strange {
			for _, way := range []string{"git", "engine", "without git"} {
				if kind != "a pipe" && way != "git" {
					continue // what is opened is looked at in one place
				}
				t.Run(name+" as "+kind+", "+way, func(t *testing.T) { tryStrange(t, name, make, way) })
			}
		}
	}
}

// harmless are read by nobody, or by no call that was made.
func harmless(name string) bool {
	switch strings.TrimPrefix(name, ".git/") {
	case "logs/HEAD", "logs/refs/heads/main", // a long one is no harm
		"hooks/pre-commit", "COMMIT_EDITMSG", ".gitmodules", "other/.gitattributes", "other/.gitignore", "objects/info/commit-graph", "shallow":
		return true
	}
	return false
}

func tryStrange(t *testing.T, name string, make func(*testing.T, string), way string) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	settings := "[init]\n\tdefaultBranch = main\n[user]\n\tname = Ann\n\temail = ann@example.com\n"
	switch name {
	case "HOME/included":
		settings += "[include]\n\tpath = included\n"
	case "HOME/attributes":
		settings += "[core]\n\tattributesFile = ~/attributes\n"
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(home, ".gitconfig"))
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, implementations[0])
	f.git("config", "user.name", "Ann")
	f.git("config", "user.email", "ann@example.com")
	f.write("people/rep1/2026-07-06.md", "one\n")
	f.write("other/file", "x\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	head := f.git("rev-parse", "HEAD")
	if way == "git" {
		f.git("config", "core.splitIndex", "true") // which the engine leaves to git
	}
	if strings.HasPrefix(name, "HOME/alternate/") {
		f.write(".git/objects/info/alternates", filepath.Join(home, "alternate")+"\n")
	}
	f.edit()
	f.write("people/rep1/2026-07-13.md", "new\n")
	path := f.file(name)
	if rest, ok := strings.CutPrefix(name, "HOME/"); ok {
		path = filepath.Join(home, rest)
	}
	if name == ".git/objects/loose" {
		id := f.git("rev-parse", "HEAD^{tree}")
		path = f.file(filepath.Join(".git/objects", id[:2], id[2:]))
	}
	kept, _ := os.ReadFile(path)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.RemoveAll(path)); err != nil {
		t.Fatal(err)
	}
	make(t, path)
	soon(t, name, func() { f.useAll(t, name, way) })
	// As it was, so that git can say what is recorded.
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if kept != nil {
		if err := os.WriteFile(path, kept, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if now := f.git("rev-parse", "HEAD"); now != head && !harmless(name) && !strings.HasPrefix(name, "HOME/") {
		t.Errorf("%s was committed", f.git("show", "--stat", now))
	}
}

// useAll makes the calls of every command.
func (f *fixture) useAll(t *testing.T, name, way string) {
	ctx := context.Background()
	r, err := Find(f.dir)
	if err != nil {
		return
	}
	if way == "without git" {
		r.native = nil
	}
	r.Diagnose()
	if h, err := r.History(HistoryOptions{Paths: []string{"people"}}); err == nil {
		for _, record := range h.Records {
			h.Text(record.Files[0].Path, record.Files[0].After)
		}
	}
	r.OwnHooksDir()
	changes, err := r.Changes(ctx, []string{"people"}, func(name string) bool { return strings.HasSuffix(name, ".md") })
	if err == nil {
		_, err = r.Commit(ctx, changes, "message")
	}
	var refusal *Refusal
	if err != nil && !errors.As(err, &refusal) && !strings.Contains(err.Error(), filepath.Base(name)) {
		t.Errorf("%s isn't named: %v", name, err)
	}
}
