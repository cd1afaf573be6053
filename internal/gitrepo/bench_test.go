package gitrepo

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
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

// longHistory has 5,000 commits, each of one log of 50 people, a hundred of them
// of people/rep07/plan.md. Without a commit-graph: git gc doesn't always write one.
func longHistory(b *testing.B, loose bool) string {
	b.Helper()
	dir := b.TempDir()
	gitIn(b, dir, "init", "-q", "-b", "main")
	gitIn(b, dir, "config", "core.commitGraph", "false")
	gitIn(b, dir, "config", "gc.auto", "0")
	var stream bytes.Buffer
	data := func(s string) { fmt.Fprintf(&stream, "data %d\n%s\n", len(s), s) }
	for i := range 5000 {
		name := fmt.Sprintf("people/rep%02d/log%03d.md", i%50, i/50)
		if i%50 == 7 {
			name = "people/rep07/plan.md"
		}
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Ann Coach <ann@example.com> %d +0100\n", 1_700_000_000+3600*i)
		data(fmt.Sprintf("rep%02d: session held, number %d\n", i%50, i))
		fmt.Fprintf(&stream, "M 100644 inline %s\n", name)
		data(fmt.Sprintf("# Version %d\n\n- [ ] An action ^a%d\n", i, i))
	}
	unpack := "fastimport.unpackLimit=0"
	if loose {
		unpack = "fastimport.unpackLimit=1000000"
	}
	cmd := exec.Command("git", "-c", unpack, "fast-import", "--quiet")
	cmd.Dir, cmd.Stdin = dir, &stream
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	if !loose {
		gitIn(b, dir, "gc", "-q")
	}
	return dir
}

// BenchmarkVersions looks for one file's history among 5,000 commits, by turns
// with git log, and gives the ratio of the two.
func BenchmarkVersions(b *testing.B) {
	const name = "people/rep07/plan.md"
	for _, loose := range []bool{false, true} {
		b.Run(fmt.Sprintf("loose %t", loose), func(b *testing.B) {
			dir := longHistory(b, loose)
			var ours, gits time.Duration
			for b.Loop() {
				start := time.Now()
				r, err := Find(dir)
				if err != nil {
					b.Fatal(err)
				}
				r.native = nil
				versions, err := versionsOf(r, name)
				if err != nil || len(versions) != 100 {
					b.Fatal(len(versions), err)
				}
				between := time.Now()
				gitIn(b, dir, "log", "--oneline", "--", name)
				ours, gits = ours+between.Sub(start), gits+time.Since(between)
			}
			b.ReportMetric(float64(ours)/float64(gits), "of-git")
		})
	}
}
