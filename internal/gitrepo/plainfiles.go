package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// git opens its files without a look at what they are: a named pipe in the place of one
// keeps it waiting for good, and a huge one goes into memory whole. So coachlog looks,
// before it reads such a file and before it has git read it.

// readGitFile reads a file of git's; a *Refusal for one that nobody could read.
func readGitFile(name string, most int64) ([]byte, error) {
	data, err := plainfile.Read(name, most)
	return data, refuseHarmful(name, err)
}

// refuseHarmful makes a *Refusal of what no program can read, and leaves other errors
// as they are.
func refuseHarmful(name string, err error) error {
	var path *fs.PathError
	if !plainfile.Harmful(err) || !errors.As(err, &path) {
		return err
	}
	return &Refusal{Reason: fmt.Sprintf("%s can't be read: %v", name, path.Err), Remedy: "put a plain file in its place, or move it away"}
}

// checkGitFile looks at a file that git is about to read.
func checkGitFile(name string, most int64) error {
	return refuseHarmful(name, plainfile.Check(name, most))
}

// checkOwnFiles looks, once, at the files of git's own folder and at the user's
// settings, which every call of git reads.
func (r *Repo) checkOwnFiles() error {
	if !r.own.checked {
		r.own.checked = true // first: the branch's name may be git's to say
		r.own.err = r.lookAtOwnFiles()
	}
	return r.own.err
}

func (r *Repo) lookAtOwnFiles() error {
	for _, file := range r.ownFiles() {
		if err := checkGitFile(file, plainfile.GitList); err != nil {
			return err
		}
	}
	for _, dir := range r.ownFolders() {
		if err := checkFolder(dir); err != nil {
			return err
		}
	}
	for _, file := range userConfigFiles() {
		if err := checkIncludes(file, 0); err != nil {
			return err
		}
	}
	if r.gitDir == "" { // it is still to be made
		return nil
	}
	if err := checkLines(filepath.Join(r.common, "refs", "replace")); err != nil {
		return err
	}
	if err := checkAlternates(filepath.Join(r.common, "objects"), 0); err != nil {
		return err
	}
	if ref, err := r.headRef(); err == nil {
		if err := checkGitFile(r.refFile(ref), plainfile.OneLine); err != nil {
			return err
		}
	}
	return checkIncludes(r.commonConfig(), 0)
}

// ownFiles are those of which git reads all there is.
func (r *Repo) ownFiles() []string {
	files := append(userConfigFiles(), "/etc/gitattributes")
	if dir := xdgConfig(); dir != "" {
		files = append(files, filepath.Join(dir, "git", "attributes"), filepath.Join(dir, "git", "ignore"))
	}
	if r.gitDir == "" {
		return files
	}
	files = append(files, filepath.Join(r.gitDir, "HEAD"), filepath.Join(r.gitDir, "config.worktree"))
	for _, name := range []string{"config", "packed-refs", "shallow", "info/attributes", "info/exclude", "info/grafts", "info/sparse-checkout", "objects/info/alternates"} {
		files = append(files, filepath.Join(r.common, filepath.FromSlash(name)))
	}
	return files
}

// ownFolders are those in which no pipe may lie, whatever its name.
func (r *Repo) ownFolders() []string {
	if r.gitDir == "" {
		return nil
	}
	folders := []string{r.gitDir, filepath.Join(r.gitDir, "logs"), filepath.Join(r.gitDir, "info")}
	if r.common != r.gitDir {
		folders = append(folders, r.common)
	}
	for _, name := range []string{"info", "objects/info", "objects/pack", "refs/replace"} {
		folders = append(folders, filepath.Join(r.common, filepath.FromSlash(name)))
	}
	for i := range 256 {
		folders = append(folders, filepath.Join(r.common, "objects", fmt.Sprintf("%02x", i)))
	}
	if ref, err := r.headRef(); err == nil {
		folders = append(folders, filepath.Dir(r.refFile(ref)), filepath.Dir(filepath.Join(r.common, "logs", filepath.FromSlash(ref))))
	}
	return folders
}

