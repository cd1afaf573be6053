package gitrepo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// aheadChanges are one of each kind, of files that eachAhead makes.
func aheadChanges() []Change {
	return []Change{
		{Path: "people/rep1/2026-07-06.md", Kind: Modified, Before: []byte("one\n"), After: []byte("two\n"), Executable: true, ModeChanged: true},
		{Path: "people/rep2/plan.md", Kind: Deleted, Before: []byte("plan\n")},
		{Path: "people/rep2/later.md", Kind: Added, After: []byte("later\n"), Executable: true},
		{Path: "tools/run.md", Kind: Modified, Before: []byte("run\n"), After: []byte("ran\n")},
	}
}

func eachAhead(t *testing.T, test func(f *fixture)) {
	each(t, func(f *fixture) {
		f.write("tools/run.md", "run\n")
		if err := os.Chmod(f.file("tools/run.md"), 0o755); err != nil {
			f.Fatal(err)
		}
		f.git("add", ".")
		f.git("commit", "-qm", "more")
		if f.impl.name == "git" {
			f.hook(".git/hooks/pre-commit", "exit 0")
		}
		test(f)
	})
}

// place does what a change says.
func place(dir string, c Change) error {
	file := filepath.Join(dir, filepath.FromSlash(c.Path))
	if c.Kind == Deleted {
		return os.Remove(file)
	}
	if err := os.WriteFile(file, c.After, 0o644); err != nil || !c.ModeChanged && c.Kind == Modified {
		return err
	}
	mode := os.FileMode(0o644)
	if c.Executable {
		mode = 0o755
	}
	return os.Chmod(file, mode)
}

