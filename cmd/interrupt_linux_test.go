package cmd_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// TestInterruptedAnywhere interrupts commands of each kind at random moments, by themselves or
// with the programs that they started, as Ctrl-C does: they end with their code, each file is
// the old one or the new one, and nothing is left, neither a file nor a program.
// COACHLOG_INTERRUPTS sets how often.
func TestInterruptedAnywhere(t *testing.T) {
	readers := []writer{
		{"check", (*team).agreed, []string{"check"}}, {"check one", (*team).agreed, []string{"check", "rep0"}}, {"lint", nil, []string{"lint"}}, {"history", (*team).agreed, []string{"history", "rep0"}},
		{"audit", (*team).agreed, []string{"audit"}}, {"doctor", nil, []string{"doctor"}}, {"dry run", nil, []string{"commit", "--dry-run"}},
	}
	for _, w := range append(readers, writers...) {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			i := newInterrupted(t, w)
			for range number("COACHLOG_INTERRUPTS", 6) {
				i.once()
			}
			t.Logf("%v, at most %v", i.ends, i.slowest.Round(time.Millisecond))
		})
	}
}

type interrupted struct {
	*faults
	long, slowest time.Duration
	ends          map[string]int
}

func newInterrupted(t *testing.T, w writer) *interrupted {
	i := &interrupted{faults: &faults{team: newWriter(t), writer: w}, ends: make(map[string]int)}
	if w.prepare != nil {
		w.prepare(i.team)
	}
	i.before = i.withoutFacts()
	done := i.copied()
	start := time.Now()
	code, said := w.again(done)
	i.long, i.after = time.Since(start), done.withoutFacts()
	if code == 2 {
		t.Fatalf("%s: %s", w, said)
	}
	return i
}

// once interrupts the command in a copy of the logbook.
func (i *interrupted) once() {
	i.Helper()
	tm := i.copied()
	c := tm.command("coachlog", i.line()...)
	var said strings.Builder
	c.Stdout, c.Stderr = &said, &said
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		i.Fatal(err)
	}
	time.Sleep(rand.N(i.long + i.long/4))
	signal, whom := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[rand.N(2)], []int{1, -1}[rand.N(2)]*c.Process.Pid
	start := time.Now()
	if err := syscall.Kill(whom, signal); err != nil && err != syscall.ESRCH {
		i.Fatal(err)
	}
	_ = c.Wait()
	i.slowest = max(i.slowest, time.Since(start))
	code := c.ProcessState.ExitCode()
	i.ends[map[int]string{0: "too late", 1: "too late", interrupt.Code: "interrupted", -1: "before it began"}[code]]++
	wrong := func(format string, args ...any) {
		i.Helper()
		i.Errorf("%v to %d: "+format+"\nended with %d: %s", append(append([]any{signal, whom}, args...), code, said.String())...)
	}
	if code > 1 && code != interrupt.Code {
		wrong("another code")
	}
	for n := 0; len(running(c.Process.Pid)) > 0; n++ {
		if n > 200 {
			wrong("a program goes on: %v", running(c.Process.Pid))
			break
		}
		time.Sleep(time.Millisecond)
	}
	now := tm.withoutFacts()
	_, locked := now["team/.git/index.lock"] // by git, which Ctrl-C can hit before it knows of its lock
	locked = locked && whom < 0
	for name, text := range now {
		switch {
		case lyingAround(name) && (whom > 0 || strings.HasPrefix(filepath.Base(name), ".")): // another lock of git's may be left for the same reason
			wrong("%s is left", name)
		case locked && strings.HasPrefix(name, "staged "): // which coachlog could not take back
		case !lyingAround(name) && text != i.before[name] && text != i.after[name]:
			wrong("%s is neither as before nor as it should be: %q", name, text)
		}
	}
	for name := range i.before {
		if _, there := now[name]; !there && i.after[name] != "" {
			wrong("%s is gone", name)
		}
	}
	if code >= 0 && code < 2 && !maps.Equal(now, i.after) {
		wrong("it isn't whole: %v", differing(now, i.after))
	}
	tm.fsck()
}

// running are the programs of a process group that haven't ended.
func running(group int) (programs []string) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		stat, _ := os.ReadFile(name)
		program, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); len(f) > 2 && f[2] == strconv.Itoa(group) && f[0] != "Z" && f[0] != "X" {
			programs = append(programs, program)
		}
	}
	return programs
}

// withoutFacts is everything but what is kept of people, which has the times of their files.
func (tm *team) withoutFacts() map[string]string {
	all := tm.everything()
	maps.DeleteFunc(all, func(name, _ string) bool {
		return strings.Contains(name, "/.git/coachlog/facts-") && !lyingAround(name)
	})
	return all
}
