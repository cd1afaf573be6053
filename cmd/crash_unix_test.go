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
	if status := k.git("status", "--porcelain"); status != "" {
		k.Errorf("%v, killed and done again: status %s", args, status)
	}
	if k.git("write-tree") != k.git("rev-parse", "HEAD^{tree}") {
		k.Errorf("%v, killed and done again: the index isn't as HEAD", args)
	}
	k.fsck()
}

// again runs the command once more. It has to name every lock in its way, or left
// behind; once those are deleted, it succeeds.
func (k *killer) again(locks, args []string) {
	k.Helper()
	names := []string{}
	for _, lock := range locks {
		// git's index for the time of a commit; the next one takes another name.
		if name := filepath.Base(lock); !strings.HasPrefix(name, "next-index-") {
			names = append(names, name)
		}
	}
	remove := func() {
		for _, lock := range locks {
			if err := os.Remove(lock); err != nil {
				k.Fatal(err)
			}
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
	remove()
	k.coachlog(args...)
}
