package gitrepo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-git/go-git/v5/plumbing"
)

// listed is a history as text, a line for each commit and each file.
func listed(h *History) string {
	var b strings.Builder
	for _, r := range h.Records {
		fmt.Fprintln(&b, r.Commit)
		for _, d := range r.Files {
			fmt.Fprintln(&b, " ", orDash(d.Before), orDash(d.After), d.Others, d.Path)
		}
	}
	return b.String()
}

// logOf is the same by a user's own git log, with the files of merges as in none
// of their parents.
func (f *fixture) logOf(o HistoryOptions) string {
	f.Helper()
	args := []string{"--literal-pathspecs", "-c", "log.follow=false", "log", "-c", "--raw", "--no-renames", "--no-abbrev", "--format=%H"}
	if len(o.Paths) == 0 {
		args = append(args, "--no-patch")
	}
	if o.Marked != "" {
		args = append(args, "--grep=^"+o.Marked)
	}
	if !o.Every && len(o.Paths) > 0 {
		args = append(append(args, "--"), o.Paths...)
	}
	cmd := exec.Command("git", args...)
	cmd.Dir = f.dir
	out, err := cmd.Output()
	if err != nil {
		f.Fatalf("git %s: %v", args, err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, ":") {
			if line != "" {
				fmt.Fprintln(&b, line)
			}
			continue
		}
		what, name, _ := strings.Cut(line, "\t")
		if name[0] == '"' { // as C writes a string, which Go reads too
			if name, err = strconv.Unquote(name); err != nil {
				f.Fatalf("%s: %v", line, err)
			}
		}
		d, err := parseRaw(what, name)
		if err != nil {
			f.Fatal(err)
		}
		if o.Every && !covers(o.Paths, name) {
			continue
		}
		fmt.Fprintln(&b, " ", orDash(d.Before), orDash(d.After), d.Others, d.Path)
	}
	return b.String()
}

func (f *fixture) compareHistory(name string, h *History, o HistoryOptions) {
	f.Helper()
	if diff := cmp.Diff(f.logOf(o), listed(h)); diff != "" {
		f.Errorf("%s: history of %+v (-git +coachlog):\n%s", name, o, diff)
	}
}

// TestHistoryTwins holds both implementations against git log over random
// histories with merges, in which clocks went wrong.
func TestHistoryTwins(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		f := newFixture(t, implementation{})
		f.randomHistory(rand.New(rand.NewPCG(seed, 3)))
		if seed%2 == 0 {
			f.git("repack", "-q", "-a", "-d")
		}
		for i, o := range []HistoryOptions{
			{Paths: twinNames[:1]},
			{Paths: []string{twinNames[0], twinNames[2]}},
			{Paths: []string{filepath.Dir(twinNames[0])}},
			{Paths: []string{"."}},
			{Paths: []string{"."}, Every: true},
			{Paths: twinNames[:1], Every: true},
			{Marked: "commit 3"},
		} {
			o.Paths, _ = cleanPaths(o.Paths)
			for _, impl := range implementations {
				h, err := impl.backend(f.find()).history(o)
				if err != nil {
					t.Fatal(err)
				}
				f.compareHistory(fmt.Sprint(impl.name, i), h, o)
			}
		}
	}
}

