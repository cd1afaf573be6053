package logbook

import (
	"encoding/binary"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A Stamp says in which state a file or folder was seen, without its content: whatever
// writes to it changes the stamp, but for what is written in the same moment.
type Stamp struct {
	Path     string // relative to the logbook
	Mode     fs.FileMode
	Size     int64
	Modified int64 // nanoseconds since 1970
	Changed  int64 // the same, of the last change of whatever the system knows of it
	Inode    uint64
}

// Stamps are those of all that lies in some folders, by path; a folder that isn't there has none.
func (d *Dir) Stamps(folders []string) (stamps []Stamp, err error) {
	for _, folder := range folders {
		root, err := d.root.OpenRoot(filepathOf(folder))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		list, err := root.Open(".")
		if err != nil {
			return nil, err
		}
		defer list.Close()
		names, err := list.Readdirnames(-1)
		if err != nil {
			return nil, err
		}
		slices.Sort(names)
		for _, name := range names {
			info, err := root.Lstat(name)
			if err != nil {
				return nil, err
			}
			stamps = append(stamps, stampOf(path.Join(folder, name), info))
		}
	}
	return stamps, nil
}

// Stamp is that of one file.
func (d *Dir) Stamp(name string) (Stamp, error) {
	info, err := d.root.Lstat(filepathOf(name))
	if err != nil {
		return Stamp{}, err
	}
	return stampOf(name, info), nil
}

func stampOf(name string, info fs.FileInfo) Stamp {
	s := Stamp{Path: name, Mode: info.Mode()}
	if !info.IsDir() { // of a folder only the name counts
		system := plainfile.SystemOf(info)
		s.Size, s.Modified, s.Changed, s.Inode = info.Size(), info.ModTime().UnixNano(), system.Changed.UnixNano(), system.Inode
	}
	return s
}

// AppendTo appends the stamp as bytes, from which those of another state differ.
func (s Stamp) AppendTo(b []byte) []byte {
	b = append(append(b, s.Path...), 0)
	for _, n := range []uint64{uint64(s.Mode), uint64(s.Size), uint64(s.Modified), uint64(s.Changed), s.Inode} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return b
}

// coarse is more than the step of any file system's clock.
const coarse = 2 * time.Second

// TooFresh says whether the file was written so shortly before a moment, or after it, that it may
// have been written once more without a change of its stamp, as git says of its index.
func (s Stamp) TooFresh(moment time.Time) bool {
	return max(s.Modified, s.Changed) > moment.Add(-coarse).UnixNano() && s.Mode.IsRegular()
}
