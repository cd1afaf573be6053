package cmd_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestCrash has the system refuse what a command that writes asks of it, one call after
// the other: every file is then the old one or the new one, nothing lies around, git finds
// nothing wrong, the command says what failed, and run again it does all of it.
// COACHLOG_FAULTS sets how many calls of each command, 0 for all.
func TestCrash(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatal(err)
		}
		t.Skip("strace isn't installed")
	}
	if out, err := exec.Command("strace", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %s", out)
	}
	for _, w := range writers {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			f := newFaults(t, w)
			calls := slices.Collect(maps.Keys(f.calls))
			slices.SortFunc(calls, call.compare)
			if n := number("COACHLOG_FAULTS", 3); n > 0 {
				rand.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
				calls = calls[:min(n, len(calls))]
			}
			for _, c := range calls {
				for _, fault := range faultsOf(c) {
					f.inject(c, fault)
				}
			}
			t.Logf("%d calls of %d", len(calls), len(f.calls))
		})
	}
}

// init keeps the command's own work on the first thread, whose calls are counted.
func init() {
	if os.Getenv("COACHLOG_ONE_THREAD") != "" {
		runtime.LockOSThread()
	}
}

// changing are the calls by which files change, or are made to last.
const changing = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,ftruncate,fchmod,fchmodat,fchmodat2,utimensat,close,flock"

// A call is the nth call of a name that the command's first thread makes.
type call struct {
	name string
	n    int
}

func (c call) compare(d call) int {
	return strings.Compare(fmt.Sprintf("%s%9d", c.name, c.n), fmt.Sprintf("%s%9d", d.name, d.n))
}

// faultsOf are the errors that a call is tried with: one of them in a sample.
func faultsOf(call) []string {
	all := []string{"ENOSPC", "EIO", "EACCES", "EINTR"}
	if number("COACHLOG_FAULTS", 3) > 0 {
		return all[rand.N(len(all)):][:1]
	}
	return all
}

// faults is one command, which is run on copies of the same logbook.
type faults struct {
	*team
	writer
	calls         map[call]string // what each was about
	before, after map[string]string
}

func newFaults(t *testing.T, w writer) *faults {
	t.Helper()
	f := &faults{team: newWriter(t), writer: w, calls: make(map[call]string)}
	if w.prepare != nil {
		w.prepare(f.team)
	}
	f.before = f.team.everything()
	done := f.copied()
	code, said, trace := done.traced(w.line())
	if f.after = done.everything(); code != 0 || maps.Equal(f.before, f.after) {
		t.Fatalf("%s: %d, %s", w, code, said)
	}
	f.list(trace, filepath.Dir(done.dir))
	return f
}

// list finds the calls by which files of the logbook change, or are to last.
func (f *faults) list(trace, top string) {
	count, written := make(map[string]int), make(map[string]bool)
	for line := range strings.Lines(trace) {
		thread, rest, _ := strings.Cut(line, " ")
		name, about, ok := strings.Cut(strings.TrimLeft(rest, " "), "(")
		if !ok || strings.ContainsAny(name, "<+-") {
			continue
		}
		count[thread+name]++
		file, _, _ := strings.Cut(about, ">")
		switch name {
		case "openat":
			if !strings.Contains(about, "O_CREAT") && !strings.Contains(about, "O_WRONLY") && !strings.Contains(about, "O_RDWR") {
				continue
			}
		case "write":
			written[file] = true
		case "close":
			if !written[file] {
				continue
			}
			delete(written, file)
		}
		if strings.Contains(about, top) {
			f.calls[call{name, count[thread+name]}] = about
		}
	}
}

// copied is the same logbook, with what is beside it, in another place.
func (f *faults) copied() *team {
	f.Helper()
	top := filepath.Join(f.TempDir(), "copy")
	f.run("cp", "-a", filepath.Dir(f.dir), top)
	return f.at(filepath.Join(top, "team"))
}

// traced runs a command, without what it starts, and with options of strace.
func (tm *team) traced(args []string, options ...string) (code int, said, trace string) {
	tm.Helper()
	file := filepath.Join(tm.TempDir(), "trace")
	options = append([]string{"-f", "-b", "execve", "-y", "-s", "0", "-o", file, "-e", "trace=?" + strings.ReplaceAll(changing, ",", ",?")}, options...)
	code, said = tm.as("COACHLOG_ONE_THREAD=1").run("timeout", slices.Concat([]string{"60", "strace"}, options, []string{"coachlog"}, args)...)
	text, err := os.ReadFile(file)
	if err != nil {
		tm.Fatal(err)
	}
	return code, said, string(text)
}

