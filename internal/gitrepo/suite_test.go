package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEdit(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-06.md", "one\ntwo\n")
		want := []Change{{Path: "people/rep1/2026-07-06.md", Kind: Modified, Before: []byte("one\n"), After: []byte("one\ntwo\n")}}
		if diff := cmp.Diff(want, f.changes()); diff != "" {
			f.Error(diff)
		}
		f.commit("")
		if got := f.changes(); len(got) != 0 {
			f.Errorf("after the commit: %v", got)
		}
	})
}

func TestNewFiles(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-13.md", "two\n")
		f.write("people/rep3/deep/er/log.md", "new\n")
		f.write("people/rep3/-n.md", "looks like an option\n")
		f.write("people/rep3/:(top)*.md", "looks like a pathspec\n")
		f.write("people/rep3/empty.md", "")
		f.commit("")
		if got := f.git("cat-file", "-s", "HEAD:people/rep3/empty.md"); got != "0" {
			f.Errorf("empty file has %s bytes", got)
		}
	})
}

func TestDelete(t *testing.T) {
	each(t, func(f *fixture) {
		f.remove("people/rep2")
		f.remove("people/rep1/2026-07-06.md")
		f.commit("")
		if got := f.git("ls-tree", "-r", "--name-only", "HEAD"); got != "coachlog.yaml" {
			f.Errorf("HEAD holds %s", got)
		}
		f.remove("coachlog.yaml")
		f.commit("") // the last one
		f.write("people/rep1/back.md", "back\n")
		f.commit("")
	})
}

func TestOnlyTheGivenFiles(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-06.md", "edited\n")
		f.write("other.md", "staged\n")
		f.write("people/rep1/staged.md", "staged\n")
		f.git("add", "other.md", "people/rep1/staged.md")
		f.git("rm", "-q", "--cached", "coachlog.yaml")
		f.write("untracked.md", "x\n")
		f.commit("D  coachlog.yaml\nA  other.md\nA  people/rep1/staged.md\n?? coachlog.yaml\n?? untracked.md", "people/rep1/2026-07-06.md")
		f.write("people/rep2/new.md", "new\n")
		f.write("people/rep2/plan.md", "newer\n")
		f.commit("D  coachlog.yaml\nA  other.md\nA  people/rep1/staged.md\n?? coachlog.yaml\n?? untracked.md", "people/rep2")
	})
}

func TestStagedWithOtherContent(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-06.md", "staged\n")
		f.write("people/rep1/new.md", "staged\n")
		f.git("add", ".")
		f.write("people/rep1/2026-07-06.md", "in the work tree\n")
		f.write("people/rep1/new.md", "in the work tree\n")
		f.commit("")
		if got := f.git("show", "HEAD:people/rep1/new.md"); got != "in the work tree" {
			f.Errorf("committed %q", got)
		}
	})
}

// TestStagedAndTakenBack has a file equal HEAD again, but not in the index.
func TestStagedAndTakenBack(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-06.md", "staged\n")
		f.git("add", ".")
		f.write("people/rep1/2026-07-06.md", "one\n")
		f.git("rm", "-q", "--cached", "people/rep2/plan.md")
		if got := f.changes(); len(got) != 0 {
			f.Errorf("changes: %s", kinds(got))
		}
	})
}

func TestIntentToAdd(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/new.md", "new\n")
		f.write("people/rep1/later.md", "later\n")
		f.git("add", "-N", ".")
		if got := kinds(f.changes()); got != "a people/rep1/later.md\na people/rep1/new.md" {
			f.Errorf("changes: %s", got)
		}
		f.commit(" A people/rep1/later.md", "people/rep1/new.md")
		f.commit("")
	})
}

func TestUnborn(t *testing.T) {
	t.Parallel()
	for _, impl := range implementations {
		t.Run(impl.name, func(t *testing.T) {
			f := newFixture(t, impl)
			f.git("symbolic-ref", "HEAD", "refs/heads/team/a/b")
			f.write("people/rep1/a.md", "a\n")
			f.write("staged.md", "s\n")
			f.git("add", "staged.md")
			f.commit("A  staged.md", "people")
			f.commit("")
			f.write("people/rep1/a.md", "b\n")
			f.commit("")
		})
		t.Run(impl.name+"/clean", func(t *testing.T) {
			f := newFixture(t, impl)
			f.write("people/rep1/a.md", "a\n")
			f.write("coachlog.yaml", "a\n")
			if branch, err := f.find().Branch(); branch != "main" || err != nil {
				t.Errorf("branch %q, %v", branch, err)
			}
			f.commit("")
		})
	}
}

