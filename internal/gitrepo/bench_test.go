package gitrepo

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// bigRepository has 10,000 logs of 100 people, packed or as git add leaves them.
func bigRepository(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	for i := range 10_000 {
		file := filepath.Join(dir, "people", fmt.Sprintf("rep%03d", i%100), fmt.Sprintf("log%03d.md", i/100))
		os.MkdirAll(filepath.Dir(file), 0o755)
		if err := os.WriteFile(file, fmt.Appendf(nil, "# Log %d\n", i), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	gitIn(b, dir, "init", "-q")
	gitIn(b, dir, "config", "gc.auto", "0")
	gitIn(b, dir, "add", ".")
	gitIn(b, dir, "commit", "-qm", "start")
	gitIn(b, dir, "gc", "-q")
	return dir
}

func gitIn(b *testing.B, dir string, args ...string) {
	b.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// BenchmarkCommit compares one edit's way into the history.
func BenchmarkCommit(b *testing.B) {
	const name = "people/rep042/log042.md"
	edit := func(b *testing.B, dir string, i int) {
		if err := os.WriteFile(filepath.Join(dir, name), fmt.Appendf(nil, "edit %d\n", i), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("git add, git commit", func(b *testing.B) {
		dir := bigRepository(b)
		for i := 0; b.Loop(); i++ {
			edit(b, dir, i)
			gitIn(b, dir, "add", name)
			gitIn(b, dir, "commit", "-qm", "x")
		}
	})
	b.Run("git commit -- FILE", func(b *testing.B) {
		dir := bigRepository(b)
		for i := 0; b.Loop(); i++ {
			edit(b, dir, i)
			gitIn(b, dir, "commit", "-qm", "x", "--", name)
		}
	})
	for _, withGit := range []bool{true, false} {
		b.Run(fmt.Sprintf("engine, git installed %t", withGit), func(b *testing.B) {
			dir := bigRepository(b)
			for i := 0; b.Loop(); i++ {
				edit(b, dir, i)
				r, err := Find(dir)
				if err != nil {
					b.Fatal(err)
				}
				if !withGit {
					r.native = nil
				}
				changes := []Change{{Path: name, Kind: Modified, After: fmt.Appendf(nil, "edit %d\n", i)}}
				if c, err := r.Commit(b.Context(), changes, "x"); err != nil || c.Engine != "go-git" {
					b.Fatal(c, err)
				}
			}
		})
	}
}

// BenchmarkChanges looks at a work tree in which one file of 10,000 changed.
func BenchmarkChanges(b *testing.B) {
	dir := bigRepository(b)
	if err := os.WriteFile(filepath.Join(dir, "people/rep042/log042.md"), []byte("edited\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	gitIn(b, dir, "status")
	b.Run("git status", func(b *testing.B) {
		for b.Loop() {
			gitIn(b, dir, "status", "--porcelain")
		}
	})
	b.Run("engine", func(b *testing.B) {
		for b.Loop() {
			r, err := Find(dir)
			if err != nil {
				b.Fatal(err)
			}
			if changes, err := r.Changes(b.Context(), []string{"people"}, all); err != nil || len(changes) != 1 {
				b.Fatal(changes, err)
			}
		}
	})
}
