package gitrepo

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// cleanPaths normalises paths relative to the root, and leaves out those that
// another one covers.
func cleanPaths(paths []string) ([]string, error) {
	var clean []string
	for _, p := range paths {
		p = path.Clean(p)
		if err := checkPath(p); err != nil && p != "." {
			return nil, err
		}
		clean = append(clean, p)
	}
	var top []string
	for _, p := range slices.Sorted(slices.Values(clean)) {
		if !covers(top, p) {
			top = append(top, p)
		}
	}
	return top, nil
}

// covers reports whether name is one of the paths or below one.
func covers(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		return p == "." || p == name || strings.HasPrefix(name, p+"/")
	})
}

// checkPath refuses what git refuses to hold: paths that leave the work tree,
// and every spelling of .git that some file system takes for .git.
func checkPath(p string) error {
	if p == "." || path.Clean(p) != p || strings.ContainsRune(p, 0) || !filepath.IsLocal(filepath.FromSlash(p)) {
		return refuse("", "%q isn't a path inside the work tree", p)
	}
	for _, name := range strings.FieldsFunc(p, func(c rune) bool { return c == '/' || c == '\\' }) {
		if isDotGit(name) {
			return refuse("rename it", "%q leads into a .git folder", p)
		}
	}
	return nil
}

func isDotGit(name string) bool {
	name, _, _ = strings.Cut(name, ":") // a stream of NTFS
	name = strings.Map(func(c rune) rune {
		// HFS+ takes no notice of these.
		if c >= 0x200c && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x206a && c <= 0x206f || c == 0xfeff {
			return -1
		}
		return c
	}, name)
	name = strings.ToLower(strings.TrimRight(name, ". "))
	return name == ".git" || name == "git~1"
}

// parents yields the folders above name, the highest first.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, c := range name {
			if c == '/' && !yield(name[:i]) {
				return
			}
		}
	}
}

func (r *Repo) file(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

// checkParents refuses a path through a symbolic link or into another
// repository. exists is false if a parent is missing or no folder.
func (r *Repo) checkParents(name string) (exists bool, err error) {
	for dir := range parents(name) {
		info, err := os.Lstat(r.file(dir))
		switch {
		case errors.Is(err, os.ErrNotExist):
			return false, nil
		case err != nil:
			return false, err
		case info.Mode()&os.ModeSymlink != 0:
			return false, symlink(dir)
		case !info.IsDir():
			return false, nil
		}
		if isRepository(r.file(dir)) {
			return false, refuse("run coachlog there", "%s is inside %s, which is a repository of its own", name, dir)
		}
	}
	return true, nil
}

func symlink(name string) *Refusal {
	return refuse("put the file itself in its place", "%s is a symbolic link, which coachlog never follows", name)
}

func notRegular(name string) *Refusal {
	return refuse("move it out of the logbook", "%s isn't a regular file", name)
}

func tooLarge(name string, err error) *Refusal {
	return refuse("move it out of the logbook, or make it smaller", "%s can't be recorded: %v", name, err)
}

func stale(name string) *Refusal {
	return refuse("run the command again", "%s changed while it was being recorded", name)
}

// readFile reads a regular file of the work tree. The info is from before the
// content was read, so that a change in between shows in a later stat. If it isn't a file,
// that is an error, and the info is there all the same.
func (r *Repo) readFile(name string) ([]byte, os.FileInfo, error) {
	exists, err := r.checkParents(name)
	if err != nil {
		return nil, nil, err
	}
	before, err := os.Lstat(r.file(name))
	switch {
	case !exists || errors.Is(err, os.ErrNotExist):
		return nil, nil, &fs.PathError{Op: "open", Path: r.file(name), Err: fs.ErrNotExist}
	case err != nil:
		return nil, nil, err
	case before.Mode()&os.ModeSymlink != 0:
		return nil, nil, symlink(name)
	case !before.Mode().IsRegular():
		return nil, before, notRegular(name)
	}
	// The checks above may be outdated by now: Root never leaves the work
	// tree, and SameFile shows a link or device put in the file's place.
	root, err := os.OpenRoot(r.root)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	f, info, err := plainfile.OpenIn(root, filepath.FromSlash(name))
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if !os.SameFile(before, info) {
		return nil, nil, stale(name)
	}
	content, err := plainfile.ReadOpen(f, info, plainfile.Most(name))
	if plainfile.Harmful(err) {
		return nil, nil, tooLarge(name, err)
	}
	return content, info, err
}

// diskFile is a file, link or device that the walk met.
type diskFile struct {
	name string
	info os.FileInfo
}

// walk lists the files below the paths that keep accepts, without following
// links or entering other repositories.
func (r *Repo) walk(ctx context.Context, paths []string, keep func(string) bool) (files []diskFile, err error) {
	see := func(file string, e fs.DirEntry, err error) error {
		name := "."
		if file != r.root {
			name = filepath.ToSlash(strings.TrimPrefix(file[len(r.root):], string(filepath.Separator)))
		}
		switch {
		case isGone(err):
			return nil
		case err != nil || ctx.Err() != nil:
			return cmp.Or(err, context.Cause(ctx))
		case e.IsDir() && name != "." && (isDotGit(e.Name()) || isRepository(file)):
			return fs.SkipDir
		case e.IsDir() || isDotGit(e.Name()) || !keep(name):
			return nil
		}
		info, err := e.Info()
		if err == nil {
			files = append(files, diskFile{name, info})
		} else if !isGone(err) {
			return err
		}
		return nil
	}
	for _, p := range paths {
		if p != "." {
			exists, err := r.checkParents(p)
			if err != nil {
				return nil, err
			}
			if !exists {
				continue
			}
		}
		if err := filepath.WalkDir(r.file(p), see); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func isGone(err error) bool {
	return errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}