func TestBranchNames(t *testing.T) {
	each(t, func(f *fixture) {
		f.git("switch", "-qc", "team/support/é")
		f.write("people/rep1/a.md", "a\n")
		f.commit("")
		f.git("pack-refs", "--all", "--prune")
		f.write("people/rep1/a.md", "b\n")
		f.commit("")
		f.git("checkout", "-q", "--orphan", "team")
		f.write("people/rep1/a.md", "c\n")
		before := f.state()
		if _, err := f.try("x"); err == nil {
			f.Error("committed on a branch whose name is another's folder")
		}
		if after := f.state(); after != before {
			f.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
	})
}

func TestPacked(t *testing.T) {
	each(t, func(f *fixture) {
		f.git("gc", "-q")
		f.write("people/rep1/2026-07-06.md", "edited\n")
		if got := f.changes(); len(got) != 1 || string(got[0].Before) != "one\n" {
			f.Errorf("changes: %v", got)
		}
		f.commit("")
	})
}

func TestSubdirectory(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("logbook/people/rep9/a.md", "a\n")
		f.write("elsewhere.md", "not ours\n")
		r, err := Find(f.file("logbook/people"))
		if err != nil {
			f.Fatal(err)
		}
		if r.Root() != f.find().Root() {
			f.Errorf("root %s", r.Root())
		}
		f.commit("?? elsewhere.md", "logbook")
	})
}

func TestWorktree(t *testing.T) {
	each(t, func(f *fixture) {
		linked := filepath.Join(f.TempDir(), "linked")
		f.git("worktree", "add", "-q", "-b", "side", linked)
		w := f.at(linked)
		w.write("people/rep1/2026-07-06.md", "on the side\n")
		w.commit("")
		f.write("people/rep2/plan.md", "in the main one\n")
		f.commit("")
		if got := f.git("log", "--format=%s", "-1", "side"); got != "Record the logs: é 😀" {
			f.Errorf("side: %s", got)
		}
	})
}

func TestSubmodule(t *testing.T) {
	each(t, func(f *fixture) {
		outer := f.at(f.TempDir())
		outer.git("init", "-q")
		outer.git("submodule", "--quiet", "add", f.dir, "logs")
		outer.git("commit", "-qm", "with a submodule")
		inner := f.at(outer.file("logs"))
		inner.write("people/rep1/2026-07-06.md", "inside\n")
		inner.commit("")
		outer.write("logs/people/rep2/plan.md", "inside\n")
		if got := outer.changes(); len(got) != 0 {
			f.Errorf("a submodule's files are listed: %s", kinds(got))
		}
		outer.git("add", "logs")
		outer.refused("logs", func() error {
			_, err := outer.tryChanges([]Change{{Path: "logs/people/rep2/plan.md", Kind: Added, After: []byte("inside\n")}}, "x")
			return err
		})
		outer.write("notes.md", "x\n")
		outer.commit("MM logs", "notes.md")
	})
}

func TestFileAndFolder(t *testing.T) {
	each(t, func(f *fixture) {
		f.remove("coachlog.yaml")
		f.write("coachlog.yaml/inside.md", "a\n")
		f.remove("people/rep1")
		f.write("people/rep1", "now a file\n")
		if got := kinds(f.changes()); got != "d coachlog.yaml\na coachlog.yaml/inside.md\na people/rep1\nd people/rep1/2026-07-06.md" {
			f.Errorf("changes: %s", got)
		}
		f.commit("")
		f.remove("people/rep1")
		f.write("people/rep1/x/y.md", "a folder again\n")
		f.write("people/rep1.md", "sorts before the folder\n")
		f.write("people/rep1-a/z.md", "so does this\n")
		f.commit("")
	})
}

// TestFolderOverStagedFile replaces a file that only the index knows.
func TestFolderOverStagedFile(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/x", "staged as a file\n")
		f.git("add", "people/x")
		f.remove("people/x")
		f.write("people/x/log.md", "a folder now\n")
		f.commit("")
	})
}

func TestNames(t *testing.T) {
	each(t, func(f *fixture) {
		for _, name := range []string{
			"people/jos\u00e9/a.md", "people/jose\u0301/a.md", "people/日本/ログ.md", "people/a b/tab\there.md",
			"people/quo\"te/back\\slash.md", "people/x\ny/new\nline.md", "people/\xff\xfe/latin.md",
			"people/" + strings.Repeat("long", 40) + "/" + strings.Repeat("name", 60) + ".md",
		} {
			f.write(name, name)
		}
		f.commit("")
		if got := len(strings.Split(f.git("ls-tree", "-r", "-z", "--name-only", "HEAD"), "\x00")); got != 3+8+1 {
			f.Errorf("%d names", got-1)
		}
		f.write("people/x\ny/new\nline.md", "edited")
		f.commit("")
	})
}

