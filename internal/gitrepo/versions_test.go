package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/htmlindex"
)

// versions asks the implementation under test, and holds the answer against git
// log's.
func (f *fixture) versions(name string) []version {
	f.Helper()
	versions, err := f.impl.versions(f.find(), name)
	if err != nil {
		f.Fatalf("versions of %q: %v", name, err)
	}
	f.compareVersions(name, versions)
	f.compareTexts(name, versions)
	return versions
}

func (i implementation) versions(r *Repo, name string) ([]version, error) {
	h, err := i.backend(r).history(HistoryOptions{Paths: []string{name}})
	if err != nil {
		return nil, err
	}
	h.repo = r
	return versionsIn(h, name), nil
}

// version is a commit that changed one file.
type version struct {
	Record
	h    *History
	name string
}

func (v version) Text() ([]byte, error) { return v.h.TextIn(v.Record, v.name) }

func versionsIn(h *History, name string) []version {
	versions := make([]version, len(h.Records))
	for i, r := range h.Records {
		versions[i] = version{r, h, name}
	}
	return versions
}

// versionsOf asks as a caller does.
func versionsOf(r *Repo, name string) ([]version, error) {
	h, err := r.History(HistoryOptions{Paths: []string{name}})
	if err != nil {
		return nil, err
	}
	return versionsIn(h, name), nil
}

func (f *fixture) compareVersions(name string, versions []version) {
	f.Helper()
	got := []string{}
	for _, v := range versions {
		fields := []string{v.Commit, v.Author.Name, v.Author.Email, fmt.Sprint(v.Date.Unix(), v.Date.Format(" -0700")), v.Subject, v.Body}
		got = append(got, strings.Join(fields, "\x1f"))
	}
	if diff := cmp.Diff(f.gitLog(name), got); diff != "" {
		f.Errorf("versions of %q (-git +coachlog):\n%s", name, diff)
	}
}

func (f *fixture) compareTexts(name string, versions []version) {
	f.Helper()
	for _, v := range versions {
		text, err := v.Text()
		if err != nil {
			f.Errorf("text at %s: %v", v.Commit, err)
		}
		cmd := exec.Command("git", "cat-file", "blob", v.Commit+":"+name)
		cmd.Dir = f.dir
		want, err := cmd.Output()
		if err == nil && want == nil {
			want = []byte{}
		}
		if !bytes.Equal(text, want) || (text == nil) != (err != nil) {
			f.Errorf("text at %s is %q, want %q (%v)", v.Commit, text, want, err)
		}
	}
}

// gitLog is what git says, from a user's own command.
func (f *fixture) gitLog(name string) []string {
	f.Helper()
	format := strings.Join([]string{"%H", "%an", "%ae", "%ad", "%s", "%b"}, "%x1f")
	cmd := exec.Command("git", "--literal-pathspecs", "-c", "log.follow=false", "log", "-z", "--date=raw", "--encoding=none", "--format="+format, "--", name)
	cmd.Dir = f.dir
	out, err := cmd.Output()
	if err != nil {
		f.Fatalf("git log: %v", err)
	}
	log := []string{}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		fields := strings.Split(strings.TrimRight(inUTF8(entry, ""), gitSpace), "\x1f")
		if len(fields) > 3 && fields[3] == "" {
			fields[3] = "0 +0000" // git has no words for no date
		}
		if entry != "" {
			log = append(log, strings.Join(fields, "\x1f"))
		}
	}
	return log
}

// record commits a file's content by git; an empty one deletes it.
func (f *fixture) record(name, content string) {
	f.Helper()
	if content == "" {
		f.remove(name)
	} else {
		f.write(name, content)
	}
	f.git("add", "-A", ".")
	f.git("commit", "-qm", fmt.Sprintf("%s: %s", name, content))
}

func subjects(versions []version) string {
	var all []string
	for _, v := range versions {
		all = append(all, v.Subject)
	}
	return strings.Join(all, " | ")
}

const planFile = "people/rep2/plan.md"

