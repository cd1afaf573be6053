package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sync"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// An OutputTree is a folder of files that leave the logbook, made beside its place and put
// there as a whole: whoever looks sees the old files or the new ones.
type OutputTree struct {
	above     *Dir
	name      string // of the folder
	temporary string // of the one that is made

	one     sync.Mutex // who adds to it, puts it in its place or takes it away
	dropped bool
}

// NewOutputTree begins a folder. One that is there already is put in its place at the end, if
// all its files have names that ours matches: else somebody else's would be lost.
func NewOutputTree(folder string, ours *regexp.Regexp) (*OutputTree, error) {
	above, name, err := OpenOutput(folder)
	if err != nil {
		return nil, err
	}
	t := &OutputTree{above: above, name: name, temporary: plainfile.TemporaryName(name)}
	err = fs.WalkDir(above.root.FS(), name, func(file string, entry fs.DirEntry, err error) error {
		inside, _ := filepath.Rel(name, filepath.FromSlash(file))
		switch inside = filepath.ToSlash(inside); {
		case err != nil:
			return err
		case file == name && !entry.IsDir():
			return fmt.Errorf("%s is a file; name a folder that isn't there yet", folder)
		case !entry.IsDir() && !ours.MatchString(inside):
			return fmt.Errorf("%s has %s, which isn't an export's file, and would be lost\nname another folder, or one that isn't there yet", folder, inside)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, plainError(err)
	}
	return t, plainError(above.root.Mkdir(filepathOf(t.temporary), 0o700))
}

// Append adds to a file of the folder, which it makes if need be.
func (t *OutputTree) Append(name string, text []byte) error {
	t.one.Lock()
	defer t.one.Unlock()
	if t.dropped {
		return fs.ErrClosed
	}
	name = path.Join(t.temporary, name)
	if err := t.above.root.MkdirAll(filepathOf(path.Dir(name)), 0o700); err != nil {
		return plainError(err)
	}
	f, err := t.above.root.OpenFile(filepathOf(name), os.O_WRONLY|os.O_CREATE|os.O_APPEND, OutputMode)
	if err != nil {
		return plainError(err)
	}
	return plainError(writeSynced(f, text))
}

// Keep puts the folder in its place, and takes away the one that was there.
func (t *OutputTree) Keep() error {
	t.one.Lock()
	defer t.one.Unlock()
	if t.dropped {
		return fs.ErrClosed
	}
	rename := func(from, to string) error {
		return again(func() error { return t.above.root.Rename(filepathOf(from), filepathOf(to)) })
	}
	old := ""
	if t.above.Exists(t.name) {
		old = plainfile.TemporaryName(t.name)
		if err := rename(t.name, old); err != nil {
			return errors.Join(plainError(err), t.drop())
		}
	}
	if err := rename(t.temporary, t.name); err != nil {
		if old != "" {
			err = errors.Join(err, rename(old, t.name))
		}
		return errors.Join(plainError(err), t.drop())
	}
	t.above.syncFolder(".")
	if old == "" {
		return nil
	}
	return plainError(t.above.root.RemoveAll(filepathOf(old)))
}

// Drop takes away what was made so far, and ends the folder. It may come from anywhere, as
// from a signal; of a folder that is in its place it takes nothing.
func (t *OutputTree) Drop() error {
	t.one.Lock()
	defer t.one.Unlock()
	return t.drop()
}

func (t *OutputTree) drop() error {
	t.dropped = true
	return plainError(t.above.root.RemoveAll(filepathOf(t.temporary)))
}
