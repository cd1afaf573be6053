package gitrepo

import (
	"cmp"
	"context"
	"errors"
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
	path, ok := errors.AsType[*fs.PathError](err)
	if !ok || !plainfile.Harmful(err) {
		return err
	}
	return refuse("put a plain file in its place, or move it away", "%s can't be read: %v", name, path.Err)
}

// checkGitFile looks at a file that git is about to read.
func checkGitFile(name string, most int64) error {
	if holdsPatterns(name) {
		return checkPatterns(name)
	}
	return refuseHarmful(name, plainfile.Check(name, most))
}

// checkOwnFiles looks, once, at the files of git's own folder and at the user's
// settings, which every call of git reads.
func (r *Repo) checkOwnFiles() error {
	if r.own == nil {
		err := r.lookAtOwnFiles()
		r.own = &err
	}
	return *r.own
}

func (r *Repo) lookAtOwnFiles() error {
	files := []string{"/etc/gitattributes"}
	if dir := xdgConfig(); dir != "" {
		files = append(files, filepath.Join(dir, "git", "attributes"), filepath.Join(dir, "git", "ignore"))
	}
	for _, file := range userConfigFiles() {
		if err := checkIncludes(file, 0); err != nil {
			return err
		}
	}
	if r.gitDir == "" { // it is still to be made
		return checkGitFiles(files)
	}
	files = append(files, filepath.Join(r.gitDir, "HEAD"), filepath.Join(r.gitDir, "config.worktree"))
	for _, name := range []string{"packed-refs", "shallow", "info/attributes", "info/exclude", "info/grafts", "info/sparse-checkout"} {
		files = append(files, filepath.Join(r.common, filepath.FromSlash(name)))
	}
	err := cmp.Or(checkGitFiles(files), checkGitFolder(r.common), checkAlternates(r.objectsDir(), 0), checkIncludes(r.commonConfig(), 0))
	if r.gitDir != r.common {
		err = cmp.Or(err, checkGitFolder(r.gitDir))
	}
	return err
}

func checkGitFiles(files []string) error {
	for _, file := range files {
		if err := checkGitFile(file, plainfile.GitList); err != nil {
			return err
		}
	}
	return nil
}

// checkGitFolder refuses pipes and devices below a folder of git's, whatever their names,
// and references that are no lines. A socket is no harm: git's file system monitor has one.
func checkGitFolder(dir string) error {
	refs := filepath.Join(dir, "refs") + string(filepath.Separator)
	return filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil: // git says so itself
		case e.IsDir() && filepath.Dir(file) == dir && slices.Contains([]string{"modules", "lfs", "annex"}, e.Name()):
			return fs.SkipDir // which git doesn't read here
		case strings.HasPrefix(file, refs) && !e.IsDir():
			return checkGitFile(file, plainfile.OneLine)
		case e.Type()&(fs.ModeNamedPipe|fs.ModeDevice|fs.ModeSymlink) != 0:
			return checkGitFile(file, 1<<62)
		}
		return nil
	})
}

// mostAlternates is how deep git follows folders of objects that name others.
const mostAlternates = 5

// checkAlternates looks at the folders of objects that one names, and at those that they
// name.
func checkAlternates(objects string, depth int) error {
	list, err := readGitFile(filepath.Join(objects, "info", "alternates"), plainfile.GitList)
	if _, refused := errors.AsType[*Refusal](err); refused {
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
		other = absolute(objects, other)
		if err := checkGitFolder(other); err != nil {
			return err
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
			at := absolute(filepath.Dir(file), config{key: {value}}.path(key))
			look := checkPatterns
			if include {
				look = func(file string) error { return checkIncludes(file, depth+1) }
			}
			if err := look(at); err != nil {
				return err
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

// checkBelow is checkBeside for some paths and all below them.
func (r *Repo) checkBelow(paths []string) error {
	if err := r.checkBeside(paths); err != nil {
		return err
	}
	for _, name := range paths {
		if err := r.checkTree(r.file(name)); err != nil {
			return err
		}
	}
	return nil
}

// checkTree is checkBeside for a folder and all below it.
func (r *Repo) checkTree(top string) error {
	return filepath.WalkDir(top, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // git says so itself
		case e.IsDir() && isDotGit(e.Name()):
			return fs.SkipDir
		case e.IsDir() && file != top:
			if isRepository(file) {
				return fs.SkipDir
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
	if err := n.repo.checkTree(n.repo.root); err != nil { // all of which git looks through
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