func TestVersions(t *testing.T) {
	each(t, func(f *fixture) {
		f.record("coachlog.yaml", "b: c\n")
		f.record(planFile, "two")
		f.record("people/rep1/x.md", "x")
		f.record(planFile, "") // deleted
		f.record("people/rep1/x.md", "y")
		f.record(planFile, "four")
		os.Chmod(f.file(planFile), 0o755)
		f.git("commit", "-qam", "mode")
		want := "mode | people/rep2/plan.md: four | people/rep2/plan.md: | people/rep2/plan.md: two | start"
		if got := subjects(f.versions(planFile)); got != want {
			f.Errorf("got  %s\nwant %s", got, want)
		}
		for _, name := range []string{"people/rep2", "no/such.md", "people/rep1/2026-07-06.md/below", "people", "people/rep2/plan"} {
			f.versions(name)
		}
		f.git("gc", "-q")
		f.git("pack-refs", "--all")
		f.versions(planFile)
		f.git("rev-parse", "HEAD")
		f.record(planFile, "loose, beside the pack")
		f.versions(planFile)
	})
}

func TestVersionsOverMerges(t *testing.T) {
	each(t, func(f *fixture) {
		merge := func(args ...string) {
			f.git(append([]string{"merge", "-q", "--no-ff", "-m", "merge"}, args...)...)
		}
		f.git("switch", "-qc", "side")
		f.record(planFile, "changed on the side")
		f.git("switch", "-q", "main")
		f.record("coachlog.yaml", "x: y\n")
		merge("side")
		if got := subjects(f.versions(planFile)); got != planFile+": changed on the side | start" {
			f.Errorf("after a merge of the side's change: %s", got)
		}
		f.git("switch", "-q", "side")
		f.record("people/rep1/x.md", "not the plan")
		f.git("switch", "-q", "main")
		f.record(planFile, "changed on main")
		merge("side")
		f.versions(planFile)
		// An evil merge: neither parent has what it has.
		f.git("switch", "-q", "side")
		f.record("people/rep1/x.md", "again")
		f.git("switch", "-q", "main")
		f.git("merge", "-q", "--no-ff", "--no-commit", "side")
		f.write(planFile, "by the merge itself")
		f.git("commit", "-qam", "evil")
		if got := subjects(f.versions(planFile)); !strings.HasPrefix(got, "evil | "+planFile+": changed on main | ") {
			f.Errorf("after an evil merge: %s", got)
		}
		// Both sides make the same change: one of them is followed.
		f.git("switch", "-qc", "left")
		f.record(planFile, "the same")
		f.git("switch", "-qc", "right", "main")
		f.record(planFile, "the same")
		f.record("people/rep1/y.md", "more")
		merge("left")
		f.versions(planFile)
		// An octopus.
		for _, arm := range []string{"a", "b", "c"} {
			f.git("switch", "-qc", arm, "right")
			f.record("arm-"+arm, arm)
			if arm == "b" {
				f.record(planFile, "by arm b")
			}
		}
		f.git("switch", "-q", "right")
		merge("a", "b", "c")
		f.versions(planFile)
		f.versions("arm-c")
	})
}

func TestVersionsWhereverHeadIs(t *testing.T) {
	each(t, func(f *fixture) {
		f.record(planFile, "two")
		f.git("checkout", "-q", "--detach", "HEAD~1")
		if got := subjects(f.versions(planFile)); got != "start" {
			f.Errorf("detached: %s", got)
		}
		linked := filepath.Join(f.TempDir(), "linked")
		f.git("worktree", "add", "-q", "-b", "side", linked, "main")
		w := f.at(linked)
		w.record(planFile, "three")
		if got := subjects(w.versions(planFile)); strings.Count(got, "|") != 2 {
			f.Errorf("in a linked worktree: %s", got)
		}
		f.git("checkout", "-q", "--orphan", "empty")
		versions, err := f.impl.versions(f.find(), planFile)
		if err != nil || len(versions) > 0 {
			f.Errorf("unborn: %v, %v", versions, err)
		}
	})
}

