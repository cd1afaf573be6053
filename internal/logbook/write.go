package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

func filepathOf(name string) string { return filepath.FromSlash(name) }

// ErrExists says that a file to be created is there already.
var ErrExists = fs.ErrExist

// Create writes a new file, whole or not at all. A file that is there already is
// left alone: the error is ErrExists. So is a name that not every system can have, or that
// some would take for another one that is there.
func (d *Dir) Create(name string, text []byte, mode fs.FileMode) error {
	if err := d.checkName(name); err != nil {
		return err
	}
	return d.Restore(name, text, mode)
}

// Restore is Create for a name that the logbook had before.
func (d *Dir) Restore(name string, text []byte, mode fs.FileMode) error {
	err := d.create(name, text, mode)
	if errors.Is(err, ErrExists) {
		return err
	}
	return unwritten(name, err)
}

// unwritten says which file couldn't be written, and not which temporary one.
func unwritten(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s can't be written: %w", name, cause(err))
}

// checkName looks at each part of a new file's name in the logbook.
func (d *Dir) checkName(name string) error {
	if top, _, below := strings.Cut(name, "/"); name != SettingsName && !(below && IsOwnFolder(top)) {
		return nil
	}
	dir := "."
	for part := range strings.SplitSeq(name, "/") {
		full := path.Join(dir, part)
		if why := logparse.NameFault(part); why != "" {
			return fmt.Errorf("%s can't be written: %s; choose another name, as in %s", full, why, logparse.PortableName(part))
		}
		if !logparse.IsLogName(part) && !d.Exists(full) { // whose name is figures
			entries, _ := d.entries(dir)
			for _, e := range entries {
				if logparse.AreTwins(e.Name(), part) {
					return fmt.Errorf("%s can't be written: there is %s already, and on some systems the two are one; use that one, or rename it", full, logparse.Spelt(path.Join(dir, e.Name())))
				}
			}
		}
		dir = full
	}
	return nil
}

func (d *Dir) create(name string, text []byte, mode fs.FileMode) error {
	defer interrupt.Step()()
	if folder := path.Dir(name); folder != "." {
		if err := d.root.MkdirAll(filepathOf(folder), 0o755); errors.Is(err, ErrExists) {
			return fmt.Errorf("%s can't be made a folder", folder)
		} else if err != nil {
			return err
		}
	}
	temporary, err := d.writeBeside(name, text, mode)
	if err != nil {
		return err
	}
	// A link fails where the name is taken, as O_EXCL does, and unlike it never
	// shows a file that is only half written.
	err = again(func() error { return d.root.Link(filepathOf(temporary), filepathOf(name)) })
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = d.createDirectly(name, text, mode)
	}
	_ = d.root.Remove(filepathOf(temporary)) // else the next who writes here does it
	d.syncFolder(path.Dir(name))
	return err
}

