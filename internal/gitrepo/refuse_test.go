package gitrepo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// edit makes one change that could be committed.
func (f *fixture) edit() {
	f.Helper()
	f.write("people/rep1/2026-07-06.md", "edited\n")
}

func TestRefusedStates(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		setUp        func(f *fixture)
	}{
		{"detached", "HEAD is detached", func(f *fixture) { f.git("checkout", "-q", "--detach") }},
		{"bisect", "a bisect is in progress", func(f *fixture) {
			f.git("commit", "-q", "--allow-empty", "-m", "2")
			f.git("commit", "-q", "--allow-empty", "-m", "3")
			f.git("bisect", "start", "HEAD", "HEAD~2")
		}},
		{"merge", "a merge is in progress", func(f *fixture) { f.conflict("merge", "--no-edit") }},
		{"merge without conflicts", "a merge is in progress", func(f *fixture) {
			f.git("switch", "-qc", "side")
			f.git("commit", "-q", "--allow-empty", "-m", "side")
			f.git("switch", "-q", "main")
			f.git("merge", "-q", "--no-ff", "--no-commit", "side")
		}},
		{"rebase", "a rebase is in progress", func(f *fixture) { f.conflict("rebase") }},
		{"rebase by apply", "a rebase is in progress", func(f *fixture) { f.conflict("rebase", "--apply") }},
		{"cherry-pick", "a cherry-pick is in progress", func(f *fixture) { f.conflict("cherry-pick") }},
		{"revert", "a revert is in progress", func(f *fixture) {
			f.write("conflict.md", "a\n")
			f.git("add", ".")
			f.git("commit", "-qm", "a")
			f.write("conflict.md", "b\n")
			f.git("commit", "-qam", "b")
			f.tryGit(nil, "revert", "HEAD~1")
		}},
		{"am", "an am is in progress", func(f *fixture) {
			f.write("bad.patch", "From 1 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.c>\nDate: Mon, 6 Jul 2026 00:00:00 +0000\nSubject: x\n\n---\ndiff --git a/coachlog.yaml b/coachlog.yaml\n--- a/coachlog.yaml\n+++ b/coachlog.yaml\n@@ -1 +1 @@\n-nothing like it\n+x\n--\n2.39\n")
			f.tryGit(nil, "am", "bad.patch")
		}},
		{"unmerged", "has unresolved conflicts", func(f *fixture) {
			f.conflict("merge", "--no-edit")
			f.remove(".git/MERGE_HEAD")
		}},
		{"no branch", "which isn't a branch", func(f *fixture) { f.write(".git/HEAD", "ref: refs/notes/x\n") }},
		{"core.bare", "bare repository", nil},
		{"core.worktree", "places the files in", nil},
		{"no name", "doesn't know your name", func(f *fixture) { f.git("config", "user.name", " ,; ") }},
		{"no address", "doesn't know your e-mail", func(f *fixture) {
			f.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			f.git("config", "user.name", "Ann")
		}},
		{"another GIT_DIR", "GIT_DIR is set", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachAlone(t, func(f *fixture) {
				if c.setUp != nil {
					c.setUp(f)
				}
				f.edit()
				f.refused(c.reason, func() error {
					change := Change{Path: "people/rep1/2026-07-06.md", Kind: Modified, After: []byte("edited\n")}
					switch c.name {
					case "core.bare":
						f.git("config", "core.bare", "true")
						defer f.git("config", "core.bare", "false")
					case "core.worktree":
						f.git("config", "core.worktree", f.TempDir())
						defer os.WriteFile(f.file(".git/config"), []byte("[core]\n\trepositoryformatversion = 0\n"), 0o644)
					case "another GIT_DIR":
						os.Setenv("GIT_DIR", f.TempDir())
						defer os.Unsetenv("GIT_DIR")
					}
					_, err := f.tryChanges([]Change{change}, "x")
					if found := fatal(f.find().Diagnose()); err != nil && !strings.Contains(found, c.reason) {
						t.Errorf("doctor says only %q", found)
					}
					return err
				})
			})
		})
	}
}

// conflict leaves a command half done on branches that disagree.
func (f *fixture) conflict(command ...string) {
	f.Helper()
	f.git("switch", "-qc", "side")
	f.write("conflict.md", "side\n")
	f.git("add", ".")
	f.git("commit", "-qm", "side")
	f.git("switch", "-q", "main")
	f.write("conflict.md", "main\n")
	f.git("add", ".")
	f.git("commit", "-qm", "main")
	if out, err := f.tryGit(nil, append(command, "side")...); err == nil {
		f.Fatalf("no conflict: %s", out)
	}
}

func fatal(problems []Problem) string {
	var all []string
	for _, p := range problems {
		if p.Fatal {
			all = append(all, p.Summary)
		}
	}
	return strings.Join(all, "\n")
}

