package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// native leaves the work to the installed git program.
type native struct {
	repo    *Repo
	program string
	files   *catFile // nil until an object is read

	elsewhere string // a work tree other than the repository's own, with no index; "" for that
}

// ownVariables would send git to another repository than ours, or change what
// a path means. (Refused before, where they name another place.)
var ownVariables = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
	"GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
	"LANGUAGE",
}

func gitEnvironment() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(ownVariables, name)
	})
	// Messages in English, for the few that are looked at. LC_ALL would also
	// change the character set in which hooks and filters run.
	return append(env, "LANGUAGE=C")
}

// run runs git in the work tree and returns what it printed. The error is a
// *gitError, or a *Refusal where git distrusts the folder's owner or is too old for
// the repository.
func (n *native) run(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	return n.runWith(ctx, nil, stdin, args...)
}

// lookUp runs a git that ends with 1 where it finds nothing.
func (n *native) lookUp(ctx context.Context, stdin io.Reader, args ...string) (string, error) {
	out, err := n.run(ctx, stdin, args...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		err = nil
	}
	return string(out), err
}

// runWith runs git. Where Ctrl-C interrupted that, and not what it is for, it is run again.
func (n *native) runWith(ctx context.Context, env []string, stdin io.Reader, args ...string) ([]byte, error) {
	out, err := n.runOnce(ctx, env, stdin, args...)
	if failed, ok := errors.AsType[*gitError](err); ok && wasInterrupted(failed.err) && interrupt.Context().Err() != nil {
		input, again := stdin.(io.Seeker)
		if again {
			_, err := input.Seek(0, io.SeekStart)
			again = err == nil
		}
		if again || stdin == nil {
			return n.runOnce(ctx, env, stdin, args...)
		}
	}
	return out, err
}

func (n *native) runOnce(ctx context.Context, env []string, stdin io.Reader, args ...string) ([]byte, error) {
	if err := n.repo.checkOwnFiles(); err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd := n.command(ctx, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = stdin, &stdout, &stderr, append(cmd.Env, env...)
	err := cmd.Start()
	if err == nil {
		defer endedWithUs(cmd)()
		err = cmd.Wait()
	}
	if err == nil {
		return stdout.Bytes(), nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return stdout.Bytes(), n.failure(nameOf(args), stderr.String(), err)
}

// nameOf is git's command, before which options of git itself may come.
func nameOf(args []string) string {
	for len(args) > 2 && args[0][0] == '-' {
		if args[0] == "-c" {
			args = args[1:]
		}
		args = args[1:]
	}
	return args[0]
}

// failure makes an error of what git said.
func (n *native) failure(command, stderr string, err error) error {
	if wasInterrupted(err) { // as Ctrl-C interrupts both
		interrupt.Await()
	}
	if strings.Contains(stderr, "dubious ownership") {
		return unsafeOwner(n.repo.place())
	}
	if _, unknown, ok := strings.Cut(stderr, "unknown repository extension"); ok {
		_, names, _ := strings.Cut(unknown, ":")
		return refuse("install a newer git", "the repository uses an extension that the installed git doesn't know: %s", strings.Join(strings.Fields(names), ", "))
	}
	return &gitError{command: command, stderr: stderr, err: err}
}

// command is a git that isn't started yet.
func (n *native) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, n.program, args...)
	cmd.Dir = n.repo.place()
	cmd.Env = gitEnvironment()
	if n.repo.named {
		cmd.Env = append(cmd.Env, "GIT_DIR="+n.repo.gitDir, "GIT_WORK_TREE="+n.repo.root)
	}
	if n.elsewhere != "" {
		cmd.Dir = n.elsewhere
		cmd.Env = append(cmd.Env, "GIT_DIR="+n.repo.gitDir, "GIT_WORK_TREE="+n.elsewhere, "GIT_INDEX_FILE="+filepath.Join(n.elsewhere, "no-index"))
	}
	name := nameOf(args)
	writes := slices.Contains(soonWritten, name)
	if writes {
		cmd.SysProcAttr = ownGroup
	}
	// Interrupted, git removes its locks, but for one that it is just making; killed, it leaves them.
	cmd.Cancel = func() error {
		if (writes || name == "commit") && endsWithin(cmd.Process, time.Second) {
			return os.ErrProcessDone
		}
		return cmd.Process.Signal(os.Interrupt)
	}
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// soonWritten are git's commands that take locks and ask nobody, neither hooks nor people:
// Ctrl-C doesn't reach them, and they are done in a moment.
var soonWritten = []string{"add", "config", "hash-object", "read-tree", "reset", "update-index"}

// endsWithin says whether a program ended in time.
func endsWithin(process *os.Process, limit time.Duration) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if process.Signal(syscall.Signal(0)) != nil {
			return true
		}
	}
	return false
}