func TestVersionsOfAShallowClone(t *testing.T) {
	each(t, func(f *fixture) {
		f.record(planFile, "two")
		f.record("coachlog.yaml", "b: c\n")
		f.record(planFile, "three")
		for depth, want := range map[int]int{1: 1, 2: 2, 3: 2, 9: 3} {
			clone := f.at(f.TempDir())
			clone.git("clone", "-q", fmt.Sprintf("--depth=%d", depth), "file://"+f.dir, ".")
			if got := clone.versions(planFile); len(got) != want {
				f.Errorf("depth %d: %d versions: %s", depth, len(got), subjects(got))
			}
		}
	})
}

// TestVersionNames has paths that look like options or patterns.
func TestVersionNames(t *testing.T) {
	each(t, func(f *fixture) {
		names := []string{"-n", "--all", ":(top)*.md", "people/*.md", "people/[ab].md", "a b/c\nd.md", "people/josé/plan.md", "HEAD"}
		for _, name := range names {
			f.record(name, "one")
			f.record(name, "two")
		}
		f.git("config", "log.follow", "true")
		f.git("config", "diff.renames", "copies")
		f.git("mv", "people/josé/plan.md", "people/moved.md")
		f.git("commit", "-qm", "moved")
		for _, name := range append(names, "people/moved.md") {
			if got := f.versions(name); len(got) == 0 || name == "people/moved.md" && len(got) != 1 {
				f.Errorf("%q has %d versions", name, len(got))
			}
		}
		for _, name := range []string{"../x", "/etc/passwd", ".git/config", "a\x00b"} {
			var refusal *Refusal
			if _, err := versionsOf(f.find(), name); !errors.As(err, &refusal) {
				f.Errorf("%q: %v", name, err)
			}
		}
	})
}

// TestVersionsOfOddCommits has authors, dates and messages as only a program
// writes them.
func TestVersionsOfOddCommits(t *testing.T) {
	each(t, func(f *fixture) {
		for i, commit := range []struct{ author, message string }{
			{"Ann Coach <ann@example.com> 1783309500 +0545", "plain"},
			{"Ann <ann@example.com> 1783309500 -0330", "two\nlines  \nof subject\n\n\nbody\n\nmore\n\n"},
			{"\x1b[31mRed\a <ann@example.com> 1783309500 +0000", "\n\n  \nlate \x1b]0;subject\n \nbody \x9b\n"},
			{" <> 0 +0000", ""},
			{"J\xf6rg <j@example.com> 1783309500 +0200", "Latin-1: \xe9\n"},
			{"No Date <x@example.com>", "no date"},
			{"Far Off <x@example.com> 99999999999999999999 +0100", "far off"},
			{"Zoned <x@example.com> 1783309500 +1400", "zone\r\n\r\nbody\r\n"},
			{"Two <x> <y@example.com> 1783309500 +0100", " indented\n  lines\n\n  body"},
		} {
			f.write(planFile, fmt.Sprint("odd ", i))
			f.git("add", ".")
			object := fmt.Sprintf("tree %s\nparent %s\nauthor %s\ncommitter Ann <ann@example.com> %d +0000\ngpgsig -----BEGIN\n author Eve <eve@example.com> 1 +0000\n \n -----END\n\n%s",
				f.git("write-tree"), f.git("rev-parse", "HEAD"), commit.author, 1783309500+i, commit.message)
			cmd := exec.Command("git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
			cmd.Dir, cmd.Stdin = f.dir, strings.NewReader(object)
			id, err := cmd.Output()
			if err != nil {
				f.Fatal(err)
			}
			f.git("update-ref", "HEAD", strings.TrimSpace(string(id)))
			versions, err := f.impl.versions(f.find(), planFile)
			if err != nil || len(versions) != i+2 {
				f.Fatalf("%q: %d versions, %v", commit.author, len(versions), err)
			}
		}
		f.versions(planFile)
	})
}

// TestVersionTwins holds both implementations against git log over random
// histories with merges, in which clocks went wrong.
func TestVersionTwins(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		f := newFixture(t, implementation{})
		f.randomHistory(rand.New(rand.NewPCG(seed, 2)))
		if seed%2 == 0 {
			f.git("repack", "-q", "-a", "-d", "--depth=10", "--window=20")
		}
		for i, name := range twinNames[:3] {
			for _, impl := range implementations {
				versions, err := impl.versions(f.find(), name)
				if err != nil {
					t.Fatal(err)
				}
				f.compareVersions(name, versions)
				if i == 0 && impl.name == "go-git" {
					f.compareTexts(name, versions)
				}
			}
		}
	}
}

