//go:build unix

package cmd_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coachlog/coachlog/internal/logbook"
)

// A scene is a logbook that several coachlogs write to at once.
type scene struct {
	*testing.T
	dir string
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t, t.TempDir()}
	s.write("team/coachlog.yaml", "name: Team\nmetrics:\n  aht: {name: Handle time, unit: s, better: lower}\nimports:\n  phone:\n    date: Day\n    person: [Who]\n    metrics:\n      aht: {from: AHT, unit: s}\n")
	for _, id := range []string{"priya", "josh"} {
		s.write("team/people/"+id+"/plan.md", "---\ntype: plan\nname: "+id+"\n---\n")
	}
	return s
}

func (s *scene) write(name, text string) {
	s.Helper()
	file := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.Fatal(err)
	}
}

// atOnce starts so many coachlogs as nearly together as can be, and returns what each
// said and ended with.
func (s *scene) atOnce(n int, args ...string) (codes []int, said []string) {
	s.Helper()
	program, err := exec.LookPath("coachlog") // as TestMain has it for the scripts
	if err != nil {
		s.Skip("the test program isn't on the PATH as coachlog")
	}
	codes, said = make([]int, n), make([]string, n)
	start := make(chan bool)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			c := exec.Command(program, append([]string{"-C", filepath.Join(s.dir, "team"), "--today", "2026-10-02"}, args...)...)
			c.Env = append(os.Environ(), "HOME="+s.dir, "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
			var out bytes.Buffer
			c.Stdout, c.Stderr = &out, &out
			<-start
			_ = c.Run() // the code says it
			codes[i], said[i] = c.ProcessState.ExitCode(), out.String()
		})
	}
	close(start)
	wait.Wait()
	return codes, said
}

// files are those below a folder of the logbook.
func (s *scene) files(pattern string) []string {
	found, err := filepath.Glob(filepath.Join(s.dir, "team", pattern))
	if err != nil {
		s.Fatal(err)
	}
	return found
}

func (s *scene) expect(said []string, codes []int, want ...int) {
	s.Helper()
	slices.Sort(codes)
	if !slices.Equal(codes, want) {
		s.Errorf("they ended with %v, want %v:\n%s", codes, want, strings.Join(said, "\n"))
	}
}

const tries = 5 // each of these went wrong in most of them, without a lock

func TestAdoptAtOnce(t *testing.T) {
	for range tries {
		s := newScene(t)
		for day := 1; day <= 20; day++ {
			s.write(fmt.Sprintf("notes/2024-03-%02d.md", day), fmt.Sprintf("# 1:1 with priya\n\nWe talked about call %d.\n", day))
		}
		codes, said := s.atOnce(4, "adopt", filepath.Join(s.dir, "notes"), "--person", "priya", "--coach", "josh", "--yes")
		s.expect(said, codes, 0, 0, 0, 0)
		if got := len(s.files("people/priya/2024-*.md")); got != 20 {
			t.Fatalf("20 notes became %d logs:\n%s", got, strings.Join(said, "\n"))
		}
		adopting := 0
		for _, text := range said {
			if strings.Contains(text, "\nDone.") {
				adopting++
			}
		}
		if adopting != 1 {
			t.Errorf("%d of them say that they adopted:\n%s", adopting, strings.Join(said, "\n"))
		}
	}
}

func TestNewSessionAtOnce(t *testing.T) {
	for range tries {
		s := newScene(t)
		codes, said := s.atOnce(4, "new", "session", "priya", "--date", "2026-10-05", "--no-edit")
		s.expect(said, codes, 0, 2, 2, 2)
		if got := s.files("people/priya/2026-*.md"); len(got) != 1 {
			t.Errorf("there are %v", got)
		}
		codes, said = s.atOnce(4, "new", "session", "priya", "--ad-hoc", "--date", "2026-10-06", "--no-edit")
		s.expect(said, codes, 0, 0, 0, 0)
		if got := s.files("people/priya/2026-10-06*.md"); len(got) != 4 {
			t.Errorf("four were asked for, and there are %v", got)
		}
	}
}

func TestNewFilesAtOnce(t *testing.T) {
	s := newScene(t)
	s.write("answer.txt", "What feels good? The new greeting.\n")
	for _, c := range []struct {
		args []string
		file string
	}{
		{[]string{"new", "assessment", "self-assessment", "josh", "--no-edit"}, "people/josh/self-assessment-*.md"},
		{[]string{"new", "person", "ana", "--no-edit"}, "people/ana/plan.md"},
		{[]string{"prep", "priya", "--from", filepath.Join(s.dir, "answer.txt"), "--date", "2026-10-05"}, "people/priya/prep-*.md"},
	} {
		codes, said := s.atOnce(4, c.args...)
		s.expect(said, codes, 0, 2, 2, 2)
		if got := s.files(c.file); len(got) != 1 {
			t.Errorf("%v: there are %v", c.args, got)
		}
	}
}