func TestModes(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/run.md", "x\n")
		os.Chmod(f.file("people/rep1/run.md"), 0o755)
		os.Chmod(f.file("people/rep2/plan.md"), 0o755)
		want := []Change{
			{Path: "people/rep1/run.md", Kind: Added, After: []byte("x\n"), Executable: true},
			{Path: "people/rep2/plan.md", Kind: Modified, Before: []byte("plan\n"), After: []byte("plan\n"), Executable: true, ModeChanged: true},
		}
		if diff := cmp.Diff(want, f.changes()); diff != "" {
			f.Error(diff)
		}
		f.commit("")
		f.git("config", "core.fileMode", "false")
		os.Chmod(f.file("people/rep2/plan.md"), 0o644)
		os.Chmod(f.file("people/rep1/2026-07-06.md"), 0o755)
		f.write("people/rep1/2026-07-06.md", "more\n")
		f.write("people/rep2/plan.md", "more\n")
		f.write("people/rep2/new.md", "more\n")
		os.Chmod(f.file("people/rep2/new.md"), 0o755)
		f.commit("")
		if got := f.git("ls-files", "--format=%(objectmode) %(path)", "people"); got != "100644 people/rep1/2026-07-06.md\n100755 people/rep1/run.md\n100644 people/rep2/new.md\n100755 people/rep2/plan.md" {
			f.Errorf("modes:\n%s", got)
		}
	})
}

// TestSameSecond edits without changing the size, faster than file times tell.
func TestSameSecond(t *testing.T) {
	each(t, func(f *fixture) {
		rounds := 12
		if f.impl.name == "git" {
			rounds = 4
		}
		for i := range rounds {
			f.write("people/rep1/2026-07-06.md", fmt.Sprintf("%03d\n", i))
			f.write("people/rep2/plan.md", fmt.Sprintf("%04d\n", i))
			if got := kinds(f.changes()); got != "m people/rep1/2026-07-06.md\nm people/rep2/plan.md" {
				f.Fatalf("round %d: %s", i, got)
			}
			if _, err := f.try("x", "people/rep1"); err != nil {
				f.Fatal(err)
			}
			f.write("people/rep1/2026-07-06.md", fmt.Sprintf("%03x\n", i+1000))
			if got := f.git("status", "--porcelain"); got != " M people/rep1/2026-07-06.md\n M people/rep2/plan.md" {
				f.Fatalf("round %d: git sees %s", i, got)
			}
		}
		f.commit("")
	})
}

func TestIgnored(t *testing.T) {
	each(t, func(f *fixture) {
		f.write(".gitignore", "*.tmp\n/people/rep1/drafts/\n!keep.tmp\n")
		f.write("people/.gitignore", "private.md\n")
		f.write(".git/info/exclude", "excluded.md\n")
		f.write("xdg-ignore", "everywhere.md\n")
		f.git("config", "core.excludesFile", f.file("xdg-ignore"))
		for _, name := range []string{"a.tmp", "keep.tmp", "private.md", "excluded.md", "everywhere.md", "drafts/keep.tmp", "a.md"} {
			f.write("people/rep1/"+name, "x\n")
		}
		f.write("people/rep2/drafts/b.md", "x\n")
		want := "a people/.gitignore\na people/rep1/a.md\na people/rep1/keep.tmp\na people/rep2/drafts/b.md"
		if got := kinds(f.changes("people")); got != want {
			f.Errorf("changes:\n%s", got)
		}
		r := f.find()
		r.native = nil
		got, err := r.Changes(t.Context(), []string{"people"}, all)
		if err != nil || kinds(got) != want {
			f.Errorf("without git: %v\n%s", err, kinds(got))
		}
	})
}

func TestKeepAndPaths(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep1/2026-07-06.md", "x\n")
		f.write("people/rep1/notes.txt", "x\n")
		f.write("people/rep10/a.md", "x\n")
		f.remove("coachlog.yaml")
		got, err := f.impl.backend(f.find()).changes(t.Context(), []string{"people/rep1", "coachlog.yaml", "no/such"}, func(p string) bool { return !strings.HasSuffix(p, ".txt") })
		if err != nil || kinds(got) != "d coachlog.yaml\nm people/rep1/2026-07-06.md" {
			f.Errorf("%v\n%s", err, kinds(got))
		}
	})
}