// checkFolder refuses pipes and devices among a folder's files. A socket is no harm:
// git's file system monitor has one.
func checkFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // git says so itself
	}
	for _, e := range entries {
		if e.Type()&(fs.ModeNamedPipe|fs.ModeDevice|fs.ModeSymlink) == 0 {
			continue
		}
		if err := checkGitFile(filepath.Join(dir, e.Name()), 1<<62); err != nil {
			return err
		}
	}
	return nil
}

// checkLines is checkFolder for files of one line each.
func checkLines(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if err := checkGitFile(filepath.Join(dir, e.Name()), plainfile.OneLine); err != nil {
			return err
		}
	}
	return nil
}

// mostAlternates is how deep git follows folders of objects that name others.
const mostAlternates = 5

// checkAlternates looks at the folders of objects that one names, and at those that they
// name.
func checkAlternates(objects string, depth int) error {
	list, err := readGitFile(filepath.Join(objects, "info", "alternates"), plainfile.GitList)
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return err
	}
	if err != nil || depth > mostAlternates {
		return nil // there are none, or git says so itself
	}
	for line := range strings.Lines(string(list)) {
		other := strings.TrimRight(line, "\r\n")
		if other == "" || other[0] == '#' {
			continue
		}
		if !filepath.IsAbs(other) {
			other = filepath.Join(objects, other)
		}
		for _, name := range []string{"info", "pack"} {
			if err := checkFolder(filepath.Join(other, name)); err != nil {
				return err
			}
		}
		if err := checkAlternates(other, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// mostIncludes is how deep git follows settings that include others.
const mostIncludes = 10

// checkIncludes looks at the files that a file of settings includes, and at those that
// it names for attributes and ignored files.
func checkIncludes(file string, depth int) error {
	named := config{}
	if err := named.readFile(file); err != nil || depth > mostIncludes {
		return checkGitFile(file, plainfile.GitList) // what else is wrong with it, git says
	}
	for _, key := range slices.Sorted(maps.Keys(named)) {
		include := key == "include.path" || strings.HasPrefix(key, "includeif.") && strings.HasSuffix(key, ".path")
		if !include && key != "core.attributesfile" && key != "core.excludesfile" {
			continue
		}
		for _, value := range named[key] {
			at := config{key: {value}}.path(key)
			if !filepath.IsAbs(at) {
				at = filepath.Join(filepath.Dir(file), at)
			}
			if err := checkGitFile(at, plainfile.GitList); err != nil {
				return err
			}
			if include {
				if err := checkIncludes(at, depth+1); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkBeside looks at what git reads to know which of the files it ignores, and what
// it does to their content.
func (r *Repo) checkBeside(names []string) error {
	seen := map[string]bool{}
	for _, name := range names {
		for dir := path.Dir(name); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			for _, own := range []string{".gitattributes", ".gitignore"} {
				if err := checkGitFile(r.file(path.Join(dir, own)), plainfile.GitList); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkWorkTree is checkBeside for the whole work tree, all of which git looks through
// for a commit.
func (r *Repo) checkWorkTree() error {
	return filepath.WalkDir(r.root, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // git says so itself
		case e.IsDir() && isDotGit(e.Name()):
			return fs.SkipDir
		case e.IsDir() && file != r.root:
			if _, err := os.Lstat(filepath.Join(file, ".git")); err == nil {
				return fs.SkipDir // a repository of its own
			}
		case strings.HasPrefix(e.Name(), ".git"):
			return checkGitFile(file, plainfile.GitList)
		}
		return nil
	})
}

// checkFiles refuses what git status would wait for, read for a long time, or pass over
// without a word: the files that say what it does with others, and our own.
func (n *native) checkFiles(ctx context.Context, paths []string, keep func(string) bool) error {
	if err := n.repo.checkWorkTree(); err != nil {
		return err
	}
	files, err := n.repo.walk(ctx, paths, keep)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.info.Mode().IsRegular() {
			if err := plainfile.Check(n.repo.file(f.name), plainfile.GitList); plainfile.Harmful(err) {
				return tooLarge(f.name, errors.Unwrap(err))
			}
		} else if f.info.Mode()&os.ModeSymlink == 0 {
			if ignored, err := n.ignored(ctx, []string{f.name}); err != nil {
				return err
			} else if !ignored[f.name] {
				return notRegular(f.name)
			}
		}
	}
	return nil
}
