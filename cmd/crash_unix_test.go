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

// TestKilled kills coachlog commit and coachlog agree, with the git that they may
// run, at random moments: the branch is where it was or one commit on, no file is
// touched, and what is left to do is said. COACHLOG_CRASHES sets how often.
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
			for round := range number("COACHLOG_CRASHES", 10) {
				who := round / 2 % 4
				k.append(logOf(who), fmt.Sprint("Said in round ", round))
				if round%2 == 0 {
					k.kill(long, "commit", "people/"+rep(who))
				} else {
					k.coachlog("commit", "people/"+rep(who))
					k.kill(long, "agree", logOf(who))
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

	if !maps.Equal(files, k.files()) {
		k.Errorf("%v, killed: the files changed", args)
	}
	k.fsck()
	end, moved := "before its commit", false
	if now := k.head(); now != before {
		moved = true
		end = "after its commit"
		if parent := k.git("rev-parse", now+"~1"); parent != before {
			k.Errorf("%v, killed: the branch went from %s to a child of %s", args, before, parent)
		}
	}
	locks := k.locks()
	if len(locks) > 0 {
		end += ", a lock left"
	}
	if !killed {
		end = "too late"
	}
	k.ends[args[0]+": "+end]++
	k.again(locks, args)
	k.unlock()
	if moved && slices.Contains(locks, k.file(".git/index.lock")) {
		// git moves the branch before the index, and died in between: its own remedy. What
		// coachlog records by itself goes the other way.
		if !k.hooked {
			k.Errorf("%v, killed: the branch moved before the index", args)
		}
		k.git("reset", "-q")
		k.ends["the index was behind"]++
	}
	k.coachlog("commit")
	if status := k.git("status", "--porcelain"); status != "" {
		k.Errorf("%v, killed and done again: status %s", args, status)
	}
	if k.git("write-tree") != k.git("rev-parse", "HEAD^{tree}") {
		k.Errorf("%v, killed and done again: the index isn't as HEAD", args)
	}
	k.fsck()
}

// unlock deletes the locks that stood in the way of nothing yet, which doctor names.
func (k *killer) unlock() {
	k.Helper()
	left := k.locks()
	if len(left) == 0 {
		return
	}
	_, said := k.run("coachlog", "doctor")
	for _, lock := range left {
		if !strings.HasPrefix(filepath.Base(lock), "next-index-") && !strings.Contains(said, lock+" exists") {
			k.Errorf("doctor doesn't name %s: %s", lock, said)
		}
		if err := os.Remove(lock); err != nil {
			k.Fatal(err)
		}
	}
}

// again runs the command once more, deleting the locks that it names.
func (k *killer) again(locks, args []string) {
	k.Helper()
	names := make([]string, len(locks))
	for i, lock := range locks {
		names[i] = filepath.Base(lock)
	}
	if kinds := fmt.Sprint(names); k.warned[kinds] {
		// Each message costs the time for which coachlog waits for a lock.
		for _, lock := range locks {
			if err := os.Remove(lock); err != nil {
				k.Fatal(err)
			}
		}
	} else {
		k.warned[kinds] = true
	}
	for range 1 + len(locks) {
		code, out := k.run("coachlog", args...)
		if code == 0 {
			return
		}
		held := slices.IndexFunc(locks, func(lock string) bool { return strings.Contains(out, lock+" exists") })
		if code != 2 || held < 0 || !strings.Contains(out, "delete that file") {
			k.Errorf("coachlog %v doesn't say which of %v is in the way: %d\n%s", args, locks, code, out)
			return
		}
		if err := os.Remove(locks[held]); err != nil {
			k.Fatal(err)
		}
	}
	k.Errorf("coachlog %v didn't succeed without the locks %v", args, locks)
}