func TestNothingToCommit(t *testing.T) {
	each(t, func(f *fixture) {
		for _, changes := range [][]Change{
			nil,
			{{Path: "people/rep2/plan.md", Kind: Modified, After: []byte("plan\n")}},
			{{Path: "people/gone.md", Kind: Deleted}},
		} {
			before := f.state()
			_, err := f.tryChanges(changes, "x")
			if len(changes) > 0 && changes[0].Kind == Deleted && f.impl.name == "git" {
				continue // git says that it doesn't know the path
			}
			if !errors.Is(err, ErrNothingToCommit) {
				f.Errorf("%s: %v", kinds(changes), err)
			}
			if after := f.state(); after != before {
				f.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
		}
	})
}

func TestDatesAndNames(t *testing.T) {
	eachAlone(t, func(f *fixture) {
		t := f.T
		t.Setenv("GIT_AUTHOR_NAME", "  Bo, <Rep>. ")
		t.Setenv("GIT_AUTHOR_EMAIL", "bo@example.com")
		t.Setenv("GIT_COMMITTER_EMAIL", "ci@example.com")
		t.Setenv("GIT_AUTHOR_DATE", "2026-07-06T09:30:00+05:45")
		t.Setenv("GIT_COMMITTER_DATE", "@1780000000 -0330")
		f.write("people/rep1/a.md", "a\n")
		if _, err := f.try("x"); err != nil {
			t.Fatal(err)
		}
		want := "author Bo, Rep <bo@example.com> 1783309500 +0545\ncommitter Ann Coach <ci@example.com> 1780000000 -0330"
		if got := f.git("cat-file", "commit", "HEAD"); !strings.Contains(got, want) {
			t.Errorf("commit:\n%s\nwant:\n%s", got, want)
		}
		f.check("")
	})
}

func TestMessage(t *testing.T) {
	each(t, func(f *fixture) {
		for i, c := range []struct{ message, want string }{
			{"plain", "plain\n"},
			{"plain\n\n\n", "plain\n"},
			{"# no comment\n\n\n\ntwo gaps  \n", "# no comment\n\n\n\ntwo gaps  \n"},
		} {
			f.write("people/rep1/a.md", fmt.Sprint(i))
			if _, err := f.try(c.message); err != nil {
				f.Fatal(err)
			}
			cmd := exec.Command("git", "cat-file", "commit", "HEAD")
			cmd.Dir = f.dir
			out, err := cmd.Output()
			if err != nil {
				f.Fatal(err)
			}
			if _, got, _ := strings.Cut(string(out), "\n\n"); got != c.want {
				f.Errorf("%q became %q", c.message, got)
			}
		}
		f.write("people/rep1/a.md", "more")
		for _, message := range []string{"", " \n", "a\x00b", "a\xff"} {
			if _, err := f.try(message); err == nil {
				f.Errorf("%q was taken", message)
			}
		}
	})
}

// TestNote records a commit that changes no file, with something staged and
// something edited beside it.
func TestNote(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/rep2/plan.md", "edited\n")
		f.write("staged.md", "staged\n")
		f.git("add", "staged.md")
		r := f.find()
		held := map[string]item{"people/rep1/2026-07-06.md": {id: f.git("rev-parse", "HEAD:people/rep1/2026-07-06.md")}}
		before, tree := f.git("rev-parse", "HEAD"), f.git("rev-parse", "HEAD^{tree}")
		c, err := f.impl.backend(r).commit(context.Background(), request{message: "A word\n\nKey: value\n", holding: held})
		if err != nil {
			t.Fatal(err)
		}
		if got := f.git("log", "-1", "--format=%H %P %T"); got != c.ID+" "+before+" "+tree {
			t.Errorf("made %s, want a child of %s with the tree %s", got, before, tree)
		}
		if got := f.git("reflog", "-1", "--format=%gs"); got != "commit: A word" {
			t.Errorf("reflog: %q", got)
		}
		f.check(" M people/rep2/plan.md\nA  staged.md")
		held["people/rep1/2026-07-06.md"] = item{id: f.git("rev-parse", "HEAD:coachlog.yaml")}
		f.refused("changed while it was being recorded", func() error {
			_, err := f.impl.backend(f.find()).commit(context.Background(), request{message: "again\n", holding: held})
			return err
		})
	})
}
