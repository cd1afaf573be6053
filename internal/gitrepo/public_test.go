package gitrepo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// people is who wrote what and when, a commit on a line, as the records say.
func people(h *History) string {
	var b strings.Builder
	for _, r := range h.Records {
		fmt.Fprintf(&b, "%s %q %q %s <%s> %d %s %s <%s> %d %s\n", r.Commit, strings.Join(r.Parents, " "), r.Subject,
			r.Author.Name, r.Author.Email, r.Date.Unix(), r.Date.Format("-0700"),
			r.Committer.Name, r.Committer.Email, r.Committed.Unix(), r.Committed.Format("-0700"))
	}
	return b.String()
}

// peopleOf is the same by git log of every commit.
func (f *fixture) peopleOf() string {
	f.Helper()
	// No answer may hold what parts them, which git takes from no line.
	out := f.git("log", "--encoding=UTF-8", "--date=raw", "--no-show-signature", "--format=%H%x00%P%x00%s%x00%an <%ae> %ad %cn <%ce> %cd")
	var b strings.Builder
	for line := range strings.Lines(out) {
		if part := strings.Split(strings.TrimSuffix(line, "\n"), "\x00"); len(part) == 4 {
			fmt.Fprintf(&b, "%s %q %q %s\n", part[0], part[1], inUTF8(part[2], ""), inUTF8(part[3], ""))
		}
	}
	return b.String()
}

// topOf are some paths of a history: folders and files of HEAD, and one that was
// deleted.
func (f *fixture) topOf() (paths []string) {
	f.Helper()
	for line := range strings.SplitSeq(f.git("ls-tree", "-z", "HEAD"), "\x00") {
		if _, name, ok := strings.Cut(line, "\t"); ok {
			paths = append(paths, name)
		}
	}
	const most = 8
	step := max(1, len(paths)/most)
	var some []string
	for i := 0; i < len(paths); i += step {
		some = append(some, paths[i])
	}
	gone := f.git("log", "-1", "-z", "--diff-filter=D", "--no-renames", "--name-only", "--format=")
	if gone, _, _ = strings.Cut(strings.Trim(gone, "\n\x00"), "\x00"); gone != "" {
		some = append(some, gone)
	}
	for line := range strings.SplitSeq(f.git("ls-tree", "-r", "-z", "--name-only", "HEAD"), "\x00") {
		if strings.Count(line, "/") >= 2 { // deep down
			return append(some, line)
		}
	}
	return some
}

// holdHistory holds both implementations against git log, for some questions about
// some paths, and says how many answers were compared.
func (f *fixture) holdHistory(paths []string) (compared int) {
	f.Helper()
	var questions []HistoryOptions
	for _, p := range paths {
		questions = append(questions, HistoryOptions{Paths: []string{p}})
	}
	some, err := cleanPaths(paths[:len(paths)/2+1])
	if err != nil {
		f.Fatal(err)
	}
	questions = append(questions,
		HistoryOptions{Paths: some},
		HistoryOptions{Paths: some, Every: true},
		HistoryOptions{Paths: []string{"."}},
		HistoryOptions{Paths: []string{"."}, Every: true},
		HistoryOptions{Marked: "Signed-off-by"},
	)
	for _, o := range questions {
		want := f.logOf(o)
		for _, impl := range implementations {
			r, err := FindToRead(f.dir)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := r.config(); err != nil {
				f.Fatal(err)
			}
			h, err := impl.backend(r).history(o)
			var cannot *unfit
			if errors.As(err, &cannot) {
				f.Logf("%s: %+v is left to git: %v", impl.name, o, cannot)
				continue
			}
			if err != nil {
				f.Errorf("%s: %+v: %v", impl.name, o, err)
				continue
			}
			compared++
			if got := listed(h); got != want {
				f.Errorf("%s: history of %+v (-git +coachlog):\n%.4000s", impl.name, o, cmp.Diff(want, got))
			}
			if o.Every && slices.Equal(o.Paths, []string{"."}) {
				if got, want := people(h), f.peopleOf(); got != want {
					f.Errorf("%s: people and times (-git +coachlog):\n%.4000s", impl.name, cmp.Diff(want, got))
				}
			}
		}
	}
	return compared
}

