package logbook

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"sync"

	"github.com/coachlog/coachlog/logparse"
)

// Contents is what a logbook's files say.
type Contents struct {
	Settings    *logparse.Settings
	SettingsDoc *logparse.Document
	Docs        []*logparse.Document // logs and plans
	Metrics     []Metrics
	Others      int       // files below people/ that are not coachlog's
	Unreadable  []Problem // files that could not be opened
}

// Metrics is one file of metrics/.
type Metrics struct {
	Doc  *logparse.Document
	Rows []logparse.MetricRow
}

// A Problem is a file that could not be opened, and why.
type Problem struct {
	Path string
	Err  error
}

func (p Problem) Error() string { return fmt.Sprintf("%s: %v", p.Path, p.Err) }

// Read reads every file of the logbook. Only unreadable settings stop it: one
// bad file never hides the good ones.
func (d *Dir) Read() (*Contents, error) {
	text, err := d.ReadFile(SettingsName)
	if err != nil {
		return nil, err
	}
	c := &Contents{}
	c.Settings, c.SettingsDoc = logparse.ParseSettings(SettingsName, text)
	c.readLogs(d, c.logPaths(d))
	c.readMetrics(d)
	return c, nil
}

// logPaths lists the markdown files below people/, one folder deep.
func (c *Contents) logPaths(d *Dir) []string {
	var paths []string
	for _, person := range c.list(d, "people") {
		dir := path.Join("people", person.Name())
		switch {
		case !person.IsDir() && person.Type()&fs.ModeSymlink == 0:
			c.Others++
			continue
		case !person.IsDir():
			c.Unreadable = append(c.Unreadable, Problem{dir, errSymlink})
			continue
		}
		for _, file := range c.list(d, dir) {
			name := path.Join(dir, file.Name())
			switch {
			case !strings.HasSuffix(file.Name(), ".md"):
				c.Others++
			case file.Type()&fs.ModeSymlink != 0:
				c.Unreadable = append(c.Unreadable, Problem{name, errSymlink})
			case !file.Type().IsRegular():
				c.Unreadable = append(c.Unreadable, Problem{name, errNotFile})
			default:
				paths = append(paths, name)
			}
		}
	}
	return paths
}

var (
	errSymlink = errors.New("it is a symbolic link, which coachlog doesn't follow; put the file itself there")
	errNotFile = errors.New("it is not a file; a log is meant here")
)

// list is a folder's entries by name; a folder that isn't there has none.
func (c *Contents) list(d *Dir, dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(d.root.FS(), dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Unreadable = append(c.Unreadable, Problem{dir, plainReason(err)})
	}
	return entries
}

// readLogs reads and parses files on all processors, in the order of paths.
func (c *Contents) readLogs(d *Dir, paths []string) {
	docs := make([]*logparse.Document, len(paths))
	errs := make([]error, len(paths))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(paths); i += workers {
				text, err := d.ReadFile(paths[i])
				if err != nil {
					errs[i] = err
					continue
				}
				docs[i] = logparse.Parse(paths[i], text, c.Settings.Headings)
			}
		})
	}
	wait.Wait()
	for i, doc := range docs {
		switch {
		case errs[i] != nil:
			c.Unreadable = append(c.Unreadable, Problem{paths[i], plainReason(errs[i])})
		case doc.Kind == logparse.OtherFile:
			c.Others++
		default:
			c.Docs = append(c.Docs, doc)
		}
	}
}

func (c *Contents) readMetrics(d *Dir) {
	for _, file := range c.list(d, "metrics") {
		if !strings.HasSuffix(file.Name(), ".csv") {
			continue
		}
		name := path.Join("metrics", file.Name())
		text, err := d.ReadFile(name)
		if err != nil {
			c.Unreadable = append(c.Unreadable, Problem{name, plainReason(err)})
			continue
		}
		rows, doc := logparse.ParseMetrics(name, text)
		c.Metrics = append(c.Metrics, Metrics{doc, rows})
	}
}

// maxRead bounds what is read of one file; the parser's own bound is lower, and
// says so in better words.
const maxRead = 64 << 20

// ReadFile reads one file of the logbook. It never follows a link out of it,
// and never waits for a pipe.
func (d *Dir) ReadFile(name string) ([]byte, error) {
	f, err := d.root.OpenFile(filepathOf(name), os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readRegular(f, name)
}

// ReadAnyFile reads a file outside any logbook.
func ReadAnyFile(name string) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, plainReason(err)
	}
	defer f.Close()
	text, err := readRegular(f, name)
	return text, plainReason(err)
}

func readRegular(f *os.File, name string) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotFile}
	}
	text := make([]byte, 0, min(info.Size()+1, maxRead))
	for {
		n, err := f.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case errors.Is(err, io.EOF):
			return text, nil
		case err != nil:
			return nil, err
		case len(text) >= maxRead:
			return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is too large")}
		case len(text) == cap(text):
			text = append(text, 0)[:len(text)]
		}
	}
}

// plainReason says why a file could not be opened, without its name.
func plainReason(err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errors.New("you have no permission to read it")
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file")
	case errors.As(err, &path):
		return path.Err
	}
	return err
}
