package gitrepo

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// helper is the test binary run as another process: NAME ENGINE DIR FILE TIMES. With
// GITREPO_NOTES every second commit is one that changes no file.
func helper(name string) int {
	engine, dir, file := os.Args[1], os.Args[2], os.Args[3]
	if name == "killed" {
		return endAhead(dir)
	}
	times, _ := strconv.Atoi(os.Args[4])
	for i := range times {
		record := writeAndCommit
		if i%2 == 1 && os.Getenv("GITREPO_NOTES") != "" {
			record = note
		}
		if err := record(engine, dir, file, fmt.Sprintf("%s %d\n", name, i)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println("done", i)
	}
	return 0
}

func writeAndCommit(engine, dir, file, content string) error {
	r, err := Find(dir)
	if err != nil {
		return err
	}
	full := filepath.Join(dir, file)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		return err
	}
	req, err := r.prepare(request{changes: []Change{{Path: file, After: []byte(content)}}, message: file + ": " + content})
	if err != nil {
		return err
	}
	for _, impl := range implementations {
		if impl.name == engine {
			_, err = impl.backend(r).commit(context.Background(), req)
		}
	}
	return err
}

func note(engine, dir, file, content string) error {
	r, err := Find(dir)
	if err != nil {
		return err
	}
	if _, err := r.config(); err != nil {
		return err
	}
	for _, impl := range implementations {
		if impl.name == engine {
			_, err = impl.backend(r).commit(context.Background(), request{message: file + ": " + content})
		}
	}
	return err
}

func startHelper(name, engine, dir, file string, times int) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(os.Args[0], engine, dir, file, strconv.Itoa(times))
	cmd.Env = append(os.Environ(), "GITREPO_HELPER="+name)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

// TestManyWriters has processes of both implementations
// commit at once: each commit must be in the history, and nothing staged.
func TestManyWriters(t *testing.T) {
	for _, c := range []struct {
		name    string
		engines []string
		times   int
	}{
		{"two", []string{"go-git", "go-git"}, 25},
		{"many", []string{"go-git", "go-git", "go-git", "go-git", "go-git", "go-git", "go-git", "go-git"}, 8},
		{"mixed", []string{"go-git", "go-git", "git", "git"}, 6},
		{"git", []string{"git", "git", "git"}, 5},
		{"crowd", crowd(), 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, implementations[0])
			var group sync.WaitGroup
			for i, engine := range c.engines {
				cmd, out := startHelper(fmt.Sprint("writer", i), engine, f.dir, fmt.Sprintf("people/rep%d/log.md", i), c.times)
				if c.name == "crowd" {
					cmd.Env = append(cmd.Env, "GITREPO_NOTES=1")
				}
				group.Go(func() {
					if err := cmd.Run(); err != nil {
						t.Errorf("writer %d, %s: %v\n%s", i, engine, err, out)
					}
				})
			}
			group.Wait()
			if got, want := f.git("rev-list", "--count", "HEAD"), fmt.Sprint(len(c.engines)*c.times); got != want {
				t.Errorf("%s commits, want %s", got, want)
			}
			subjects, own := f.git("log", "--format=%s"), ""
			for i := range c.engines {
				for j := range c.times {
					if line := fmt.Sprintf("people/rep%d/log.md: writer%d %d\n", i, i, j); !strings.Contains(subjects+"\n", line) {
						t.Errorf("lost: %s", line)
					}
				}
			}
			for line := range strings.SplitSeq(f.git("log", "--name-only", "--format=%s"), "\n") {
				// A commit's subject, then the one file that it names, or none.
				if file, _, ok := strings.Cut(line, ": "); ok {
					own = file
				} else if line != "" && line != own {
					t.Errorf("a commit of %s holds %s", own, line)
				}
			}
			f.check("")
		})
	}
}

// crowd is how many processes commit at once, one in five by the git program: 16, or
// as many as GITREPO_WRITERS says.
func crowd() []string {
	n, err := strconv.Atoi(os.Getenv("GITREPO_WRITERS"))
	if err != nil {
		n = 16
	}
	engines := make([]string, n)
	for i := range engines {
		engines[i] = "go-git"
		if i%5 == 4 {
			engines[i] = "git"
		}
	}
	return engines
}

// TestCrash kills a committing process at random moments: whatever is left
// must be the old state or the new one, and the next commit must work.
func TestCrash(t *testing.T) {
	t.Parallel()
	for _, impl := range implementations {
		rounds := map[string]int{"go-git": 30, "git": 10}[impl.name]
		if set, err := strconv.Atoi(os.Getenv("GITREPO_CRASHES")); err == nil {
			rounds = set
		}
		t.Run(impl.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, impl)
			f.write("a.md", "a\n")
			f.git("add", ".")
			f.git("commit", "-qm", "start")
			f.write("staged.md", "s\n")
			f.git("add", ".")
			for i := range rounds {
				before := f.git("rev-parse", "HEAD")
				cmd, out := startHelper(fmt.Sprint("round", i), impl.name, f.dir, fmt.Sprintf("people/rep%d/log.md", i%7), 1000)
				cmd.Env = append(cmd.Env, "GITREPO_NOTES=1")
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(5*time.Millisecond + rand.N(120*time.Millisecond))
				cmd.Process.Kill()
				cmd.Wait()
				f.afterCrash(before, out.String())
				if t.Failed() {
					return
				}
			}
			f.check("A  staged.md")
		})
	}
}

func (f *fixture) afterCrash(before, out string) {
	f.Helper()
	// A git that was running goes on without its parent.
	for range 200 {
		if left, _ := filepath.Glob(f.file(".git/next-index-*.lock")); len(left) == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if f.impl.name == "git" { // until it has been still for a while
		for head, still := "", 0; still < 4; time.Sleep(75 * time.Millisecond) {
			if now := f.git("rev-parse", "HEAD"); now == head {
				still++
			} else {
				head, still = now, 0
			}
		}
	}
	for _, name := range []string{"index.lock", "HEAD.lock", "refs/heads/main.lock", "coachlog.lock"} {
		os.Remove(f.file(".git/" + name))
	}
	if got := f.git("fsck", "--strict", "--no-dangling", "--no-progress"); got != "" {
		f.Errorf("fsck: %s", got)
	}
	// One commit may be there whose end the process didn't live to tell.
	made, told := f.git("rev-list", "--count", before+"..HEAD"), strings.Count(out, "done")
	if n, _ := strconv.Atoi(made); n != told && n != told+1 {
		f.Errorf("%s commits, %d told", made, told)
	}
	if got := f.git("show", "HEAD:a.md"); got != "a" {
		f.Errorf("a.md is %q", got)
	}
	status := f.git("status", "--porcelain", "-uall", "people")
	if strings.Count(status, "\n") > 0 || strings.HasPrefix(status, "D") {
		f.Errorf("status: %s", status)
	}
	if status != "" {
		if _, err := f.try("after the crash", "people"); err != nil {
			f.Errorf("the next commit: %v", err)
		}
	}
}

// TestWithoutGit runs in a process that has no git to find.
func TestWithoutGit(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	f.write("a.md", "a\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	run := func() (string, error) {
		cmd, out := startHelper("alone", "go-git", f.dir, "people/rep1/log.md", 1)
		cmd.Env = append(cmd.Env, "PATH=")
		err := cmd.Run()
		return out.String(), err
	}
	if out, err := run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f.check("")
}