func (f *fixture) ahead(changes []Change) (Commit, error) {
	return f.find().CommitAhead(context.Background(), changes, "Ahead\n", func() error {
		for _, c := range changes {
			if err := place(f.dir, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// checkAhead looks at what a commit of aheadChanges has to leave.
func (f *fixture) checkAhead() {
	f.Helper()
	f.check("")
	want := "100644 coachlog.yaml\n100755 people/rep1/2026-07-06.md\n100755 people/rep2/later.md\n100755 tools/run.md"
	if got := f.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "HEAD"); got != want {
		f.Errorf("recorded:\n%s", got)
	}
	if got := f.read("people/rep1/2026-07-06.md") + f.read("people/rep2/later.md") + f.read("tools/run.md"); got != "two\nlater\nran\n" {
		f.Errorf("the files have %q", got)
	}
	if left := f.leftovers(); len(left) > 0 {
		f.Errorf("left: %v", left)
	}
}

// leftovers are temporary files and locks, of whatever process.
func (f *fixture) leftovers() (left []string) {
	f.Helper()
	if err := filepath.WalkDir(f.dir, func(file string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(file, ".tmp") || strings.HasSuffix(file, ".lock") {
			left = append(left, file)
		}
		return err
	}); err != nil {
		f.Fatal(err)
	}
	return left
}

func TestCommitAhead(t *testing.T) {
	eachAhead(t, func(f *fixture) {
		f.write("beside.md", "staged\n")
		f.git("add", "beside.md")
		f.write("coachlog.yaml", "a: c\n")
		c, err := f.ahead(aheadChanges())
		if err != nil {
			f.Fatal(err)
		}
		if c.Engine != f.impl.name || f.git("rev-parse", "HEAD") != c.ID {
			f.Errorf("made %+v", c)
		}
		f.check("A  beside.md\n M coachlog.yaml")
		f.git("rm", "--cached", "-q", "beside.md")
		f.remove("beside.md")
		f.git("checkout", "-q", ".")
		f.checkAhead()
	})
}

func TestCommitAheadRefused(t *testing.T) {
	for name, c := range map[string]struct {
		said string
		do   func(f *fixture)
	}{
		"changed": {"changed while it was being recorded", func(f *fixture) { f.write("tools/run.md", "mine\n") }},
		"added":   {"changed while it was being recorded", func(f *fixture) { f.write("people/rep2/later.md", "mine\n") }},
		"staged": {"has staged changes that are in no commit", func(f *fixture) {
			f.write("tools/run.md", "mine\n")
			f.git("add", "tools/run.md")
			f.write("tools/run.md", "run\n")
		}},
		"staged in a deleted one": {"has staged changes", func(f *fixture) {
			f.write("people/rep2/plan.md", "mine\n")
			f.git("add", "people/rep2/plan.md")
			f.write("people/rep2/plan.md", "plan\n")
		}},
		"staged anew": {"has staged changes", func(f *fixture) {
			f.write("people/rep2/later.md", "mine\n")
			f.git("add", "people/rep2/later.md")
			f.remove("people/rep2/later.md")
		}},
		"staged permissions": {"has staged changes", func(f *fixture) { f.git("update-index", "--chmod=-x", "tools/run.md") }},
		"hook": {"failed", func(f *fixture) {
			f.hook(".git/hooks/pre-commit", "exit 1")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			eachAhead(t, func(f *fixture) {
				c.do(f)
				before, status := f.git("rev-parse", "HEAD"), f.git("status", "--porcelain=v2")
				if _, err := f.ahead(aheadChanges()); err == nil || !strings.Contains(err.Error(), c.said) {
					f.Errorf("said %v", err)
				}
				if f.git("rev-parse", "HEAD") != before || f.git("status", "--porcelain=v2") != status {
					f.Errorf("something changed:\n%s", f.git("status"))
				}
				if left := f.leftovers(); len(left) > 0 {
					f.Errorf("left: %v", left)
				}
			})
		})
	}
}

// A file that holds its new text already, in the work tree or in the index too, is no
// obstacle.
func TestCommitAheadInPlace(t *testing.T) {
	eachAhead(t, func(f *fixture) {
		for _, c := range aheadChanges() {
			if err := place(f.dir, c); err != nil {
				f.Fatal(err)
			}
		}
		f.git("add", "tools", "people/rep2/later.md")
		if _, err := f.find().CommitAhead(context.Background(), aheadChanges(), "Ahead\n", func() error { return nil }); err != nil {
			f.Fatal(err)
		}
		f.checkAhead()
	})
}

// What a hook makes of it is told, and no file is touched.
func TestCommitAheadHooked(t *testing.T) {
	eachAhead(t, func(f *fixture) {
		f.hook(".git/hooks/pre-commit", "git update-index --cacheinfo 100755,$(echo hooked | git hash-object -w --stdin),tools/run.md")
		c, err := f.ahead(aheadChanges())
		if err == nil || c.ID != f.git("rev-parse", "HEAD") || !strings.Contains(err.Error(), "a hook changed commit "+c.ID+": its tools/run.md differs") {
			f.Errorf("said %v", err)
		}
		if got := f.read("tools/run.md") + f.read("people/rep1/2026-07-06.md"); got != "run\none\n" {
			f.Errorf("the files have %q", got)
		}
	})
}

// endAhead ends the program between the commit and the files.
func endAhead(dir string) int {
	r, err := Find(dir)
	if err == nil {
		_, err = r.CommitAhead(context.Background(), aheadChanges(), "Ahead\n", func() error {
			os.Exit(0)
			return nil
		})
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestUnfinished(t *testing.T) {
	eachAhead(t, func(f *fixture) {
		cmd, out := startHelper("killed", f.impl.name, f.dir, "", 0)
		if err := cmd.Run(); err != nil {
			f.Fatalf("%v: %s", err, out)
		}
		if got := f.read("tools/run.md"); got != "run\n" {
			f.Fatalf("the files were changed: %q", got)
		}
		f.write("people/rep1/2026-07-06.md", "mine\n")
		unfinished, err := f.find().Unfinished(context.Background())
		if err != nil || len(unfinished) != 1 {
			f.Fatalf("found %v, %v", unfinished, err)
		}
		u := unfinished[0]
		if u.Message != "Ahead\n" || !slices.Equal(u.Kept, []string{"people/rep1/2026-07-06.md"}) || len(u.Changes) != 3 {
			f.Errorf("found %+v", u)
		}
		for _, c := range u.Changes {
			if err := place(f.dir, c); err != nil {
				f.Error(err)
			}
		}
		if err := u.Done(); err != nil {
			f.Error(err)
		}
		f.find().RemoveLeftovers()
		f.check(" M people/rep1/2026-07-06.md")
		f.git("checkout", "-q", ".")
		f.checkAhead()
	})
}

// Without git the index is mended by coachlog itself.
func TestUnfinishedIndex(t *testing.T) {
	f := newFixture(t, implementations[0])
	f.write("a.md", "one\n")
	f.write("b.md", "one\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	r := f.find()
	r.native = nil
	was, err := r.headItems([]Change{{Path: "a.md"}, {Path: "b.md"}})
	if err != nil {
		t.Fatal(err)
	}
	index := f.read(".git/index")
	f.write("a.md", "two\n")
	f.git("rm", "-q", "b.md")
	f.git("commit", "-qam", "two")
	f.write(".git/index", index)
	head, err := r.headItems([]Change{{Path: "a.md"}, {Path: "b.md"}})
	if err != nil {
		t.Fatal(err)
	}
	files := []journalFile{{Path: []byte("a.md"), Head: was["a.md"].String()}, {Path: []byte("b.md"), Head: was["b.md"].String()}}
	if err := r.restage(context.Background(), files, head); err != nil {
		t.Fatal(err)
	}
	f.check("")
}

// A killed coachlog's lock is known by the process that took it; any other's stays.
func TestDeadLocks(t *testing.T) {
	f := newFixture(t, implementations[0])
	f.write("a.md", "one\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	r := f.find()
	target := f.file(".git/refs/heads/main")
	l, err := r.newLock(target+".lock", target)
	if err != nil {
		t.Fatal(err)
	}
	if removed := r.RemoveLeftovers(); len(removed) > 0 {
		t.Errorf("removed %v, of a process that runs", removed)
	}
	killed, out := startHelper("killed", "", t.TempDir(), "", 0) // it only has to end
	if err := killed.Run(); err == nil {
		t.Fatal(out)
	}
	of := func(host string) string {
		name := strings.Replace(filepath.Base(l.owner), fmt.Sprint(".", os.Getpid(), "-"), fmt.Sprint(".", killed.Process.Pid, "-"), 1)
		if host != "" {
			at := strings.LastIndexByte(name, '@')
			name = name[:at+1] + host + name[strings.LastIndex(name, fmt.Sprint(".", killed.Process.Pid)):]
		}
		return f.file(".git/" + name)
	}
	if err := os.Rename(l.owner, of("elsewhere")); err != nil {
		t.Fatal(err)
	}
	if removed := r.RemoveLeftovers(); len(removed) > 0 {
		t.Errorf("removed %v, of another machine", removed)
	}
	if err := os.Rename(of("elsewhere"), of("")); err != nil {
		t.Fatal(err)
	}
	f.write(".git/index.lock", "git's own")
	if removed := r.RemoveLeftovers(); !slices.Equal(removed, []string{target + ".lock", of("")}) {
		t.Errorf("removed %v", removed)
	}
	if left := f.leftovers(); !slices.Equal(left, []string{f.file(".git/index.lock")}) {
		t.Errorf("left: %v", left)
	}
}
