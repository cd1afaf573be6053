// Package logbook is coachlog's only door to the files of a logbook: it finds
// the folder, reads its logs, and writes files so that nothing is ever half
// there. Paths are relative to the logbook and have slashes.
package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Dir is an open logbook.
type Dir struct {
	Path string // absolute

	root *os.Root // nothing outside it is ever read or written

	instead   map[string]*Version // files that aren't read from the disk, by path
	insteadIn map[string][]string // the names of these, and of folders with some, by their folders
}

// ErrNotFound says that there is no logbook where one was looked for.
var ErrNotFound = errors.New("this isn't a logbook: there is no coachlog.yaml in this folder or one above it")

// Find opens the logbook that holds the folder start.
func Find(start string) (*Dir, error) {
	dir, err := filepath.Abs(start)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, plainError(err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", start)
	}
	for {
		info, err := os.Stat(filepath.Join(dir, SettingsName))
		switch {
		case err == nil && info.IsDir():
			return nil, fmt.Errorf("%s is a folder and should be the settings file", filepath.Join(dir, SettingsName))
		case err == nil:
			return Open(dir)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, plainError(err)
		}
		if _, err := os.Lstat(filepath.Join(dir, placeholder(SettingsName))); err == nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, SettingsName), errTakenAway)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, ErrNotFound
		}
		dir = parent
	}
}

// Open opens the folder dir as a logbook, whether or not it has settings yet.
func Open(dir string) (*Dir, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, plainError(err)
	}
	return &Dir{Path: dir, root: root}, nil
}

// Rel is a path relative to the logbook, with slashes; ok is false where the
// path lies outside of it. A relative path is seen from the folder base.
func (d *Dir) Rel(base, path string) (rel string, ok bool) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	rel, err := filepath.Rel(d.Path, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// noPermission is fs.ErrPermission in plain words.
type noPermission struct{}

func (noPermission) Error() string        { return "you have no permission" }
func (noPermission) Is(target error) bool { return target == fs.ErrPermission }

// plainError says what failed without the name of a system call.
func plainError(err error) error {
	if path, is := errors.AsType[*fs.PathError](err); is {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s does not exist", path.Path)
		case errors.Is(err, fs.ErrPermission):
			return fmt.Errorf("%s can't be opened: %w", path.Path, noPermission{})
		}
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return err
}