// again repeats what a signal interrupted, where os.Root doesn't.
func again(do func() error) error {
	for {
		if err := do(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// createDirectly is for file systems without hard links.
func (d *Dir) createDirectly(name string, text []byte, mode fs.FileMode) error {
	f, err := d.root.OpenFile(filepathOf(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if err := writeSynced(f, text); err != nil {
		return errors.Join(err, d.root.Remove(filepathOf(name)))
	}
	return nil
}

// Exists says whether something has the name, a broken link included.
func (d *Dir) Exists(name string) bool {
	if v, other := d.instead[name]; other {
		return v != nil
	}
	if len(d.insteadIn[name]) > 0 {
		return !d.isGone(name)
	}
	_, err := d.root.Lstat(filepathOf(name))
	return err == nil
}

// writeBeside writes text to a new file in the folder of name, and syncs it. What ended
// processes left there goes.
func (d *Dir) writeBeside(name string, text []byte, mode fs.FileMode) (temporary string, err error) {
	plainfile.RemoveLeftovers(d.root, filepathOf(path.Dir(name)))
	temporary = path.Join(path.Dir(name), plainfile.TemporaryName(path.Base(name)))
	f, err := d.root.OpenFile(filepathOf(temporary), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", err
	}
	if err := writeSynced(f, text); err != nil {
		return "", errors.Join(err, d.root.Remove(filepathOf(temporary)))
	}
	return temporary, nil
}

// RemoveLeftovers removes the temporary files that ended processes left beside the
// logbook's files, and returns their paths.
func (d *Dir) RemoveLeftovers() (removed []string) {
	folders := []string{".", path.Dir(WorkflowPath), logparse.PeopleFolder, logparse.MetricsFolder, logparse.TemplatesFolder}
	people, _ := os.ReadDir(filepath.Join(d.Path, logparse.PeopleFolder))
	for _, e := range people {
		if e.IsDir() {
			folders = append(folders, path.Join(logparse.PeopleFolder, e.Name()))
		}
	}
	for _, folder := range folders {
		removed = append(removed, plainfile.RemoveLeftovers(d.root, filepathOf(folder))...)
	}
	return removed
}

func writeSynced(f *os.File, text []byte) error {
	_, err := f.Write(text)
	return errors.Join(err, f.Sync(), plainfile.Close(f))
}

// syncFolder makes a new name last through a power cut, where folders can be
// synced at all.
func (d *Dir) syncFolder(name string) {
	if f, err := d.root.Open(filepathOf(name)); err == nil {
		_ = f.Sync() // not every file system can
		f.Close()
	}
}

// ErrChanged says that a file is no longer what was read of it.
var ErrChanged = errors.New("it changed after it was read; nothing was written")

// Replace puts a new text in the place of a file whose text was old, whole or
// not at all. A file that somebody has changed since stays as it is: the error
// is ErrChanged.
func (d *Dir) Replace(name string, old, text []byte) error {
	return d.ReplaceAs(name, old, text, func(mode fs.FileMode) fs.FileMode { return mode })
}

// ReplaceAs is Replace that gives the file other permissions as well.
func (d *Dir) ReplaceAs(name string, old, text []byte, mode func(now fs.FileMode) fs.FileMode) error {
	return unwritten(name, d.replace(name, old, text, mode))
}

func (d *Dir) replace(name string, old, text []byte, mode func(fs.FileMode) fs.FileMode) error {
	defer interrupt.Step()()
	info, err := d.root.Lstat(filepathOf(name))
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return plainfile.ErrNotFile
	}
	temporary, err := d.writeBeside(name, text, 0o600) // until it has the mode that it is to have
	if err != nil {
		return err
	}
	_ = d.root.Chmod(filepathOf(temporary), mode(info.Mode().Perm())) // which not every file system can
	// Read last, so that little time is left for somebody else's change.
	now, err := d.ReadFile(name)
	if err == nil && !bytes.Equal(now, old) {
		err = ErrChanged
	}
	if err == nil {
		err = again(func() error { return d.root.Rename(filepathOf(temporary), filepathOf(name)) })
	}
	if err != nil {
		return errors.Join(err, d.root.Remove(filepathOf(temporary)))
	}
	d.syncFolder(path.Dir(name))
	return nil
}

// Move gives a file whose text is old another text and, where it has another one, another name: both, or
// neither. What a killed one had begun, it ends. Where the name is taken, the error is ErrExists.
func (d *Dir) Move(from, to string, old, text []byte) error {
	if to == from {
		return d.Replace(to, old, text)
	}
	defer interrupt.Step()()
	info, err := d.root.Lstat(filepathOf(from))
	if err != nil {
		return unwritten(from, err)
	}
	if now, err := d.ReadFile(to); err != nil || !bytes.Equal(now, text) {
		if err := d.Create(to, text, info.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := d.Remove(from, old); err != nil {
		return errors.Join(err, d.Remove(to, text))
	}
	return nil
}

// Remove takes a file away whose text is old; else the error is ErrChanged.
func (d *Dir) Remove(name string, old []byte) error {
	defer interrupt.Step()()
	now, err := d.ReadFile(name)
	if err == nil && !bytes.Equal(now, old) {
		err = ErrChanged
	}
	if err == nil {
		err = d.root.Remove(filepathOf(name))
	}
	if err != nil {
		return unwritten(name, err)
	}
	d.syncFolder(path.Dir(name))
	return nil
}

// RemoveEmpty removes a folder in which nothing is left; another one stays.
func (d *Dir) RemoveEmpty(folder string) { _ = d.root.Remove(filepathOf(folder)) }
