package cmd_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// kept are the commands that take what was kept of people.
var kept = [][]string{
	{"check"}, {"check", "--format", "json"}, {"check", "priya"}, {"check", "--owner", "josh", "--overdue"}, {"schedule"}, {"schedule", "--format", "json"},
	{"report", "--logbook", "--format", "json"}, {"report", "--coach", "josh", "--format", "json"}, {"agree", "--pending"}, {"__complete", "show", "^"},
}

// Whatever is done to a logbook, commands say the same with what was kept and without.
func TestKeptIsNeverWrong(t *testing.T) {
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 16))
		dir := filepath.Join(t.TempDir(), "book")
		if err := os.CopyFS(dir, os.DirFS("../examples/team")); err != nil {
			t.Fatal(err)
		}
		git(t, dir, "init", "-q")
		git(t, dir, "config", "user.email", "josh@example.com")
		git(t, dir, "config", "user.name", "Josh")
		git(t, dir, "add", ".")
		git(t, dir, "commit", "-qm", "start")
		for step := range 40 {
			did := upset(t, random, dir)
			commands := kept
			if step > 0 {
				commands = kept[random.IntN(len(kept)):][:1]
			}
			for _, args := range commands {
				warm := sayAll(dir, args)
				t.Setenv("COACHLOG_CACHE", "off")
				cold := sayAll(dir, args)
				t.Setenv("COACHLOG_CACHE", "")
				if diff := cmp.Diff(cold, warm); diff != "" {
					t.Fatalf("seed %d, step %d, after %s: coachlog %v\n-cold +warm: %s", seed, step, did, args, diff)
				}
			}
		}
	}
}

func sayAll(dir string, args []string) string {
	out, stderr, code := coachlog(dir, args...)
	return fmt.Sprintf("%s\n%s\n%d", out, stderr, code)
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// upset does something to a file of the logbook, or to what was kept.
func upset(t *testing.T, random *rand.Rand, dir string) (did string) {
	files, err := filepath.Glob(filepath.Join(dir, "people", "*", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	name := files[random.IntN(len(files))]
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(from, to string) {
		err = os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o600)
	}
	steps := []func(){
		func() { did = "an edit"; edit("- [ ] ", "- [x] ") },
		func() {
			did = "an edit of the same length, with the time as before"
			edit("- [x] ", "- [ ] ")
			must(t, err)
			err = os.Chtimes(name, info.ModTime(), info.ModTime())
		},
		func() { did = "other words of the same length"; edit(" a ", " A ") },
		func() { did = "a comment within a text"; edit("- [ ] ", "- [ ] So <!-- or so --> ") },
		func() { did = "a touch"; err = os.Chtimes(name, time.Now(), time.Now()) },
		func() {
			did = "a time of last year"
			err = os.Chtimes(name, time.Now().AddDate(-1, 0, 0), time.Now().AddDate(-1, 0, 0))
		},
		func() { did = "going back"; git(t, dir, "checkout", "-q", ".") },
		func() { did = "a commit"; git(t, dir, "commit", "-qam", "on", "--allow-empty") },
		func() {
			did = "another name"
			err = os.Rename(name, filepath.Join(filepath.Dir(name), "2026-08-0"+fmt.Sprint(1+random.IntN(9))+".md"))
		},
		func() { did = "a copy"; err = os.WriteFile(strings.TrimSuffix(name, ".md")+" (1).md", text, 0o600) },
		func() { did = "a deletion"; err = os.Remove(name) },
		func() {
			did = "a date of agreement"
			edit("status: held\n", "status: held\nagreed: {priya: 2026-09-30}\n")
		},
		func() { did = "a broken front matter"; edit("---\n", "--\n") },
		func() {
			did = "another coach in a plan"
			name = filepath.Join(dir, "people", "priya", "plan.md")
			text, _ = os.ReadFile(name)
			edit("coach: ", "coach: x")
			if os.IsNotExist(err) {
				err = nil // the folder has another name by now
			}
		},
		func() {
			did = "other settings"
			name = filepath.Join(dir, "coachlog.yaml")
			text, _ = os.ReadFile(name)
			edit("cadence: weekly", "cadence: monthly")
		},
		func() {
			did = "a folder that is another's"
			err = os.Rename(filepath.Dir(name), filepath.Dir(name)+"-2")
		},
		func() { did = "damage"; spoil(t, random, dir) },
	}
	steps[random.IntN(len(steps))]()
	must(t, err)
	return did
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// spoil changes a byte of what was kept, cuts it off, or puts one's record in another's place.
func spoil(t *testing.T, random *rand.Rand, dir string) {
	records, err := filepath.Glob(filepath.Join(dir, ".git", "coachlog", "*", "*"))
	if err != nil || len(records) < 2 {
		t.Fatal("nothing was kept", err)
	}
	slices.Sort(records)
	name := records[random.IntN(len(records))]
	text, err := os.ReadFile(records[random.IntN(len(records))])
	must(t, err)
	switch at := random.IntN(len(text)); random.IntN(3) {
	case 0:
		text[at]++
	case 1:
		text = text[:at]
	}
	must(t, os.WriteFile(name, text, 0o600))
}

// What was kept is taken, so that nothing is kept anew: but once, when no file is as young any more as
// the record of it.
func TestKeptIsTaken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "book")
	if err := os.CopyFS(dir, os.DirFS("../examples/team")); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "init", "-q")
	want := sayAll(dir, []string{"schedule"})
	records, err := filepath.Glob(filepath.Join(dir, ".git", "coachlog", "*", "*"))
	if err != nil || len(records) == 0 {
		t.Fatal("nothing was kept", err)
	}
	before := times(t, records)
	time.Sleep(2100 * time.Millisecond) // until nothing is younger than its record
	if got := sayAll(dir, []string{"schedule"}); got != want {
		t.Error(cmp.Diff(want, got))
	}
	renewed := times(t, records)
	if got := sayAll(dir, []string{"schedule"}); got != want || slices.Equal(before, renewed) || !slices.Equal(renewed, times(t, records)) {
		t.Error("records aren't renewed once and then left alone")
	}
}

func times(t *testing.T, names []string) (all []time.Time) {
	for _, name := range names {
		info, err := os.Stat(name)
		must(t, err)
		all = append(all, info.ModTime())
	}
	return all
}
