package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if name := os.Getenv("GITREPO_HELPER"); name != "" {
		os.Exit(helper(name))
	}
	home, err := os.MkdirTemp("", "gitrepo-home-")
	if err != nil {
		panic(err)
	}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "GIT_") {
			os.Unsetenv(name)
		}
	}
	global := filepath.Join(home, "gitconfig")
	settings := "[user]\n\tname = Ann Coach\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n" +
		"[core]\n\tfsync = none\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n" // faster
	if err := os.WriteFile(global, []byte(settings), 0o600); err != nil {
		panic(err)
	}
	for name, value := range map[string]string{
		"HOME": home, "XDG_CONFIG_HOME": filepath.Join(home, "xdg"), "EMAIL": "",
		"GIT_CONFIG_GLOBAL": global, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1",
		"GIT_TERMINAL_PROMPT": "0",
	} {
		os.Setenv(name, value)
	}
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}

// implementation is one of the two backends, with the checks that come before it.
type implementation struct {
	name    string // as Commit.Engine says it
	backend func(*Repo) backend
}

var implementations = []implementation{
	{"go-git", func(r *Repo) backend { return &engine{repo: r} }},
	{"git", func(r *Repo) backend { return r.native }},
}

// fixture is a repository made by git, and the implementation under test.
type fixture struct {
	*testing.T
	dir  string
	impl implementation
}

// each runs a test for both implementations, on a fresh repository with one
// commit.
func each(t *testing.T, test func(f *fixture)) {
	t.Helper()
	t.Parallel()
	eachAlone(t, func(f *fixture) {
		f.Parallel()
		test(f)
	})
}

// eachAlone is for tests that set the environment.
func eachAlone(t *testing.T, test func(f *fixture)) {
	t.Helper()
	for _, impl := range implementations {
		t.Run(impl.name, func(t *testing.T) {
			f := newFixture(t, impl)
			f.write("people/rep1/2026-07-06.md", "one\n")
			f.write("people/rep2/plan.md", "plan\n")
			f.write("coachlog.yaml", "a: b\n")
			f.git("add", ".")
			f.git("commit", "-qm", "start")
			test(f)
		})
	}
}

func newFixture(t *testing.T, impl implementation) *fixture {
	t.Helper()
	f := &fixture{t, t.TempDir(), impl}
	f.git("init", "-q")
	return f
}

// at is the same test in another folder.
func (f *fixture) at(dir string) *fixture { return &fixture{f.T, dir, f.impl} }

