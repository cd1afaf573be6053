package cmd_test

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A team is a logbook in a real repository, at which coachlog and git work as
// processes.
type team struct {
	*testing.T
	dir string
	env []string
}

// newTeam has this many people, rep0 and on, each with a plan and a log, all
// committed.
func newTeam(t *testing.T, people int) *team {
	t.Helper()
	tm := emptyTeam(t)
	tm.git("init", "-q")
	tm.fill(people)
	tm.git("add", ".")
	tm.git("commit", "-qm", "start")
	return tm
}

// emptyTeam is a folder without a repository yet.
func emptyTeam(t *testing.T) *team {
	t.Helper()
	home := t.TempDir()
	tm := &team{T: t, dir: t.TempDir()}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "COACHLOG_") && !strings.HasPrefix(v, "EMAIL=") {
			tm.env = append(tm.env, v)
		}
	}
	global := filepath.Join(home, "gitconfig")
	settings := "[user]\n\tname = Josh Lee\n\temail = josh@example.org\n[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n" +
		"[core]\n\tfsync = none\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n" + // faster
		"[advice]\n\tgraftFileDeprecated = false\n"
	if err := os.WriteFile(global, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	tm.env = append(tm.env, "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "xdg"), "GIT_CONFIG_GLOBAL="+global,
		"GIT_CONFIG_NOSYSTEM=1", "GIT_ATTR_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "GIT_EDITOR=true", "TZ=UTC")
	return tm
}

// fill writes the logbook's files.
func (tm *team) fill(people int) {
	tm.Helper()
	tm.write("coachlog.yaml", "name: Team\nformat: 2\npeople:\n  josh: {name: Josh Lee, email: josh@example.org}\n")
	for i := range people {
		id := rep(i)
		tm.write("people/"+id+"/plan.md", "---\ntype: plan\nperson: "+id+"\nname: Rep "+id+"\nemail: "+id+"@example.org\ncoach: josh\n---\n\n# Development plan\n")
		tm.write(logOf(i), session(id, "2026-07-06"))
	}
}

func rep(i int) string   { return fmt.Sprint("rep", i) }
func logOf(i int) string { return "people/" + rep(i) + "/2026-07-06.md" }

// session is the text of a log that can be agreed to.
func session(id, day string) string {
	return "---\ntype: session\ncoachee: " + id + "\ncoach: josh\ndate: " + day + "\nstatus: held\n---\n\n# Session\n\n## Short-term goals\n\n" +
		"- [ ] Calmer calls ^calm due:2026-08-31\n  - [ ] Take a breath before each call ^breath\n  - [ ] Drink water ^water\n\n## Notes\n\n"
}

func (tm *team) file(name string) string { return filepath.Join(tm.dir, filepath.FromSlash(name)) }

func (tm *team) write(name, text string) {
	tm.Helper()
	if err := os.MkdirAll(filepath.Dir(tm.file(name)), 0o755); err != nil {
		tm.Fatal(err)
	}
	if err := os.WriteFile(tm.file(name), []byte(text), 0o644); err != nil {
		tm.Fatal(err)
	}
}

func (tm *team) read(name string) string {
	tm.Helper()
	text, err := os.ReadFile(tm.file(name))
	if err != nil {
		tm.Fatal(err)
	}
	return string(text)
}

// append adds a line to a file.
func (tm *team) append(name, line string) {
	tm.Helper()
	tm.write(name, tm.read(name)+line+"\n")
}

// at is the same team, seen from another work tree.
func (tm *team) at(dir string) *team { return &team{tm.T, dir, tm.env} }

// as is the same team, with more in the environment.
func (tm *team) as(env ...string) *team { return &team{tm.T, tm.dir, slices.Concat(tm.env, env)} }

func (tm *team) command(program string, args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.Dir, c.Env = tm.dir, tm.env
	return c
}

// run is the exit code and what was said.
func (tm *team) run(program string, args ...string) (int, string) {
	tm.Helper()
	if program == "git" { // which looks on, whoever owns the files
		args = append([]string{"-c", "safe.directory=*"}, args...)
	}
	out, err := tm.command(program, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tm.Fatalf("%s %v: %v", program, args, err)
	}
	if strings.Contains(string(out), "a bug in coachlog") {
		tm.Fatalf("coachlog %v: %s", args, out)
	}
	code := 0
	if exit != nil {
		code = exit.ExitCode()
	}
	return code, string(out)
}

func (tm *team) git(args ...string) string {
	tm.Helper()
	code, out := tm.run("git", args...)
	if code != 0 {
		tm.Fatalf("git %s: %d\n%s", strings.Join(args, " "), code, out)
	}
	return strings.TrimSuffix(out, "\n")
}

// coachlog has to end well.
func (tm *team) coachlog(args ...string) string {
	tm.Helper()
	code, out := tm.run("coachlog", args...)
	if code != 0 {
		tm.Fatalf("coachlog %s: %d\n%s", strings.Join(args, " "), code, out)
	}
	return out
}

// head is "" on an unborn branch.
func (tm *team) head() string {
	tm.Helper()
	code, out := tm.run("git", "rev-parse", "-q", "--verify", "HEAD")
	if code != 0 {
		return ""
	}
	return strings.TrimSpace(out)
}

// fsck looks for damaged and missing objects.
func (tm *team) fsck() {
	tm.Helper()
	if out := tm.git("fsck", "--strict", "--no-dangling", "--no-progress"); out != "" && !strings.HasPrefix(out, "notice:") {
		tm.Errorf("fsck: %s", out)
	}
}

// files are the work tree's, read byte by byte.
func (tm *team) files() map[string]string {
	tm.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(tm.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".git" && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || d.Name() == ".git":
			return nil
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(tm.dir, path)
		found[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		tm.Fatal(err)
	}
	return found
}

// listed reads the lines of ls-tree or ls-files: what is there by path.
func (tm *team) listed(args ...string) map[string]string {
	tm.Helper()
	all := map[string]string{}
	for line := range strings.SplitSeq(tm.git(args...), "\x00") {
		if what, name, ok := strings.Cut(line, "\t"); ok {
			all[name] += what
		}
	}
	return all
}

func (tm *team) index() map[string]string { return tm.listed("ls-files", "--stage", "-z") }

func (tm *team) headTree() map[string]string {
	tm.Helper()
	all := map[string]string{}
	if tm.head() == "" {
		return all
	}
	for name, what := range tm.listed("ls-tree", "-r", "-z", "--full-tree", "HEAD") {
		all[name] = strings.Fields(what)[2]
	}
	return all
}

// state is all that a command that refuses must leave as it was.
func (tm *team) state() string {
	tm.Helper()
	_, refs := tm.run("git", "for-each-ref")
	_, head := tm.run("git", "symbolic-ref", "HEAD")
	return fmt.Sprint(refs, head, tm.head(), tm.index(), tm.files())
}

// blobID is git's name for a text, worked out here; like is another id.
func blobID(text, like string) string {
	data := fmt.Appendf(nil, "blob %d\x00%s", len(text), text)
	if len(like) == 2*sha256.Size {
		return fmt.Sprintf("%x", sha256.Sum256(data))
	}
	return fmt.Sprintf("%x", sha1.Sum(data))
}

// locks are the lock files that stand in git's folder.
func (tm *team) locks() []string {
	tm.Helper()
	var found []string
	err := filepath.WalkDir(tm.file(".git"), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".lock") {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		tm.Fatal(err)
	}
	return found
}

// number is what an environment variable says, for tests that can go on longer.
func number(name string, otherwise int) int {
	if set, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return set
	}
	return otherwise
}

// started is a process that was begun, with what it says.
type started struct {
	*exec.Cmd
	said *bytes.Buffer
}

func (tm *team) start(program string, args ...string) *started {
	tm.Helper()
	s := &started{tm.command(program, args...), &bytes.Buffer{}}
	s.Stdout, s.Stderr = s.said, s.said
	if err := s.Start(); err != nil {
		tm.Fatal(err)
	}
	return s
}