// oddHistory makes what old and converted repositories hold: an octopus merge, one
// that keeps nothing of either side, a parent named twice, bytes that are no UTF-8, clocks
// before 1970 and zones that there are not, no author's name, strange file names, a
// link, a submodule, permissions of old, and a commit that empties the tree.
func (f *fixture) oddHistory() {
	f.Helper()
	add := func(message string, files ...string) {
		f.Helper()
		for _, name := range files {
			f.write(name, message)
		}
		f.git("add", "-A")
		f.git("commit", "-qm", message)
	}
	raw := func(tree, head string) {
		f.Helper()
		f.write(".git/raw", "tree "+tree+"\n"+head)
		f.git("update-ref", "refs/heads/main", f.git("hash-object", "-t", "commit", "-w", "--literally", ".git/raw"))
	}
	add("start", "a.md", "b/c.md", "b/d/e.md", "caf\u00e9/\"tab\t\u00df\".md", "b/\xff.md")
	for _, side := range []string{"one", "two", "three"} {
		f.git("switch", "-qc", side, "main")
		add(side, side+".md", "b/d/"+side+".md")
	}
	f.git("switch", "-q", "main")
	add("on main", "b/c.md")
	f.git("merge", "-q", "-m", "octopus", "one", "two", "three")
	f.git("switch", "-qc", "four", "one")
	add("four", "b/c.md", "b/d/e.md")
	f.git("switch", "-q", "main")
	f.git("merge", "-q", "-s", "ours", "-m", "ours", "four")
	f.write("b/d/e.md", "as in no parent")
	f.git("commit", "-q", "-a", "--amend", "-m", "evil")
	if err := os.Symlink("a.md", f.file("link.md")); err != nil {
		f.Fatal(err)
	}
	f.git("update-index", "--add", "--cacheinfo", "160000,"+f.git("rev-parse", "one")+",sub")
	f.git("add", "link.md")
	f.git("commit", "-qm", "link and submodule")
	tree, head := f.git("rev-parse", "HEAD^{tree}"), f.git("rev-parse", "HEAD")
	const ann = "Ann <ann@example.com> "
	raw(tree, "parent "+head+"\nparent "+head+"\nauthor "+ann+"0 +0000\ncommitter "+ann+"1 -0001\n\ntwice\n")
	raw(f.git("rev-parse", "one^{tree}"), "parent "+f.git("rev-parse", "main")+"\nauthor  <> 1700000000 +1445\ncommitter J\xfcrgen <j@x> 1700000000 -0730\n\n\n\n  gr\xfc\xdfe \nsecond line\n\nbody")
	raw(f.git("rev-parse", "main^{tree}"), "parent "+f.git("rev-parse", "main")+"\nauthor "+ann+"1800000000 +0200\ncommitter "+ann+"1600000000 +0530\ngpgsig -----BEGIN\n \n x\n\nthe clock went back, and nothing changed")
	raw(emptyTree, "parent "+f.git("rev-parse", "main")+"\nauthor "+ann+"1900000000 +0000\ncommitter "+ann+"1900000000 +0000\n\n")
	raw(tree, "parent "+f.git("rev-parse", "main")+"\nparent "+f.git("rev-parse", "two")+"\nauthor "+ann+"1900000000 +0000\ncommitter "+ann+"1900000000 +0000\n\nSigned-off-by: in the subject\n")
	f.git("reset", "-q", "--hard")
	f.git("rm", "-q", "b/c.md")
	f.git("commit", "-qm", "gone\n\nSigned-off-by: Ann <ann@example.com>")
	// A folder in a submodule's place, and the other way round, for a while.
	sub := "160000," + f.git("rev-parse", "one") + ",sub"
	for _, name := range []string{"sub/x.md", "sub/y/z.md"} {
		f.git("update-index", "--replace", "--add", "--cacheinfo", "100644,"+f.git("rev-parse", "HEAD:a.md")+","+name)
		f.git("commit", "-qm", name)
	}
	f.git("update-index", "--replace", "--add", "--cacheinfo", sub)
	f.git("commit", "-qm", "a submodule again")
}

// TestOddHistory holds a history of oddities against git log, loose and packed, and
// with git's commit-graph.
func TestOddHistory(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementation{})
	f.oddHistory()
	paths := []string{"a.md", "b", "b/c.md", "b/d/e.md", "b/d/one.md", "b/\xff.md", "caf\u00e9", "link.md", "sub", "three.md", "no/such.md"}
	loose := f.holdHistory(paths)
	f.git("gc", "-q")
	f.git("commit-graph", "write", "--reachable", "--changed-paths")
	if packed := f.holdHistory(paths); packed != loose || loose < 2*len(paths) {
		t.Errorf("compared %d answers loose, %d packed", loose, packed)
	}
}

// TestPublicHistories holds histories that others have made against git log:
// COACHLOG_HISTORIES lists the folders of their repositories.
func TestPublicHistories(t *testing.T) {
	t.Parallel()
	for _, dir := range filepath.SplitList(os.Getenv("COACHLOG_HISTORIES")) {
		t.Run(filepath.Base(filepath.Dir(dir))+"/"+filepath.Base(dir), func(t *testing.T) {
			f := &fixture{t, dir, implementation{}}
			n := f.holdHistory(f.topOf())
			t.Logf("%s commits, %d answers compared", f.git("rev-list", "--count", "HEAD"), n)
			if n == 0 {
				t.Error("nothing was compared")
			}
		})
	}
}

// TestLargeFiles reads versions of a file, each stored as what differs from another,
// that are too large to be kept in memory.
func TestLargeFiles(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	random := rand.New(rand.NewPCG(1, 5))
	parts := make([]string, 40)
	for i := range parts {
		for range 100 {
			parts[i] += fmt.Sprintf("rep%d,aht,2026-07-06,%d\n", i, random.Uint64())
		}
	}
	for i := range 12 {
		random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		f.write("metrics/q.csv", strings.Join(parts, ""))
		f.git("add", ".")
		f.git("commit", "-qm", fmt.Sprint("round ", i))
	}
	f.git("repack", "-q", "-a", "-d", "-f")
	h, err := f.find().History(HistoryOptions{Paths: []string{"metrics"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Records) != 12 {
		t.Errorf("%d versions", len(h.Records))
	}
	for _, r := range h.Records {
		id := r.Files[0].After
		if text, err := h.Blob(id); err != nil || !IsText(text, id) {
			t.Errorf("%s is read as another text, of %d bytes: %v", r.Subject, len(text), err)
		}
	}
}