func (f *fixture) file(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *fixture) write(name, content string) {
	f.Helper()
	if err := os.MkdirAll(filepath.Dir(f.file(name)), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(f.file(name), []byte(content), 0o644); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) remove(name string) {
	f.Helper()
	if err := os.RemoveAll(f.file(name)); err != nil && !errors.Is(err, syscall.ENOTDIR) {
		f.Fatal(err)
	}
}

func (f *fixture) read(name string) string {
	f.Helper()
	data, err := os.ReadFile(f.file(name))
	if err != nil {
		f.Fatal(err)
	}
	return string(data)
}

// git runs git and returns what it prints, without the last line end.
func (f *fixture) git(args ...string) string {
	f.Helper()
	out, err := f.tryGit(nil, args...)
	if err != nil {
		f.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (f *fixture) tryGit(env []string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = f.dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return strings.TrimSuffix(string(out), "\n"), err
}

func (f *fixture) find() *Repo {
	f.Helper()
	r, err := Find(f.dir)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := r.config(); err != nil {
		f.Fatal(err)
	}
	return r
}

func all(string) bool { return true }

// changes asks the implementation under test.
func (f *fixture) changes(paths ...string) []Change {
	f.Helper()
	if len(paths) == 0 {
		paths = []string{"."}
	}
	changes, err := f.impl.backend(f.find()).changes(context.Background(), paths, all)
	if err != nil {
		f.Fatalf("changes: %v", err)
	}
	return changes
}

// try commits what changed below the paths, if that may be.
func (f *fixture) try(message string, paths ...string) (Commit, error) {
	f.Helper()
	return f.tryChanges(f.changes(paths...), message)
}

func (f *fixture) tryChanges(changes []Change, message string) (Commit, error) {
	r := f.find()
	if len(changes) == 0 {
		return Commit{}, ErrNothingToCommit
	}
	req, err := r.prepare(request{changes: changes, message: message})
	if err != nil {
		return Commit{}, err
	}
	return f.impl.backend(r).commit(context.Background(), req)
}

// commit commits what changed below the paths, and looks at everything that
// git can tell about the result. Status is what git status shall say then.
func (f *fixture) commit(status string, paths ...string) Commit {
	f.Helper()
	const message = "Record the logs: é 😀\n\nwith a body\n"
	c, err := f.try(message, paths...)
	if err != nil {
		f.Fatalf("commit: %v", err)
	}
	if c.Engine != f.impl.name {
		f.Errorf("made by %q", c.Engine)
	}
	if branch := f.git("symbolic-ref", "--short", "HEAD"); c.Branch != branch {
		f.Errorf("branch %q, want %q", c.Branch, branch)
	}
	if got := f.git("log", "-1", "--format=%H|%an <%ae>|%cn <%ce>|%B"); got != c.ID+"|Ann Coach <ann@example.com>|Ann Coach <ann@example.com>|"+message {
		f.Errorf("log says %q", got)
	}
	initial := ""
	if _, err := f.tryGit(nil, "rev-parse", "-q", "--verify", "HEAD^"); err != nil {
		initial = " (initial)"
	}
	for _, log := range []string{"HEAD", c.Branch} {
		if got, want := f.git("reflog", "-1", "--format=%H %gs", log), c.ID+" commit"+initial+": Record the logs: é 😀"; got != want {
			f.Errorf("reflog of %s: %q, want %q", log, got, want)
		}
	}
	f.check(status)
	return c
}

// check looks for damage: in the objects, in the index, in git's view of both.
func (f *fixture) check(status string) {
	f.Helper()
	// First, while the index is as we left it.
	f.checkCacheTree()
	if out := f.git("fsck", "--strict", "--no-dangling", "--no-progress"); out != "" && !strings.HasPrefix(out, "notice:") {
		f.Errorf("fsck: %s", out)
	}
	if got := f.git("-c", "core.quotePath=false", "status", "--porcelain", "-uall"); got != status {
		f.Errorf("status:\n%s\nwant:\n%s", got, status)
	}
	if status == "" {
		if index, head := f.git("write-tree"), f.git("rev-parse", "HEAD^{tree}"); index != head {
			f.Errorf("the index is tree %s, HEAD is %s", index, head)
		}
	}
	for dir := range strings.SplitSeq(f.git("rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"), "\n") {
		for _, glob := range []string{"*.lock", "refs/heads/*.lock"} {
			if left, _ := filepath.Glob(filepath.Join(dir, glob)); len(left) > 0 {
				f.Errorf("left behind: %v", left)
			}
		}
	}
}

// checkCacheTree has git write the index's tree twice: once with the help of
// the tree extension, once without.
func (f *fixture) checkCacheTree() {
	f.Helper()
	with := filepath.Join(f.TempDir(), "with")
	data, err := os.ReadFile(f.git("rev-parse", "--path-format=absolute", "--git-path", "index"))
	if err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(with, data, 0o600); err != nil {
		f.Fatal(err)
	}
	entries, err := f.tryGit(nil, "ls-files", "--stage", "-z")
	if err != nil {
		f.Fatal(err)
	}
	without := filepath.Join(f.TempDir(), "without")
	cmd := exec.Command("git", "update-index", "-z", "--index-info")
	cmd.Dir, cmd.Stdin = f.dir, strings.NewReader(entries)
	cmd.Env = append(os.Environ(), "GIT_INDEX_FILE="+without)
	if out, err := cmd.CombinedOutput(); err != nil {
		f.Fatalf("update-index: %v\n%s", err, out)
	}
	a, err1 := f.tryGit([]string{"GIT_INDEX_FILE=" + with}, "write-tree")
	b, err2 := f.tryGit([]string{"GIT_INDEX_FILE=" + without}, "write-tree")
	if err := errors.Join(err1, err2); err != nil || a != b && !strings.Contains(f.git("diff", "--name-only", "--diff-filter=A"), "\n") && f.git("diff", "--name-only", "--diff-filter=A") == "" {
		f.Errorf("the tree extension says %s, the entries say %s (%v)", a, b, err)
	}
}

// state is all that a refused commit must leave as it was: the branches, the
// staged content, the files.
func (f *fixture) state() string {
	f.Helper()
	refs, _ := f.tryGit(nil, "for-each-ref")
	status := f.git("--no-optional-locks", "status", "--porcelain=v2", "--branch", "-uall")
	return strings.Join([]string{refs, f.git("ls-files", "--stage"), status}, "\n")
}

// refused expects a *Refusal that names the reason, and nothing changed.
func (f *fixture) refused(reason string, try func() error) {
	f.Helper()
	before := f.state()
	err := try()
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		f.Fatalf("want a refusal about %q, got %v", reason, err)
	}
	if !strings.Contains(refusal.Reason, reason) {
		f.Errorf("the refusal doesn't say %q: %v", reason, err)
	}
	if after := f.state(); after != before {
		f.Errorf("a refused commit changed the repository\nbefore:\n%s\nafter:\n%s", before, after)
	}
}

// kinds says changes in short.
func kinds(changes []Change) string {
	var b bytes.Buffer
	for _, c := range changes {
		b.WriteString(map[ChangeKind]string{Added: "added", Modified: "modified", Deleted: "deleted"}[c.Kind][:1] + " " + c.Path + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// future is a time that no file has.
func (f *fixture) future() time.Time { return time.Now().Add(time.Hour) }