func TestBare(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	f.git("init", "-q", "--bare", "bare.git")
	for _, dir := range []string{"bare.git", "bare.git/refs", ".git", ".git/objects"} {
		var refusal *Refusal
		if _, err := Find(f.file(dir)); !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, "bare") {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if _, err := Find(t.TempDir()); !errors.Is(err, ErrNoRepository) {
		t.Errorf("outside: %v", err)
	}
}

func TestHeldLocks(t *testing.T) {
	defer func(before time.Duration) { patience = before }(patience)
	patience = 600 * time.Millisecond
	for _, name := range []string{"index.lock", "HEAD.lock", "refs/heads/main.lock"} {
		t.Run(name, func(t *testing.T) {
			for _, impl := range implementations {
				t.Run(impl.name, func(t *testing.T) {
					f := newFixture(t, impl)
					f.write("a.md", "a\n")
					f.git("add", ".")
					f.git("commit", "-qm", "start")
					f.write("a.md", "b\n")
					f.write("new.md", "b\n")
					f.write(".git/"+name, "")
					f.refused(name, func() error { _, err := f.try("x"); return err })
					if !strings.Contains(fatal(f.find().Diagnose()), name) {
						t.Error("doctor doesn't name the lock")
					}
					go func() {
						time.Sleep(300 * time.Millisecond)
						os.Remove(f.file(".git/" + name))
					}()
					if _, err := f.try("x"); err != nil {
						t.Errorf("a lock that was given back: %v", err)
					}
					f.check("")
				})
			}
		})
	}
}

func TestUnsafePaths(t *testing.T) {
	each(t, func(f *fixture) {
		outside := filepath.Join(f.TempDir(), "secret.md")
		if err := os.WriteFile(outside, []byte("secret\n"), 0o600); err != nil {
			f.Fatal(err)
		}
		f.write("people/rep1/target.md", "secret\n")
		f.write("nested/.git/x", "")
		f.write("nested/log.md", "secret\n")
		for link, target := range map[string]string{
			"people/log.md": outside, "people/inner.md": "rep1/target.md", "people/dir": filepath.Dir(outside),
			"people/alias": "rep1", "people/dot": "../.git",
		} {
			if err := os.Symlink(target, f.file(link)); err != nil {
				f.Fatal(err)
			}
		}
		for path, reason := range map[string]string{
			"people/log.md": "symbolic link", "people/inner.md": "symbolic link", "people/dir/secret.md": "symbolic link",
			"people/alias/target.md": "symbolic link", "people/dot/HEAD": "symbolic link",
			"../secret.md": "isn't a path inside", "/etc/passwd": "isn't a path inside", "people/../../x": "isn't a path inside", "": "isn't a path inside",
			".": "isn't a path inside", "a//b": "isn't a path inside", "a\x00b": "isn't a path inside",
			".git/config": ".git", "people/.GIT/x": ".git", "x/git~1/y": ".git", "x/.git. /y": ".git", "x/.g\u200cit/y": ".git",
			"x/.git::$INDEX_ALLOCATION/y": ".git", `x\.git\y`: ".git",
			"nested/log.md": "repository of its own", "people/rep1": "isn't a regular file",
		} {
			f.refused(reason, func() error {
				_, err := f.tryChanges([]Change{{Path: path, Kind: Added, After: []byte("secret\n")}}, "x")
				return err
			})
		}
		_, err := f.impl.backend(f.find()).changes(f.Context(), []string{"people"}, func(p string) bool { return strings.HasSuffix(p, ".md") })
		if err == nil || !strings.Contains(err.Error(), "symbolic link") {
			f.Errorf("changes: %v", err)
		}
	})
}

// TestFolderBecomesLink has a tracked folder replaced by a link to itself.
func TestFolderBecomesLink(t *testing.T) {
	each(t, func(f *fixture) {
		if err := os.Rename(f.file("people/rep1"), f.file("moved")); err != nil {
			f.Fatal(err)
		}
		if err := os.Symlink("../moved", f.file("people/rep1")); err != nil {
			f.Fatal(err)
		}
		_, err := f.impl.backend(f.find()).changes(f.Context(), []string{"people"}, func(p string) bool { return strings.HasSuffix(p, ".md") })
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, "symbolic link") {
			f.Errorf("changes: %v", err)
		}
	})
}

func TestStale(t *testing.T) {
	each(t, func(f *fixture) {
		f.edit()
		changes := f.changes()
		f.write("people/rep1/2026-07-06.md", "edited again\n")
		f.refused("changed while", func() error { _, err := f.tryChanges(changes, "x"); return err })
		f.remove("people/rep1/2026-07-06.md")
		f.refused("changed while", func() error { _, err := f.tryChanges(changes, "x"); return err })
		f.refused("changed while", func() error {
			_, err := f.tryChanges([]Change{{Path: "coachlog.yaml", Kind: Deleted}}, "x")
			return err
		})
	})
}

func TestSomebodyElsesRepository(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	t.Setenv("SUDO_UID", "")
	os.Unsetenv("SUDO_UID")
	f := newFixture(t, implementations[0])
	f.write("a.md", "a\n")
	r, bare := f.find(), f.find()
	r.cfg, bare.cfg, bare.native = nil, nil, nil
	for _, name := range []string{".", ".git"} {
		if err := os.Chown(f.file(name), 4711, 4711); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range []*Repo{r, bare} {
		var refusal *Refusal
		_, err := r.Commit(t.Context(), []Change{{Path: "a.md", After: []byte("a\n")}}, "x")
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Remedy, "safe.directory") {
			t.Errorf("%v", err)
		}
		if problems := fatal(r.Diagnose()); !strings.Contains(problems, "another user") {
			t.Errorf("doctor says %q", problems)
		}
	}
	t.Setenv("GIT_CONFIG_COUNT", "0")
	f.git("config", "--global", "--add", "safe.directory", f.dir)
	defer f.git("config", "--global", "--unset-all", "safe.directory")
	for _, r := range []*Repo{r, bare} {
		if _, err := r.Identity(); err != nil {
			t.Errorf("made safe: %v", err)
		}
	}
}