// everything is what a command may change, by name.
func (tm *team) everything() map[string]string {
	tm.Helper()
	all := make(map[string]string)
	top := filepath.Dir(tm.dir)
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(top, path)
		inside, ofGit := strings.CutPrefix(name, "team/.git/")
		if strings.HasPrefix(inside, "coachlog/facts-") && !lyingAround(name) {
			return err // what is kept between commands, with the times of files
		}
		if err != nil || d.IsDir() || ofGit && !lyingAround(name) && !strings.HasPrefix(inside, "hooks/") && !strings.HasPrefix(inside, "coachlog/") && inside != "config" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		all[name] = fmt.Sprint(info.Mode(), " ", string(text))
		return err
	})
	if err != nil {
		tm.Fatal(err)
	}
	for name, entry := range tm.index() {
		all["staged "+name] = entry
	}
	all["commits"] = tm.git("log", "--format=%T %B")
	return all
}

// lyingAround says whether a file is a temporary one, or a lock.
func lyingAround(name string) bool {
	return strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".lock")
}

// inject fails one call.
func (f *faults) inject(c call, fault string) {
	f.Helper()
	tm := f.copied()
	code, said, trace := tm.traced(f.line(), "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", c.name, fault, c.n))
	injected := strings.Join(regexp.MustCompile(`(?m)^.*\(INJECTED\)$`).FindAllString(trace, -1), "\n")
	injected = strings.ReplaceAll(injected, filepath.Dir(tm.dir), "")
	// strace counts a thread's calls, so that it may also hit what Go's runtime writes to itself, or the message.
	if strings.Contains(said, "runtime: netpollBreak write failed") {
		f.Logf("%s: Go's runtime ended the program", injected)
		return
	}
	mute := c.name == "write" && said == ""
	wrong := func(format string, args ...any) {
		f.Helper()
		f.Errorf("%s %d %s: %s\n%s\nended with %d: %s", c.name, c.n, fault, fmt.Sprintf(format, args...), injected, code, said)
	}
	now := tm.everything()
	for name, text := range now {
		switch {
		case lyingAround(name) && !strings.Contains(c.name, "unlink") && !strings.Contains(said, "coachlog doctor"):
			wrong("%s is left", name)
		case !lyingAround(name) && text != f.before[name] && text != f.after[name]:
			wrong("%s is neither as before nor as it should be: %q", name, text)
		}
	}
	for name := range f.before {
		if _, there := now[name]; !there && f.after[name] != "" {
			wrong("%s is gone", name)
		}
	}
	maps.DeleteFunc(now, func(name, _ string) bool { return lyingAround(name) })
	whole := maps.Equal(now, f.after)
	if code == 0 && !whole {
		wrong("it says nothing of what is missing")
	}
	if code != 0 && !mute && !strings.Contains(said, "run this again") && !strings.Contains(said, "fix that, then coachlog doctor") && !strings.Contains(said, "once that is fixed") {
		wrong("it doesn't say what to do")
	}
	f.Logf("%s %d %s: whole %v, %d: %s\n%s", c.name, c.n, fault, whole, code, said, injected)
	tm.fsck()
	if !whole {
		w := f.writer
		switch {
		case strings.Contains(said, "coachlog doctor puts them in place"):
			w.args = []string{"doctor"}
		case strings.Contains(said, "with --force"):
			w.args = append(slices.Clone(w.args), "--force")
		}
		code, said = w.again(tm)
		if now = tm.everything(); w.args[0] == "doctor" {
			code = 0
		}
		if code != 0 || !maps.Equal(now, f.after) {
			wrong("run again, it ends with %d: %s\n%v", code, said, differing(now, f.after))
		}
	}
	tm.run("coachlog", "doctor")
	if f.args[0] == "report" || f.args[0] == "schedule" { // which write elsewhere
		f.again(tm)
	}
	for name := range tm.everything() {
		if lyingAround(name) {
			wrong("%s is left for good", name)
		}
	}
}

func differing(a, b map[string]string) (names []string) {
	for name := range b {
		if a[name] != b[name] {
			names = append(names, fmt.Sprintf("%s: %q, want %q", name, a[name], b[name]))
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			names = append(names, name)
		}
	}
	return names
}