func TestImportAtOnce(t *testing.T) {
	for range tries {
		s := newScene(t)
		s.write("team/metrics/phone-2026.csv", "date,person,metric,value\n2026-07-01,priya,aht,400\n")
		s.write("phone.csv", "Day,Who,AHT\n2026-07-02,priya,395\n2026-07-03,priya,390\n")
		codes, said := s.atOnce(4, "metrics", "import", filepath.Join(s.dir, "phone.csv"))
		s.expect(said, codes, 0, 0, 0, 0)
		text, err := os.ReadFile(filepath.Join(s.dir, "team/metrics/phone-2026.csv"))
		if err != nil || strings.Count(string(text), "\n") != 4 {
			t.Errorf("the metrics are %q (%v):\n%s", text, err, strings.Join(said, "\n"))
		}
	}
}

func TestInitAtOnce(t *testing.T) {
	for range tries {
		s := newScene(t)
		if err := os.RemoveAll(filepath.Join(s.dir, "team")); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(s.dir, "team"), 0o755); err != nil {
			t.Fatal(err)
		}
		codes, said := s.atOnce(4, "init", "--hook", "--merge-driver")
		s.expect(said, codes, 0, 0, 0, 0)
		text, err := os.ReadFile(filepath.Join(s.dir, "team/.gitattributes"))
		if err != nil || strings.Count(string(text), "\n") != 1 {
			t.Errorf(".gitattributes is %q (%v)", text, err)
		}
		if left := s.files(".*.tmp"); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}

// TestTwoAtOnce holds the logbook's lock, as another coachlog does that writes: each command
// that writes waits for it and says for whom, ends at once when it is interrupted, and has
// written nothing. What only reads doesn't wait.
func TestTwoAtOnce(t *testing.T) {
	known := strings.Join(alone, " ") + " " + strings.Join(reading, " ")
	for _, w := range slices.Concat(writers, sealing) {
		known += " " + w.name
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			tm := newWriter(t)
			if w.prepare != nil {
				w.prepare(tm)
			}
			dir, err := logbook.Open(tm.dir)
			if err != nil {
				t.Fatal(err)
			}
			unlock, err := dir.Lock(tm.file(".git"), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer unlock()
			before := tm.state()
			c := tm.command("coachlog", w.line()...)
			said, err := c.StderrPipe()
			if err == nil {
				err = c.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(said).ReadString('\n')
			if want := fmt.Sprintf("coachlog: waiting for another coachlog (process %d, for ", os.Getpid()); !strings.HasPrefix(line, want) {
				t.Errorf("it says %q, want %q", line, want)
			}
			start := time.Now()
			_ = c.Process.Signal(os.Interrupt) // if it has ended, the line tells
			_ = c.Wait()
			if long := time.Since(start); long > 15*time.Second { // a tenth of a second, where nothing else runs; half a minute, where it waits
				t.Errorf("it took %v to end", long)
			}
			if tm.state() != before || !tm.nothingNew() {
				t.Errorf("it wrote without the lock")
			}
		})
	}
	page := emptyTeam(t).coachlog("man")
	for _, command := range regexp.MustCompile(`(?m)^\\fB([a-z][a-z-]*)\\fP`).FindAllStringSubmatch(page, -1) {
		if !slices.Contains(strings.Fields(known), command[1]) {
			t.Errorf("whether coachlog %s writes is not known: put it into writers, or reading", command[1])
		}
	}
}

// TestInterrupted interrupts commands that wait for something: they end at once, record
// nothing and leave nothing.
func TestInterrupted(t *testing.T) {
	for name, wait := range map[string]struct {
		prepare func(tm *team)
		args    []string
		stdin   bool // is left open
	}{
		"for git's lock":       {func(tm *team) { tm.write(".git/index.lock", "") }, []string{"commit"}, false},
		"for git's lock again": {func(tm *team) { tm.write(".git/HEAD.lock", "") }, []string{"commit"}, false},
		"for a hook":           {func(tm *team) { tm.hook("sleep 60") }, []string{"commit"}, false},
		"for an answer":        {nil, []string{"agree", "--from", "-"}, true},
		"for a preparation":    {nil, []string{"prep", "rep0", "--from", "-"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tm := newWriter(t)
			if wait.prepare != nil {
				wait.prepare(tm)
			}
			before, locks := tm.state(), tm.locks()
			c := tm.command("coachlog", wait.args...)
			c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell does, so that Ctrl-C reaches the hook
			if wait.stdin {
				if _, err := c.StdinPipe(); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second / 2)
			start := time.Now()
			if err := syscall.Kill(-c.Process.Pid, syscall.SIGINT); err != nil {
				t.Error("it didn't wait: ", err)
			}
			if err := c.Wait(); err == nil {
				t.Error("it did it all the same")
			}
			if long := time.Since(start); long > 15*time.Second { // a tenth of a second, where nothing else runs; half a minute, where it waits
				t.Errorf("it took %v to end", long)
			} else {
				t.Log(long)
			}
			left, err := filepath.Glob(tm.file(".git/.*.tmp"))
			if tm.state() != before || !slices.Equal(tm.locks(), locks) || len(left) > 0 || err != nil {
				t.Errorf("it left something: %v, %v", tm.locks(), left)
			}
		})
	}
}
