package logbook

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Version is a file as it is elsewhere than on the disk.
type Version struct {
	Text []byte
	Link bool  // it is a link
	Err  error // why there is no text
}

// ReadInstead has some files read as they are elsewhere, by path; nil is of a file that isn't there.
// What is written goes to the disk all the same.
func (d *Dir) ReadInstead(files map[string]*Version) {
	d.instead, d.insteadIn = files, make(map[string][]string)
	for name := range files {
		for ; name != "."; name = path.Dir(name) {
			folder := path.Dir(name)
			if slices.Contains(d.insteadIn[folder], path.Base(name)) {
				break
			}
			d.insteadIn[folder] = append(d.insteadIn[folder], path.Base(name))
		}
	}
}

// version is what is read instead of a file; other is false where the disk's is read.
func (d *Dir) version(name string) (text []byte, other bool, err error) {
	v, other := d.instead[name]
	switch {
	case !other:
		return nil, false, nil
	case v == nil:
		return nil, true, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case v.Link:
		return nil, true, errSymlink
	}
	return v.Text, true, v.Err
}

// entriesInstead are a folder's entries with what is read instead of them.
func (d *Dir) entriesInstead(folder string, entries []fs.DirEntry) []fs.DirEntry {
	if d.instead == nil {
		return entries
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		name := path.Join(folder, e.Name())
		_, other := d.instead[name]
		return other || e.IsDir() && (folder == logparse.PeopleFolder || len(d.insteadIn[name]) > 0) && d.isGone(name)
	})
	for _, base := range d.insteadIn[folder] {
		name := path.Join(folder, base)
		v, isFile := d.instead[name]
		there := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == base })
		switch {
		case there, isFile && v == nil:
		case isFile:
			entries = append(entries, entry{name: base, link: v.Link})
		case !d.isGone(name):
			entries = append(entries, entry{name: base, folder: true})
		}
	}
	slices.SortFunc(entries, func(x, y fs.DirEntry) int { return strings.Compare(x.Name(), y.Name()) })
	return entries
}

// isGone says whether nothing is in a folder: elsewhere, as in git, there is none that is empty.
func (d *Dir) isGone(folder string) bool {
	entries, _ := os.ReadDir(filepath.Join(d.Path, filepathOf(folder)))
	return len(d.entriesInstead(folder, entries)) == 0
}

// An entry is what a folder would list of a file that is read instead.
type entry struct {
	name         string
	folder, link bool
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.folder }
func (e entry) Info() (fs.FileInfo, error) { return nil, fs.ErrNotExist }
func (e entry) Type() fs.FileMode {
	switch {
	case e.folder:
		return fs.ModeDir
	case e.link:
		return fs.ModeSymlink
	}
	return 0
}