// randomHistory makes 60 commits, a third of them merges.
func (f *fixture) randomHistory(random *rand.Rand) {
	f.Helper()
	var stream bytes.Buffer
	for i := 1; i <= 60; i++ {
		date := 1_780_000_000 + i/3 + random.IntN(4)
		fmt.Fprintf(&stream, "commit refs/heads/main\nmark :%d\ncommitter Ann <ann@example.com> %d +0100\ndata <<END\ncommit %d\nEND\n", i, date, i)
		if i > 1 {
			fmt.Fprintf(&stream, "from :%d\n", i-1-random.IntN(min(i-1, 3)))
		}
		if i > 4 && random.IntN(3) == 0 {
			fmt.Fprintf(&stream, "merge :%d\n", i-1-random.IntN(4))
		}
		for range random.IntN(3) {
			name := twinNames[random.IntN(3)]
			if random.IntN(4) == 0 {
				fmt.Fprintf(&stream, "D %s\n", name)
			} else {
				fmt.Fprintf(&stream, "M 100644 inline %s\ndata <<END\n%d\nEND\n", name, random.IntN(2))
			}
		}
	}
	cmd := exec.Command("git", "fast-import", "--quiet", "--force")
	cmd.Dir, cmd.Stdin = f.dir, &stream
	if out, err := cmd.CombinedOutput(); err != nil {
		f.Fatalf("%v\n%s\n%s", err, out, stream.String())
	}
}

// TestVersionsInUnusualRepositories leaves it to Versions who does the work: git
// where go-git can't, and without git a refusal.
func TestVersionsInUnusualRepositories(t *testing.T) {
	t.Parallel()
	for name, setUp := range map[string]func(f, origin *fixture){
		"sha256": func(f, _ *fixture) { f.git("init", "-q", "--object-format=sha256") },
		"alternates": func(f, origin *fixture) {
			f.git("clone", "-q", "-s", origin.dir, ".")
		},
		"partial clone": func(f, origin *fixture) {
			origin.git("config", "uploadpack.allowFilter", "true")
			f.git("clone", "-q", "--filter=blob:none", "file://"+origin.dir, ".")
		},
		"replaced": func(f, origin *fixture) {
			f.git("clone", "-q", origin.dir, ".")
			f.git("replace", "--graft", "HEAD")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			origin := newFixture(t, implementation{})
			origin.record(planFile, "one")
			origin.record(planFile, "two")
			f := &fixture{t, t.TempDir(), implementation{}}
			setUp(f, origin)
			f.record(planFile, "three")
			versions, err := versionsOf(f.find(), planFile)
			if err != nil || len(versions) == 0 {
				t.Fatalf("%d versions, %v", len(versions), err)
			}
			f.compareVersions(planFile, versions)
			f.compareTexts(planFile, versions)
			r := f.find()
			r.native = nil
			f.refused("only the git program", func() error { _, err := versionsOf(r, planFile); return err })
		})
	}
}

