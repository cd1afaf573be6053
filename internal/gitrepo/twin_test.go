package gitrepo

import (
	"bytes"
	"crypto/sha1"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestTwins does the same random work in two repositories, commits with engine
// in one and with git commit --only in the other, and wants the same trees and
// the same index each time.
func TestTwins(t *testing.T) {
	t.Parallel()
	seeds := 2
	if set, err := strconv.Atoi(os.Getenv("GITREPO_TWINS")); err == nil {
		seeds = set
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1))
			a, b := newFixture(t, implementations[0]), newFixture(t, implementations[0])
			both := func(do func(f *fixture)) { do(a); do(b) }
			for step := range 15 {
				for range 1 + random.IntN(4) {
					mutate(random, both)
				}
				changes := a.changes()
				if len(changes) == 0 {
					continue
				}
				random.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
				changes = withWhatTheyNeed(changes, changes[:1+random.IntN(len(changes))])
				_, err := a.tryChanges(changes, "x")
				b.commitByGit(changes)
				if err != nil {
					t.Fatalf("step %d: %v", step, err)
				}
				for _, look := range [][]string{{"rev-parse", "HEAD^{tree}"}, {"ls-files", "--stage"}, {"status", "--porcelain", "-uall"}} {
					if x, y := a.git(look...), b.git(look...); x != y {
						t.Fatalf("step %d, %s: git %v:\n%s\nby git itself:\n%s", step, kinds(changes), look, x, y)
					}
				}
				a.checkCacheTree()
			}
			if out := a.git("fsck", "--strict", "--no-dangling", "--no-progress"); out != "" {
				t.Error(out)
			}
		})
	}
}

var twinNames = []string{"a", "a/b", "a/b/c", "a/b.md", "a-b", "a.md", "d/e/f.md", "d/e", "z/1", "z/2", "z/3/4/5"}

func mutate(random *rand.Rand, both func(func(*fixture))) {
	name := twinNames[random.IntN(len(twinNames))]
	content := fmt.Sprintf("%d\n", random.IntN(4))
	switch random.IntN(5) {
	case 0:
		both(func(f *fixture) { f.remove(name) })
	case 1:
		both(func(f *fixture) {
			if _, err := os.Lstat(f.file(name)); err == nil {
				f.git("add", name)
			}
		})
	default:
		executable := os.FileMode(0o644 | random.IntN(2)*0o111)
		both(func(f *fixture) {
			for dir := range parents(name) {
				if info, err := os.Lstat(f.file(dir)); err == nil && !info.IsDir() {
					f.remove(dir)
				}
			}
			f.remove(name)
			f.write(name, content)
			os.Chmod(f.file(name), executable)
		})
	}
}

// withWhatTheyNeed adds the changes without which git can't commit a part: a
// file and a folder in one place go together.
func withWhatTheyNeed(all, some []Change) []Change {
	for {
		more := some
		for _, c := range all {
			related, chosen := false, false
			for _, s := range some {
				chosen = chosen || s.Path == c.Path
				related = related || strings.HasPrefix(s.Path, c.Path+"/") || strings.HasPrefix(c.Path, s.Path+"/")
			}
			if related && !chosen {
				more = append(more[:len(more):len(more)], c)
			}
		}
		if len(more) == len(some) {
			return some
		}
		some = more
	}
}

// commitByGit is what a person would type.
func (f *fixture) commitByGit(changes []Change) {
	f.Helper()
	folders := map[string]bool{}
	var added, paths []string
	for _, c := range changes {
		for dir := range parents(c.Path) {
			folders[dir] = folders[dir] || c.Kind != Deleted
		}
	}
	for _, c := range changes {
		if c.Kind != Deleted {
			added = append(added, c.Path)
		}
		if !folders[c.Path] {
			paths = append(paths, c.Path)
		}
	}
	if len(added) > 0 {
		f.git(append([]string{"add", "-N", "--"}, added...)...)
	}
	f.git(append([]string{"commit", "-q", "--only", "-m", "x", "--"}, paths...)...)
}

func FuzzParseIndex(f *testing.F) {
	dir := f.TempDir()
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"write-tree"}} {
		os.MkdirAll(filepath.Join(dir, "a"), 0o755)
		os.WriteFile(filepath.Join(dir, "a", "b.md"), []byte("x"), 0o644)
		os.WriteFile(filepath.Join(dir, "c.md"), []byte("x"), 0o644)
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			f.Fatalf("%v %s", err, out)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:len(data)-20])
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := sha1.Sum(body)
		idx, err := parseIndex(append(body[:len(body):len(body)], sum[:]...))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		idx.writeTo(&first)
		again, err := parseIndex(first.Bytes())
		if err != nil {
			t.Fatalf("what was written can't be read: %v", err)
		}
		again.writeTo(&second)
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Error("reading and writing isn't stable")
		}
	})
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte("100644 a\x00aaaaaaaaaaaaaaaaaaaa40000 b\x00bbbbbbbbbbbbbbbbbbbb"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := parseTree(data, 20)
		if err != nil {
			return
		}
		again, err := parseTree(encodeTree(entries), 20)
		if err != nil || len(again) != len(entries) {
			t.Errorf("%v, then %v: %v", entries, again, err)
		}
	})
}
