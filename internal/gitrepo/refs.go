package gitrepo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
)

const branchPrefix = "refs/heads/"

func shortName(ref string) string { return strings.TrimPrefix(ref, branchPrefix) }

// headRef returns the full name of the branch that HEAD stands for.
func (r *Repo) headRef() (string, error) {
	line, err := firstLine(filepath.Join(r.gitDir, "HEAD"))
	if err != nil && !errors.Is(err, os.ErrNotExist) { // a link to an unborn branch
		return "", err
	}
	ref, symbolic := strings.CutPrefix(line, "ref:")
	ref = strings.TrimSpace(ref)
	if target, err := os.Readlink(filepath.Join(r.gitDir, "HEAD")); err == nil && strings.HasPrefix(target, "refs/") {
		ref, symbolic = target, true // as git had it once, and still takes it
	}
	if symbolic && ref == "refs/heads/.invalid" && r.native != nil {
		// The reftable format leaves this in HEAD for old programs.
		if ref = r.native.symbolicHead(); ref == "" {
			return "", r.detached()
		}
	}
	switch {
	case !symbolic:
		return "", r.detached()
	case !strings.HasPrefix(ref, branchPrefix):
		return "", refuse("switch to a branch: git switch NAME", "HEAD is %s, which isn't a branch", ref)
	}
	return ref, nil
}

func (r *Repo) detached() *Refusal {
	if _, err := os.Stat(filepath.Join(r.gitDir, "BISECT_LOG")); err == nil {
		return refuse("end it: git bisect reset", "a bisect is in progress, so no branch is checked out")
	}
	return refuse("switch to a branch: git switch NAME", "HEAD is detached: no branch is checked out")
}

// resolve returns the commit of a branch; "" for an unborn one.
func (r *Repo) resolve(ref string) (string, error) {
	// pack-refs moves a branch from its file into packed-refs, so that a miss
	// in both may be a move between the two looks.
	for range 2 {
		line, err := firstLine(r.refFile(ref))
		switch {
		case err == nil && strings.HasPrefix(line, "ref:"):
			return "", &unfit{fmt.Sprintf("the branch %s is an alias for another", shortName(ref))}
		case err == nil && !plumbing.IsHash(line):
			return "", fmt.Errorf("%s: %q isn't an object id", r.refFile(ref), line)
		case err == nil:
			return line, nil
		case !errors.Is(err, os.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) && !errors.Is(err, syscall.EISDIR):
			return "", err
		}
		packed, err := r.packedRefs()
		if err != nil || packed[ref] != "" {
			return packed[ref], err
		}
	}
	return "", nil
}

// headCommit returns the commit that HEAD stands for, on a branch or not.
func (r *Repo) headCommit() (string, error) {
	ref, err := r.headRef()
	if _, noBranch := errors.AsType[*Refusal](err); noBranch {
		if line, err := firstLine(filepath.Join(r.gitDir, "HEAD")); err == nil && plumbing.IsHash(line) {
			return line, nil
		}
	}
	if err != nil {
		return "", err
	}
	return r.resolve(ref)
}

// head is headCommit where git may have to say it.
func (r *Repo) head() (string, error) {
	id, err := r.headCommit()
	if r.native != nil && (err != nil || id == "") {
		return r.native.commitOf("HEAD")
	}
	return id, orNeedsGit(err)
}

func (r *Repo) refFile(ref string) string { return filepath.Join(r.common, filepath.FromSlash(ref)) }

func (r *Repo) packedRefs() (map[string]string, error) {
	data, err := readGitFile(filepath.Join(r.common, "packed-refs"), plainfile.GitList)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	refs := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if id, name, ok := strings.Cut(strings.TrimRight(line, "\n"), " "); ok && plumbing.IsHash(id) {
			refs[name] = id
		}
	}
	return refs, nil
}

// checkBorn leaves the first commit of a branch to git where its name may not be able to
// stand beside another's: team and team/new.
func (r *Repo) checkBorn(ref string) error {
	packed, err := r.packedRefs()
	if err != nil {
		return err
	}
	_, notFolder := os.ReadDir(r.refFile(ref))
	clashes := notFolder == nil
	for dir := range parents(ref) {
		info, err := os.Stat(r.refFile(dir))
		clashes = clashes || err == nil && !info.IsDir()
	}
	for name := range packed {
		clashes = clashes || covers([]string{name}, ref) || covers([]string{ref}, name)
	}
	if clashes {
		return &unfit{fmt.Sprintf("the name of the new branch %s clashes with another's", shortName(ref))}
	}
	return nil
}

// appendReflog writes the line that git keeps about each move of a reference.
func (r *Repo) appendReflog(path, line string) error {
	flags := os.O_WRONLY | os.O_APPEND
	if log := r.cfg.last("core.logallrefupdates"); log == "" || r.cfg.isTrue("core.logallrefupdates") {
		flags |= os.O_CREATE
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, flags|plainfile.NonBlocking, 0o666)
	if errors.Is(err, os.ErrNotExist) && flags&os.O_CREATE == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, f.Close(), checkGitFile(path, plainfile.GitList))
	}
	_, err = f.WriteString(line)
	return errors.Join(err, plainfile.Close(f))
}
