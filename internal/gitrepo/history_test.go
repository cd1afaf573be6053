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
)

func orDash(id string) string {
	if id == "" {
		return "-"
	}
	return id
}

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
	if o.AllSides {
		args = append(args, "--full-history")
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
			{Paths: twinNames[:1], AllSides: true},
			{Paths: []string{filepath.Dir(twinNames[0])}, AllSides: true},
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

// What is stored isn't what its id stands for: it is never shown as if it were.
func TestSwappedObjects(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"a.md", "commit", "tree", "folder"} {
		f := newFixture(t, implementation{})
		f.write("a.md", "what was agreed\n")
		f.write("b.md", "another text\n")
		f.git("add", ".")
		f.git("commit", "-qm", "both")
		f.git("commit", "-q", "--allow-empty", "-m", "another one")
		f.write("folder/a.md", "one\n")
		f.git("add", ".")
		f.git("commit", "-qm", "a folder")
		f.write("folder/a.md", "two\n")
		f.git("commit", "-qam", "in the folder")
		id := ""
		object := func(name string) string {
			id = f.git("rev-parse", name)
			return f.file(filepath.Join(".git", "objects", id[:2], id[2:]))
		}
		other := "HEAD:b.md"
		name := "HEAD:" + what
		switch what {
		case "commit":
			name, other = "HEAD~1", "HEAD"
			f.git("branch", "kept")
		case "tree":
			name, other = "HEAD~1^{tree}", "HEAD^{tree}"
		case "folder":
			name, other = "HEAD:folder", "HEAD~1:folder"
		}
		data, err := os.ReadFile(object(other))
		if err != nil {
			t.Fatal(err)
		}
		file := object(name)
		os.Chmod(file, 0o644)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, impl := range implementations {
			h, err := impl.backend(f.find()).history(HistoryOptions{Paths: []string{"."}, Every: what != "a.md"})
			if what == "a.md" && err == nil {
				_, err = h.Blob(id)
			}
			if err == nil || !strings.Contains(err.Error(), "git fsck") {
				t.Errorf("%s, %s: %v", impl.name, what, err)
			}
		}
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
				deltas, err := (&History{source: impl.backend(r)}).Between(from, to, dir)
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

// TestFilesAt has both implementations list a commit's files below whatever a name is.
func TestFilesAt(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementation{})
	f.oddHistory()
	f.write("a b.md", "a blank in its name")
	f.write("new\nline/x.md", "a line end")
	f.git("add", "a b.md", "new\nline")
	f.git("commit", "-qm", "names")
	r := f.find()
	for _, commit := range append(strings.Fields(f.git("rev-list", "HEAD")), "") {
		for _, name := range []string{".", "a.md", "a b.md", "b", "b/d/e.md", "sub", "link.md", "b/\xff.md", "new\nline", "new\nline/x.md", "no/such.md", "a.md/x"} {
			var answers [2]string
			for n, impl := range implementations {
				files, err := (&History{source: impl.backend(r)}).FilesAt(commit, name)
				if err != nil {
					t.Fatal(err)
				}
				answers[n] = fmt.Sprint(files)
			}
			if answers[0] != answers[1] {
				t.Errorf("%s of %s:\n%s\n%s", name, commit, answers[0], answers[1])
			}
		}
	}
}
