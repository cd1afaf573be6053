// Package gitrepo is coachlog's only door to git.
//
// It finds what changed in a repository's work tree, commits exactly those
// files, and lists the versions of a file. Two implementations do the work: engine writes git's own files with
// go-git's plumbing and needs no git installed; native runs the git program.
// Before each call the repository is looked at: what engine can't honour
// (hooks, filters, signing, unusual formats) goes to native, and where git
// isn't installed the call is refused with a [Refusal] and changes nothing.
package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

var (
	// ErrNoRepository means that neither the folder nor any parent is in a git work tree.
	ErrNoRepository = errors.New("not in a git repository")
	// ErrNothingToCommit means that HEAD already holds everything that was to be committed.
	ErrNothingToCommit = errors.New("nothing to commit: HEAD already holds these changes")
)

// Refusal says why the repository can't be used as it is now. Nothing was changed.
type Refusal struct {
	Reason string // one clause
	Remedy string // what to do about it

	Filtered bool // a file is stored through a filter that can't be undone here
}

func (r *Refusal) Error() string {
	if r.Remedy == "" {
		return r.Reason
	}
	return r.Reason + "; " + r.Remedy
}

func refuse(remedy, format string, args ...any) *Refusal {
	return &Refusal{Reason: fmt.Sprintf(format, args...), Remedy: remedy}
}

// Commit says what was recorded.
type Commit struct {
	ID     string // full object id
	Branch string // short name
	Engine string // "go-git" or "git"
}

// backend is what both implementations do. The checks that hold for both are
// made before, by Repo.
type backend interface {
	changes(ctx context.Context, paths []string, keep func(string) bool) ([]Change, error)
	// commit changes no file where there are no changes.
	commit(ctx context.Context, req request) (Commit, error)
	source
}

// unfit is why engine must leave a call to native. It is returned before
// anything visible has changed.
type unfit struct{ reason string }

func (u *unfit) Error() string { return u.reason }

// Repo is one repository with its work tree. It reads the configuration once,
// and must not be used by two goroutines at the same time.
type Repo struct {
	root    string // of the work tree
	gitDir  string // holds HEAD and the index; a linked worktree has its own
	common  string // holds objects, branches and configuration
	native  *native
	cfg     config        // nil until first read
	filters *filterReader // nil until first asked
	reads   func(name string, text []byte) bool
	named   bool // by GIT_DIR, and not found from the work tree

	own *error // what checkOwnFiles found; nil until it has looked
}

// Find opens the repository whose work tree holds dir, which may be a
// subfolder, a linked worktree or a submodule. The error is ErrNoRepository,
// a *Refusal for a bare repository, or an *fs.PathError.
func Find(dir string) (*Repo, error) { return find(dir, false) }

// FindToRead is Find that takes a bare repository too, whose Root is empty: its
// history can be read, and nothing can be recorded in it.
func FindToRead(dir string) (*Repo, error) { return find(dir, true) }

func find(dir string, bare bool) (*Repo, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	ceilings := filepath.SplitList(os.Getenv("GIT_CEILING_DIRECTORIES"))
	for at := dir; ; at = filepath.Dir(at) {
		gitDir, err := gitDirOf(at)
		if err != nil {
			return nil, err
		}
		if gitDir != "" {
			return open(at, gitDir)
		}
		if common, err := commonDir(at); err == nil && isGitDir(at, common) {
			if bare {
				return open("", at)
			}
			return nil, refuse("use a clone with a work tree", "%s is a bare repository or a .git folder, which has no files to record", at)
		}
		if parent := filepath.Dir(at); parent == at || slices.Contains(ceilings, parent) {
			return named(dir)
		}
	}
}

func open(root, gitDir string) (*Repo, error) {
	common, err := commonDir(gitDir)
	if err != nil {
		return nil, err
	}
	r := &Repo{root: root, gitDir: gitDir, common: common, reads: func(string, []byte) bool { return true }}
	if program, err := exec.LookPath("git"); err == nil {
		r.native = &native{repo: r, program: program}
	}
	return r, nil
}

// Again is another value for the same repository, for another goroutine.
func (r *Repo) Again() *Repo {
	again := &Repo{root: r.root, gitDir: r.gitDir, common: r.common, reads: r.reads, named: r.named, own: r.own}
	if r.native != nil {
		again.native = &native{repo: again, program: r.native.program}
	}
	return again
}