// endedWithUs ends a git that was started when coachlog is interrupted before ended is called.
func endedWithUs(cmd *exec.Cmd) (ended func()) {
	return interrupt.AtEnd(func() { _ = cmd.Process.Signal(os.Interrupt) })
}

// wasInterrupted says whether a program was ended by a signal.
func wasInterrupted(err error) bool {
	exit, ok := errors.AsType[*exec.ExitError](err)
	return ok && exit.ExitCode() < 0
}

// gitError is what git said when it failed.
type gitError struct {
	command string
	stderr  string
	err     error
}

func (e *gitError) Error() string {
	said := strings.TrimSpace(e.stderr)
	if said == "" {
		return fmt.Sprintf("git %s failed: %v", e.command, e.err)
	}
	return fmt.Sprintf("git %s failed: %s", e.command, said)
}

func (e *gitError) Unwrap() error { return e.err }

// pathspecs makes git take the paths as they are, each from the root. (A global
// --literal-pathspecs would change the meaning of paths in hooks as well.)
func pathspecs(paths []string) []string {
	specs := make([]string, len(paths))
	for i, p := range paths {
		if p == "." {
			p = ""
		}
		specs[i] = ":(top,literal)" + p
	}
	return specs
}

// lines is what git takes with -z or --pathspec-file-nul.
func lines(items []string) io.Reader {
	return strings.NewReader(strings.Join(items, "\x00") + "\x00")
}

// symbolicHead is "" if HEAD is detached.
func (n *native) symbolicHead() string {
	out, _ := n.run(context.Background(), nil, "symbolic-ref", "-q", "HEAD")
	return strings.TrimSpace(string(out))
}

func (n *native) ignored(ctx context.Context, names []string) (map[string]bool, error) {
	out, err := n.lookUp(ctx, lines(names), "check-ignore", "-z", "--stdin")
	ignored := map[string]bool{}
	for name := range strings.SplitSeq(out, "\x00") {
		ignored[name] = true
	}
	return ignored, err
}

// turnFile is what coachlog's processes lock before they run git commit, which
// reads the index before it locks it, so that two of them could put back each
// other's entries.
func (r *Repo) turnFile() string { return filepath.Join(r.gitDir, "coachlog") }

// commit tries until no other writer was in the way.
func (n *native) commit(ctx context.Context, req request) (Commit, error) {
	if err := n.repo.checkUnmerged([]string{"."}); err != nil {
		return Commit{}, err
	}
	if err := n.repo.checkTree(n.repo.root); err != nil {
		return Commit{}, err
	}
	turn, err := n.repo.acquire(ctx, n.repo.turnFile())
	if err != nil {
		return Commit{}, err
	}
	defer turn.release()
	// The lock file carries the message: in an argument, others could read it.
	if err := turn.write([]byte(req.message)); err != nil {
		return Commit{}, err
	}
	locks := n.repo.lockFiles()[1:] // git's own
	try := n.tryCommit
	if req.place != nil {
		try = n.tryAhead
	}
	for start := time.Now(); ; {
		commit, err := try(ctx, req, turn.path)
		if commit.ID != "" || !lostRace(err) || ctx.Err() != nil || time.Since(start) > time.Minute {
			return commit, err
		}
		if err := n.repo.waitForLocks(ctx, locks); err != nil {
			return Commit{}, err
		}
		if err := pause(ctx); err != nil {
			return Commit{}, err
		}
	}
}