// TestVersionsOfADamagedRepository wants an error, and no panic and no shorter
// history.
func TestVersionsOfADamagedRepository(t *testing.T) {
	each(t, func(f *fixture) {
		f.record(planFile, "two")
		f.record(planFile, "three")
		f.git("gc", "-q")
		packs, _ := filepath.Glob(f.file(".git/objects/pack/*.pack"))
		os.Chmod(packs[0], 0o644)
		data := []byte(f.read(strings.TrimPrefix(packs[0], f.dir+"/")))
		clear(data[12 : len(data)-20])
		if err := os.WriteFile(packs[0], data, 0o644); err != nil {
			f.Fatal(err)
		}
		if versions, err := f.impl.versions(f.find(), planFile); err == nil {
			f.Errorf("%d versions", len(versions))
		}
	})
}

// TestCharacterSets reads names and messages in what their commit says, or seems to be in.
func TestCharacterSets(t *testing.T) {
	for _, test := range []struct{ commit, name, subject string }{
		{"author J\xf6rg <j@x> 1 +0000\nencoding ISO-8859-1\n\nGespr\xe4ch", "Jörg", "Gespräch"},
		{"author \xcc\xe0\xf0\xe8\xff <j@x> 1 +0000\nencoding windows-1251\n\n\xc8\xf2\xee\xe3", "Мария", "Итог"},
		{"author \x93c\x92\x86 <j@x> 1 +0000\nencoding Shift_JIS\n\n\x96\xda\x95W", "田中", "目標"},
		{"author J\xf6rg <j@x> 1 +0000\n\nGespräch", "Jörg", "Gespräch"},
		{"author Jörg <j@x> 1 +0000\nencoding nothing\n\nGespr\xe4ch", "Jörg", "Gespräch"},
		{"author Jörg <j@x> 1 +0000\nencoding ISO-8859-1\n\nGespräch", "Jörg", "Gespräch"},
		{"author \xc1\xaa\xcd\xa8 <j@x> 1 +0000\nencoding GBK\n\nplain", "联通", "plain"},
		{"author Jörg <j@x> 1 +0000\nencoding UTF-16\n\nGespräch", "Jörg", "Gespräch"},
		{"author Jörg <j@x> 1 +0000\ngpgsig x\n encoding ISO-8859-1\n\nGespräch", "Jörg", "Gespräch"},
	} {
		if r := parseRecord("x", test.commit); r.Author.Name != test.name || r.Subject != test.subject {
			t.Errorf("%q: %q, %q", test.commit, r.Author.Name, r.Subject)
		}
	}
}

// TestNamesOfCharacterSets holds them to what browsers take them for.
func TestNamesOfCharacterSets(t *testing.T) {
	for name := range strings.FieldsSeq(`latin1 iso-8859-1 ISO8859-1 l1 us-ascii iso-8859-2 latin2 iso-8859-3 iso-8859-5 iso-8859-7 iso-8859-8-i iso-8859-9 latin5
		iso-8859-15 iso-8859-16 cp1250 cp1251 windows-1252 cp1252 windows-1257 koi8-r koi8-u macintosh ibm866 cp866 tis-620 shift_jis sjis x-sjis ms_kanji
		windows-31j euc-jp iso-2022-jp euc-kr ks_c_5601-1987 gbk gb2312 gb18030 big5 nothing`) {
		want, _ := htmlindex.Get(name)
		if got := charset(name); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	for _, name := range []string{"", "utf-8", "UTF-16", "utf8mb4"} {
		if got := charset(name); got != nil {
			t.Errorf("%s is %v", name, got)
		}
	}
}

// FuzzCommit reads whatever bytes as a commit.
func FuzzCommit(f *testing.F) {
	f.Add("tree 0123456789012345678901234567890123456789\nparent x\nauthor A <a@b> 1 +0100\ncommitter B <b@c> 2 -0100\n\nsubject\n\nbody\n")
	f.Add("author <<>> 9999999999999 +9999\n\n\n\n \r\n")
	f.Fuzz(func(t *testing.T, commit string) {
		v := parseRecord("x", commit)
		if strings.Contains(v.Subject, "\n") || v.Date.Year() > 9999 || v.Date.Year() < 1 {
			t.Errorf("%+v", v)
		}
	})
}
