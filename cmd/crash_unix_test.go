//go:build unix

package cmd_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKilled kills coachlog commit, agree and undo, with the git that they may run, at
// random moments: the branch is where it was or one commit on, no file is touched that
// the commit isn't about, and the next command leaves the old state or the new one, and
// nothing lying around. COACHLOG_CRASHES sets how often.
func TestKilled(t *testing.T) {
	t.Parallel()
	for name, hooked := range map[string]bool{"by coachlog itself": false, "with a hook, by git": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &killer{team: newTeam(t, 5), hooked: hooked, warned: map[string]bool{}, ends: map[string]int{}}
			if hooked {
				k.hook("exit 0")
			}
			start := time.Now()
			k.coachlog("agree", logOf(4))
			long := time.Since(start)
			for round := range number("COACHLOG_CRASHES", 15) {
				who := round / 3 % 4
				before := k.read(logOf(who))
				k.append(logOf(who), fmt.Sprint("Said in round ", round))
				if round%3 == 0 {
					k.kill(long, "commit", "people/"+rep(who))
				} else {
					k.coachlog("commit", "people/"+rep(who))
				}
				switch round % 3 {
				case 1:
					k.kill(long, "agree", logOf(who))
				case 2:
					k.kill(long+long/2, "undo")
					if k.read(logOf(who)) != before {
						t.Errorf("undo, killed and run again: %s", k.read(logOf(who)))
					}
				}
				if t.Failed() {
					t.Fatalf("in round %d", round)
				}
			}
			t.Log(k.ends)
		})
	}
}

type killer struct {
	*team
	hooked bool
	warned map[string]bool // by lock file: a lock that was left was met already
	ends   map[string]int
}

// kill ends a command at some moment, and then does what coachlog says.
func (k *killer) kill(long time.Duration, args ...string) {
	k.Helper()
	before, files := k.head(), k.files()
	c := k.command("coachlog", args...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		k.Fatal(err)
	}
	time.Sleep(rand.N(long + long/4))
	// The whole group: without its parent, a git would go on.
	if err := syscall.Kill(-c.Process.Pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
		k.Fatal(err)
	}
	killed := c.Wait() != nil
	for range 300 { // until the last of them is gone, where anybody reaps it
		if syscall.Kill(-c.Process.Pid, 0) != nil {
			break
		}
		time.Sleep(time.Millisecond)
	}

	end, moved := "before its commit", k.head() != before
	if moved {
		end = "after its commit"
		if parent := k.git("rev-parse", "HEAD~1"); parent != before {
			k.Errorf("%v, killed: the branch went from %s to a child of %s", args, before, parent)
		}
	}
	now := k.files()
	maps.DeleteFunc(now, func(name, _ string) bool { return strings.HasSuffix(name, ".tmp") })
	if !maps.Equal(files, now) && (args[0] != "undo" || !moved) {
		k.Errorf("%v, killed: the files changed", args)
	}
	k.fsck()
	journals, err := filepath.Glob(k.file(".git/.rewrite.*"))
	if err != nil {
		k.Fatal(err)
	}
	locks := k.locks()
	switch {
	case !killed:
		end = "too late"
	case len(locks) > 0:
		end += ", a lock left"
	case moved && len(journals) > 0:
		end += ", not finished"
	}
	k.ends[args[0]+": "+end]++
	if args[0] == "undo" && moved && len(journals) == 0 {
		args = []string{"commit"} // another undo would take another commit back
	}
	k.again(args)
	if moved && args[0] == "commit" && slices.Contains(locks, k.file(".git/index.lock")) {
		// git moves the branch before the index, and died in between: its own remedy, which
		// coachlog names. What coachlog records by itself goes the other way.
		if !k.hooked {
			k.Errorf("%v, killed: the branch moved before the index", args)
		}
		k.git("reset", "-q")
		k.ends["the index was behind"]++
	}
	k.coachlog("commit")
	k.nothingLeft(args)
}

// nothingLeft holds the repository against what HEAD has.
func (k *killer) nothingLeft(args []string) {
	k.Helper()
	if status := k.git("status", "--porcelain"); status != "" {
		k.Errorf("%v, killed and done again: status %s", args, status)
	}
	if k.git("write-tree") != k.git("rev-parse", "HEAD^{tree}") {
		k.Errorf("%v, killed and done again: the index isn't as HEAD", args)
	}
	left, err := filepath.Glob(k.file(".git/.*.tmp*"))
	if objects, _ := filepath.Glob(k.file(".git/objects/.*")); err != nil || len(left)+len(objects)+len(k.locks()) > 0 {
		k.Errorf("%v, killed and done again: left %v", args, slices.Concat(left, objects, k.locks()))
	}
	k.fsck()
}

// gitsOwn are the locks that no coachlog took. They stay where git is killed.
func (k *killer) gitsOwn() []string {
	k.Helper()
	owners, err := filepath.Glob(k.file(".git/.lock.*"))
	if err != nil {
		k.Fatal(err)
	}
	return slices.DeleteFunc(k.locks(), func(lock string) bool {
		return strings.HasPrefix(filepath.Base(lock), ".") || slices.ContainsFunc(owners, func(owner string) bool {
			a, err1 := os.Stat(owner)
			b, err2 := os.Stat(lock)
			return err1 == nil && err2 == nil && os.SameFile(a, b)
		})
	})
}

// again runs a command once more. It has to name every lock of git's in its way, or left
// behind; once those are deleted, it succeeds. A lock of coachlog's is in nobody's way.
func (k *killer) again(args []string) {
	k.Helper()
	locks, names := k.gitsOwn(), []string{}
	if len(locks) > 0 && !k.hooked {
		k.Errorf("%v, killed: nobody knows whose locks %v are", args, locks)
	}
	for _, lock := range locks {
		// git's index for the time of a commit; the next one takes another name.
		if name := filepath.Base(lock); !strings.HasPrefix(name, "next-index-") {
			names = append(names, name)
		}
	}
	// The message costs the time for which coachlog waits for a lock: once for each case.
	kinds := fmt.Sprint(args[0], names)
	if len(names) > 0 && !k.warned[kinds] {
		k.warned[kinds] = true
		_, out := k.run("coachlog", args...)
		for _, name := range names {
			if !strings.Contains(out, name) {
				k.Errorf("coachlog %v doesn't name %s: %s", args, name, out)
			}
		}
		if !strings.Contains(out, " exist") || !strings.Contains(out, "delete th") {
			k.Errorf("coachlog %v doesn't say what to do: %s", args, out)
		}
	}
	for _, lock := range locks {
		if err := os.Remove(lock); err != nil {
			k.Fatal(err)
		}
	}
	k.coachlog(args...)
}