// lostRace reports that another writer held a lock or moved the branch.
func lostRace(err error) bool {
	git, ok := errors.AsType[*gitError](err)
	return ok && (strings.Contains(git.stderr, ".lock': File exists") ||
		strings.Contains(git.stderr, "cannot lock ref") &&
			(strings.Contains(git.stderr, "but expected") || strings.Contains(git.stderr, "reference already exists")))
}

func (n *native) tryCommit(ctx context.Context, req request, messageFile string) (Commit, error) {
	changes := req.changes
	branch, _, err := n.checkRequest(req)
	if err != nil {
		return Commit{}, err
	}
	args := append(commitCommand(messageFile), "--only")
	if len(changes) == 0 {
		args = append(args, "--allow-empty")
	} else {
		args = append(args, "--pathspec-from-file=-", "--pathspec-file-nul")
	}
	var out []byte
	announced, err := n.announce(ctx, changes)
	if err == nil {
		out, err = n.run(ctx, lines(pathspecs(committed(changes))), args...)
	}
	if err != nil {
		if undo := announced.undo(n); undo != nil {
			err = fmt.Errorf("%w; then the new files couldn't be unstaged: %w", err, undo)
		}
		return Commit{}, nothingOr(err, string(out))
	}
	id, err := n.committedID(ctx, string(out))
	return Commit{ID: id, Branch: branch, Engine: "git"}, err
}

// checkRequest refuses where something isn't as it was looked at, and says which branch and
// commit there are now.
func (n *native) checkRequest(req request) (branch, head string, err error) {
	if err = n.repo.matchFiles(req); err == nil {
		branch, err = n.repo.Branch()
	}
	if err == nil {
		head, err = n.repo.head()
	}
	if err == nil {
		err = checkHolding(n, head, req.holding)
	}
	return branch, head, err
}

// commitCommand is a git commit whose summary line shows the whole id. The message is UTF-8,
// and what else is git makes UTF-8.
func commitCommand(messageFile string) []string {
	return []string{"-c", "core.abbrev=40", "-c", "i18n.commitEncoding=UTF-8", "commit", "--cleanup=verbatim", "-F", messageFile}
}

// nothingOr tells that git had nothing to commit from other errors.
func nothingOr(err error, said string) error {
	if strings.Contains(said, "nothing to commit") || strings.Contains(said, "nothing added to commit") || strings.Contains(said, "no changes added to commit") {
		return ErrNothingToCommit
	}
	return err
}

// committed are the paths that git is to commit. It would take a file whose place a folder
// took for a submodule; what is new below it removes it all the same.
func committed(changes []Change) (paths []string) {
	folders := map[string]bool{}
	for _, c := range changes {
		for dir := range parents(c.Path) {
			folders[dir] = folders[dir] || c.Kind != Deleted
		}
	}
	for _, c := range changes {
		if !folders[c.Path] {
			paths = append(paths, c.Path)
		}
	}
	return paths
}

// committedID reads the id from the summary, "[main 0123abc] Subject". HEAD may
// be another writer's commit by now.
func (n *native) committedID(ctx context.Context, summary string) (string, error) {
	for word := range strings.FieldsSeq(summary) {
		if id, ok := strings.CutSuffix(word, "]"); ok && len(id) >= 40 && strings.Trim(id, "0123456789abcdef") == "" {
			out, err := n.run(ctx, nil, "rev-parse", "--verify", id+"^{commit}")
			return strings.TrimSpace(string(out)), err
		}
	}
	out, err := n.run(ctx, nil, "rev-parse", "HEAD")
	return strings.TrimSpace(string(out)), err
}