// TestKeptHistory asks again and again while the branch moves on, is rewritten and
// merged, with what was kept in order, lost and damaged.
func TestKeptHistory(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	f.record(planFile, "one\n")
	o := HistoryOptions{Paths: []string{"people/rep2"}, Cache: "history-test"}
	file := f.file(".git/coachlog/history-test")
	ask := func(what string) {
		t.Helper()
		fresh := o
		fresh.Cache = ""
		want, err := f.find().History(fresh)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.find().History(o)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(listed(want), listed(got)); diff != "" {
			t.Errorf("%s (-fresh +kept):\n%s", what, diff)
		}
		for i := range got.Records {
			if got.Records[i].Subject != want.Records[i].Subject || len(got.Records[i].Parents) != len(want.Records[i].Parents) {
				t.Errorf("%s: %+v, want %+v", what, got.Records[i], want.Records[i])
			}
		}
	}
	ask("first")
	if _, err := os.Stat(file); err != nil {
		t.Fatal(err)
	}
	ask("again")
	f.record("people/rep1/x.md", "elsewhere\n")
	f.record(planFile, "two\n")
	ask("after two commits")
	f.git("commit", "-q", "--amend", "-m", "amended")
	ask("amended")
	f.git("switch", "-qc", "side", "HEAD~1")
	f.record("people/rep2/2026-07-06.md", "side\n")
	ask("on another branch")
	f.git("merge", "-q", "-m", "merge", "main")
	ask("merged")
	f.git("reset", "-q", "--hard", "HEAD~1")
	ask("taken back")
	for _, damage := range []string{"", "coachlog history 1\n", "nonsense"} {
		if err := os.WriteFile(file, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		ask("damaged")
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(kept); i += 7 {
		bad := []byte(string(kept))
		bad[i] ^= 1
		if err := os.WriteFile(file, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if f.find().readKept(o) != nil {
			t.Errorf("byte %d of what was kept changed, and it was taken for good", i)
		}
	}
	f.git("gc", "-q", "--prune=now")
	ask("collected")
}

// TestBare reads a bare repository, in which nothing can be recorded.
func TestBareHistory(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	f.record(planFile, "one\n")
	f.record(planFile, "two\n")
	mirror := filepath.Join(t.TempDir(), "mirror.git")
	f.git("clone", "-q", "--mirror", f.dir, mirror)
	r, err := FindToRead(mirror)
	if err != nil {
		t.Fatal(err)
	}
	for _, impl := range implementations {
		h, err := impl.backend(r).history(HistoryOptions{Paths: []string{"."}})
		if err == nil && len(h.Records) != 2 {
			t.Errorf("%s: %d commits", impl.name, len(h.Records))
		}
		if err != nil {
			t.Fatal(err)
		}
		files, err := h.FilesAt(h.Head, "people")
		if err != nil || len(files) != 1 {
			t.Fatalf("%v %v", files, err)
		}
		if text, err := h.Blob(files[planFile]); string(text) != "two\n" {
			t.Errorf("%s: %q %v", impl.name, text, err)
		}
	}
	if _, err := Find(mirror); err == nil {
		t.Error("found to write in")
	}
}

// FuzzCommitGraph reads what may be a commit-graph: nothing in it may lead outside
// of it.
func FuzzCommitGraph(f *testing.F) {
	dir := f.TempDir()
	for _, args := range [][]string{
		{"init", "-q"}, {"commit", "-q", "--allow-empty", "-m", "one"}, {"switch", "-qc", "a"}, {"commit", "-q", "--allow-empty", "-m", "two"},
		{"switch", "-qc", "b", "main"}, {"commit", "-q", "--allow-empty", "-m", "three"}, {"switch", "-qc", "c", "main"}, {"commit", "-q", "--allow-empty", "-m", "four"},
		{"merge", "-q", "-m", "octopus", "a", "b"}, {"commit-graph", "write", "--reachable"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			f.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	whole, err := os.ReadFile(filepath.Join(dir, ".git", "objects", "info", "commit-graph"))
	if err != nil {
		f.Fatal(err)
	}
	g := parseCommitGraph(whole)
	if g == nil || len(g.ids) != 5*20 || len(g.edges) == 0 {
		f.Fatalf("git's own commit-graph is read as %+v", g)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Fuzz(func(t *testing.T, file []byte) {
		g := parseCommitGraph(file)
		if g == nil {
			return
		}
		for i := 0; i+20 <= len(g.ids); i += 20 {
			g.find(plumbing.Hash(g.ids[i : i+20]))
		}
		g.find(plumbing.ZeroHash)
	})
}

// A stored text that isn't what its id stands for is never shown as if it were.
func TestSwappedText(t *testing.T) {
	f := newFixture(t, implementations[0])
	f.write("a.md", "what was agreed\n")
	f.write("b.md", "another text\n")
	f.git("add", ".")
	f.git("commit", "-qm", "both")
	object := func(name string) string {
		id := f.git("rev-parse", "HEAD:"+name)
		return f.file(filepath.Join(".git", "objects", id[:2], id[2:]))
	}
	if err := os.Rename(object("b.md"), object("a.md")); err != nil {
		t.Fatal(err)
	}
	h, err := f.find().History(HistoryOptions{Paths: []string{"a.md"}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := h.Blob(f.git("rev-parse", "HEAD:a.md"))
	if err == nil || !strings.Contains(err.Error(), "git fsck") {
		t.Errorf("%q, %v", text, err)
	}
}

// TestBetween has both implementations say what differs between any two of some commits.
func TestBetween(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementation{})
	f.oddHistory()
	commits := strings.Fields(f.git("rev-list", "HEAD"))
	r := f.find()
	for _, dir := range []string{".", "b", "no/such"} {
		for i, from := range commits {
			to := commits[(i*7+3)%len(commits)]
			var answers [2]string
			for n, impl := range implementations {
				deltas, err := impl.backend(r).between(from, to, dir)
				if err != nil {
					t.Fatal(err)
				}
				answers[n] = fmt.Sprint(deltas)
			}
			if answers[0] != answers[1] {
				t.Errorf("%s to %s below %s:\n%s\n%s", from, to, dir, answers[0], answers[1])
			}
		}
	}
}
