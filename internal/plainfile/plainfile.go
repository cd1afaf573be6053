// Package plainfile opens files that others may have put in place: only files that
// hold bytes, without ever waiting, and none larger than its reader can use. A named
// pipe would keep a program waiting for good, a device may never end, and a sparse
// file of a gigabyte costs nobody but its reader anything. It also names coachlog's own
// temporary files, by which those that a killed process left are found.
package plainfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// The most that is read of one file, in bytes, by what the file is. A file above its
// bound is refused by its size, before anything of it is read. What a log may have is
// the parser's to say.
const (
	OneLine = 64 << 10 // files of git that hold one line: HEAD, a branch
	Text    = 16 << 20 // files of a logbook, and notes that become some
	Export  = 64 << 20 // exports of other systems, the tables made of them, mails
	GitList = 64 << 20 // git's settings and lists: packed-refs, attributes
)

// Most is the bound of a logbook's file: a table may be long.
func Most(name string) int64 {
	if strings.HasSuffix(name, ".csv") {
		return Export
	}
	return Text
}

// NonBlocking keeps the opening of a named pipe, to read or to write, from waiting for
// its other end. Windows, which has none among its files, passes over it.
const NonBlocking = syscall.O_NONBLOCK

// ErrNotFile says that something else than a file has a name.
var ErrNotFile = errors.New("it is not a file")

// ErrTooLarge says that a file has more than is read of its kind.
var ErrTooLarge = errors.New("it is too large")

// Open opens a file to read it. The error is an *fs.PathError; it wraps ErrNotFile for
// what is there and is no file.
func Open(name string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|NonBlocking, 0)
	return checked(f, name, err, os.Stat)
}

// OpenIn is Open for a name below a folder, which it never leaves.
func OpenIn(root *os.Root, name string) (*os.File, fs.FileInfo, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|NonBlocking, 0)
	return checked(f, name, err, root.Stat)
}

func checked(f *os.File, name string, err error, stat func(string) (fs.FileInfo, error)) (*os.File, fs.FileInfo, error) {
	if err != nil {
		if info, statErr := stat(name); statErr == nil && info.Mode()&fs.ModeSocket != 0 { // which can't be opened
			err = &fs.PathError{Op: "open", Path: name, Err: notFile(info)}
		}
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		if kind := notFile(info); kind != nil && !isNull(info) {
			err = &fs.PathError{Op: "open", Path: name, Err: kind}
		}
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// Read reads a whole file that has at most so many bytes. It wraps ErrTooLarge for
// one that has more. The null device is an empty file.
func Read(name string, most int64) ([]byte, error) {
	f, info, err := Open(name)
	return readOpen(f, info, name, most, err)
}

// ReadIn is Read for a name below a folder, which it never leaves.
func ReadIn(root *os.Root, name string, most int64) ([]byte, error) {
	f, info, err := OpenIn(root, name)
	return readOpen(f, info, name, most, err)
}

func readOpen(f *os.File, info fs.FileInfo, name string, most int64, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := ReadOpen(f, info, most)
	if err == nil {
		return text, nil
	}
	if _, named := errors.AsType[*fs.PathError](err); !named {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return nil, err
}

// ReadOpen reads a file that is open, and whose size is known.
func ReadOpen(f *os.File, info fs.FileInfo, most int64) ([]byte, error) {
	if err := tooLarge(info, most); err != nil {
		return nil, err
	}
	text := make([]byte, info.Size())
	n, err := io.ReadFull(f, text)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil // it has become shorter since
	}
	return text[:n], err
}

// A Folder is one that is open, so that no path is walked again for each of its files.
type Folder struct {
	root *os.Root
	dir  *os.File
}

// OpenFolder opens a folder below another, which it never leaves.
func OpenFolder(root *os.Root, name string) (*Folder, error) {
	below, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	dir, err := below.Open(".")
	if err != nil {
		below.Close()
		return nil, err
	}
	return &Folder{below, dir}, nil
}

// Close closes it.
func (f *Folder) Close() {
	f.dir.Close()
	f.root.Close()
}

// Read is ReadIn for what has a name in the folder.
func (f *Folder) Read(name string, most int64) ([]byte, error) {
	if text, size, ok := Start(f.dir, name, most); ok && size <= most {
		return text, nil
	}
	return ReadIn(f.root, name, most)
}

// ReadStream reads standard input, or another stream, to its end.
func ReadStream(r io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("%w (at most %s are read)", ErrTooLarge, size(most))
	}
	return text, err
}

// Check looks at a file that another program is about to read: the error is that of
// Read, but a missing file, a folder and a missing permission are no errors.
func Check(name string, most int64) error {
	info, err := os.Stat(name)
	if err != nil || info.IsDir() || isNull(info) {
		return nil
	}
	if err = notFile(info); err == nil {
		err = tooLarge(info, most)
	}
	if err != nil {
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return nil
}

// Harmful says whether an error is of a file that can't be read by anybody, and not
// just of one that isn't there or may not be read.
func Harmful(err error) bool {
	return errors.Is(err, ErrNotFile) && !errors.Is(err, errFolder) || errors.Is(err, ErrTooLarge)
}

// errFolder is a folder in a file's place, which no program waits for.
var errFolder error = folderError{}

type folderError struct{}

func (folderError) Error() string { return ErrNotFile.Error() }

func (folderError) Is(target error) bool { return target == ErrNotFile || target == syscall.EISDIR }

// notFile says what something is that is no file; nil for a file.
func notFile(info fs.FileInfo) error {
	mode := info.Mode()
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return errFolder
	case mode&fs.ModeNamedPipe != 0:
		return fmt.Errorf("%w but a named pipe", ErrNotFile)
	case mode&fs.ModeSocket != 0:
		return fmt.Errorf("%w but a socket", ErrNotFile)
	case mode&fs.ModeDevice != 0:
		return fmt.Errorf("%w but a device", ErrNotFile)
	}
	return ErrNotFile
}

// isNull tells the null device, which people name where they mean no file.
func isNull(info fs.FileInfo) bool {
	if info.Mode()&fs.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(null, info)
}

func tooLarge(info fs.FileInfo, most int64) error {
	if info.Size() <= most {
		return nil
	}
	return fmt.Errorf("%w (%s; at most %s are read)", ErrTooLarge, size(info.Size()), size(most))
}

// size is a number of bytes as people say it.
func size(n int64) string {
	if n >= 10<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d kB", n>>10)
}