// gitDirOf returns the git folder that belongs to the work tree at dir, or ""
// if dir is no work tree's root.
func gitDirOf(dir string) (string, error) {
	dotGit := filepath.Join(dir, ".git")
	info, err := os.Stat(dotGit)
	if err != nil {
		return "", nil
	}
	if !info.IsDir() {
		data, err := readGitFile(dotGit, plainfile.OneLine)
		if err != nil {
			return "", err
		}
		target, ok := strings.CutPrefix(string(data), "gitdir: ")
		if !ok {
			return "", refuse("run git status there to see what git makes of it", "%s is neither a folder nor a link to one", dotGit)
		}
		dotGit = absolute(dir, strings.TrimRight(target, "\r\n"))
	}
	common, err := commonDir(dotGit)
	if _, refused := errors.AsType[*Refusal](err); refused {
		return "", err
	}
	if err == nil && isGitDir(dotGit, common) {
		return filepath.Clean(dotGit), nil
	}
	if !info.IsDir() {
		return "", refuse("run git worktree repair, or git submodule update", "%s names %s, which isn't a git folder", filepath.Join(dir, ".git"), dotGit)
	}
	return "", nil
}

func commonDir(gitDir string) (string, error) {
	data, err := readGitFile(filepath.Join(gitDir, "commondir"), plainfile.OneLine)
	if errors.Is(err, os.ErrNotExist) {
		return gitDir, nil
	}
	if err != nil {
		return "", err
	}
	return filepath.Clean(absolute(gitDir, strings.TrimRight(string(data), "\r\n"))), nil
}

// absolute is a path that is meant to be seen from a folder.
func absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

func isGitDir(gitDir, common string) bool {
	if _, err := os.Lstat(filepath.Join(gitDir, "HEAD")); err != nil {
		return false
	}
	for _, name := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(common, name)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// Root returns the absolute path of the work tree, symbolic links resolved.
func (r *Repo) Root() string { return r.root }

// place is a folder of the repository that git can be run in.
func (r *Repo) place() string {
	if r.root == "" {
		return r.gitDir
	}
	return r.root
}

// CommonDir returns git's own folder, which all work trees share.
func (r *Repo) CommonDir() string { return r.common }

// GitDir returns git's own folder of this work tree.
func (r *Repo) GitDir() string { return r.gitDir }

// Branch returns the short name of the current branch, which may be unborn.
// With a detached HEAD the error is a *Refusal.
func (r *Repo) Branch() (string, error) {
	ref, err := r.headRef()
	if err != nil {
		return "", err
	}
	return shortName(ref), nil
}

// Changes lists the files below the paths (files or folders, slash-separated
// and relative to Root; "." is all) which keep accepts and whose content or
// executable bit differs from HEAD, sorted by path. Untracked files count
// unless git ignores them; files in submodules and nested repositories don't.
// A file whose place is taken by a symbolic link or a device is a *Refusal,
// and so are unmerged files.
func (r *Repo) Changes(ctx context.Context, paths []string, keep func(path string) bool) ([]Change, error) {
	paths, err := cleanPaths(paths)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, nil
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	var changes []Change
	err = r.do(r.readObstacles, func(b backend) (err error) {
		changes, err = b.changes(ctx, paths, keep)
		return err
	})
	return changes, err
}

// do leaves something to engine, and what engine can't honour to git.
func (r *Repo) do(look func() (obstacles []string, err error), something func(backend) error) error {
	obstacles, err := look()
	if err != nil {
		return err
	}
	if len(obstacles) == 0 {
		if obstacles, err = leftToGit(something(&engine{repo: r})); len(obstacles) == 0 {
			return err
		}
	}
	if r.native == nil {
		return needsGit(obstacles[0])
	}
	return something(r.native)
}

func needsGit(reason string) *Refusal {
	return refuse("install git, or undo that setting", "%s, which only the git program handles, and it isn't installed", reason)
}

// orNeedsGit is an error of engine's where there is no git to ask instead.
func orNeedsGit(err error) error {
	if cannot, ok := errors.AsType[*unfit](err); ok {
		return needsGit(cannot.reason)
	}
	return err
}

// firstLine is for files that hold one line, like HEAD.
func firstLine(path string) (string, error) {
	data, err := readGitFile(path, plainfile.OneLine)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimRight(line, "\r \t"), err
}
