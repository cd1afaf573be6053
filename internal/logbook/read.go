package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

// Contents is what a logbook's files say, or some of them.
type Contents struct {
	Settings    *logparse.Settings
	SettingsDoc *logparse.Document
	Docs        []*logparse.Document // logs and plans
	Metrics     []Metrics
	Strays      []*logparse.Document // what counts for nothing because of its name, with what it is compared with
	Others      int                  // files below people/ that are not coachlog's
	Unreadable  []Problem            // files that could not be opened
	Folders     []string             // of people, whose logs aren't read
}

// Common are the documents that are nobody's own: the settings, the metrics, and what
// counts for nothing.
func (c *Contents) Common() []*logparse.Document {
	docs := []*logparse.Document{c.SettingsDoc}
	for _, m := range c.Metrics {
		docs = append(docs, m.Doc)
	}
	return append(docs, c.Strays...)
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

// ReadRoster reads who there is: the settings, the front matter of everybody's
// plan, the metrics, and whose folders there are. Only unreadable settings stop it:
// one bad file never hides the good ones.
func (d *Dir) ReadRoster() (*Contents, error) {
	text, err := d.ReadFile(SettingsName)
	if err != nil {
		return nil, plainReason(err)
	}
	c := &Contents{}
	c.Settings, c.SettingsDoc = logparse.ParseSettings(SettingsName, text)
	c.listFolders(d)
	top, err := d.root.Open(".")
	if err != nil {
		return nil, plainReason(err)
	}
	defer top.Close()
	heads := make([][]*logparse.Document, len(c.Folders))
	errs := fault.Each(len(c.Folders), func(i int) error {
		heads[i] = d.planHeads(top, c.Settings, c.Folders[i])
		return nil
	})
	for i, err := range errs {
		if err != nil {
			c.Unreadable = append(c.Unreadable, Problem{c.Folders[i], err})
		}
	}
	c.Docs = slices.Concat(heads...)
	c.readMetrics(d)
	c.listCopies(d)
	return c, nil
}

// ReadFolders reads all of some people's folders, with settings that were read.
func (d *Dir) ReadFolders(settings *logparse.Settings, folders []string) *Contents {
	c := &Contents{Settings: settings}
	c.readFolders(d, folders)
	return c
}

// HasLogs says whether there is a file in a folder that is named like a log.
func (d *Dir) HasLogs(folder string) bool { return d.hasNamed(folder, logparse.IsLogName) }

// HasSignatures says whether there is a file in a folder that is named like a signature.
func (d *Dir) HasSignatures(folder string) bool { return d.hasNamed(folder, IsSignature) }

func (d *Dir) hasNamed(folder string, is func(name string) bool) bool {
	entries, _ := d.entries(folder)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return is(e.Name()) })
}

// IsSignature says whether a file is named like a signature, on whatever system.
func IsSignature(name string) bool { return strings.EqualFold(path.Ext(name), ".sig") }

// planHeads are the plans in a folder, without their bodies: mostly the one that
// is named plan.md, which is there also where it is no text. What else can't be read
// is said when the whole folder is.
func (d *Dir) planHeads(top *os.File, settings *logparse.Settings, folder string) (plans []*logparse.Document) {
	add := func(name string, head []byte) {
		if doc := logparse.Parse(name, head, settings.Headings); doc.Plan != nil || doc.NotText() != nil {
			plans = append(plans, doc)
		}
	}
	plan := path.Join(folder, "plan.md")
	if head, ok := d.startOf(top, plan); ok {
		add(plan, head)
		return plans
	}
	names := []string{plan}
	if !d.Exists(plan) {
		names = nil
		entries, _ := d.entries(folder)
		for _, e := range entries {
			if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".md") && !logparse.IsLogName(e.Name()) {
				names = append(names, path.Join(folder, e.Name()))
			}
		}
	}
	for _, name := range names {
		if text, err := d.readUpTo(name, maxLog); err == nil {
			add(name, logparse.Head(text))
		}
	}
	return plans
}

// startOf reads a file's front matter without the rest, where that is done in one go.
func (d *Dir) startOf(top *os.File, name string) (head []byte, ok bool) {
	if text, other, err := d.version(name); other {
		return logparse.Head(text), err == nil
	}
	start, size, ok := plainfile.Start(top, filepathOf(name), 4096)
	if !ok || size > maxLog {
		return nil, false
	}
	whole := int64(len(start)) == size
	if !whole { // a line that isn't all there may be another one
		start = start[:bytes.LastIndexByte(start, '\n')+1]
	}
	head = logparse.Head(start)
	return head, whole || len(head) < len(start)
}

// A logFile is a markdown file in a person's open folder.
type logFile struct {
	folder *plainfile.Folder
	name   string
	path   string // relative to the logbook
}

// listFolders finds the folders below people/.
func (c *Contents) listFolders(d *Dir) {
	for _, person := range c.list(d, "people") {
		dir := path.Join("people", person.Name())
		switch {
		case person.IsDir():
			c.Folders = append(c.Folders, dir)
		case person.Type()&fs.ModeSymlink != 0:
			c.Unreadable = append(c.Unreadable, Problem{dir, errSymlink})
		default:
			c.Others++
			c.noteLoose(dir)
		}
	}
}

// readFolders reads the markdown files in people's folders.
func (c *Contents) readFolders(d *Dir, folders []string) {
	var files []logFile
	for _, dir := range folders {
		folder, err := plainfile.OpenFolder(d.root, filepathOf(dir))
		if errors.Is(err, fs.ErrNotExist) && len(d.insteadIn[dir]) > 0 {
			folder, err = nil, nil
		}
		if err != nil {
			c.Unreadable = append(c.Unreadable, Problem{dir, plainReason(err)})
			continue
		}
		if folder != nil {
			defer folder.Close()
		}
		entries := c.list(d, dir)
		c.listSignatureCopies(d, dir, entries)
		for _, file := range entries {
			f := logFile{folder, file.Name(), path.Join(dir, file.Name())}
			switch {
			case !strings.HasSuffix(f.name, ".md"):
				c.Others++
				c.noteOther(d, f.path, file.IsDir())
			case file.Type()&fs.ModeSymlink != 0:
				c.Unreadable = append(c.Unreadable, Problem{f.path, errSymlink})
			case file.IsDir():
				c.Unreadable = append(c.Unreadable, Problem{f.path, plainfile.ErrNotFile})
			default:
				files = append(files, f)
			}
		}
	}
	c.readLogs(d, files)
}

var errSymlink = errors.New("it is a symbolic link, which coachlog doesn't follow; put the file itself there")

// list is entries; what is wrong with them is noted. A file that is not downloaded is not read, and
// that is said: the figures are without it.
func (c *Contents) list(d *Dir, dir string) []fs.DirEntry {
	entries, away := d.entries(dir)
	c.Unreadable = append(c.Unreadable, away...)
	c.noteTwins(dir, entries)
	return entries
}

// entries are what is in a folder, by name, without what is other programs'; a folder that
// isn't there has none. It goes by the path, since listing below an os.Root looks at every
// entry's file; what is listed is opened below the root all the same.
func (d *Dir) entries(dir string) (entries []fs.DirEntry, problems []Problem) {
	entries, err := os.ReadDir(filepath.Join(d.Path, filepathOf(dir)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems = append(problems, Problem{dir, plainReason(err)})
	}
	entries = slices.DeleteFunc(d.entriesInstead(dir, entries), func(e fs.DirEntry) bool {
		if original, is := strings.CutSuffix(e.Name(), ".icloud"); is {
			name := path.Join(dir, strings.TrimPrefix(original, "."))
			if IsOwnFile(name) && placeholder(name) == path.Join(dir, e.Name()) && !d.Exists(name) {
				problems = append(problems, Problem{name, errTakenAway})
			}
		}
		return logparse.PassedOver(e.Name())
	})
	return entries, problems
}

// maxLog is what a log has at most where each of its line ends is two bytes, which
// the parser doesn't count. It says in better words what is wrong with less.
const maxLog = 2*logparse.MaxFileBytes + 3

// readLogs reads and parses files on all processors, in the order of files.
func (c *Contents) readLogs(d *Dir, files []logFile) {
	docs := make([]*logparse.Document, len(files))
	errs := fault.Each(len(files), func(i int) error {
		text, other, err := d.version(files[i].path)
		if !other {
			text, err = files[i].folder.Read(files[i].name, maxLog)
		}
		if errors.Is(err, plainfile.ErrTooLarge) {
			err = fmt.Errorf("%w; a log has at most %d kB", plainfile.ErrTooLarge, logparse.MaxFileBytes>>10)
		}
		if err == nil {
			docs[i] = logparse.Parse(files[i].path, text, c.Settings.Headings)
		}
		return err
	})
	for i, doc := range docs {
		switch {
		case errs[i] != nil:
			c.Unreadable = append(c.Unreadable, Problem{files[i].path, plainReason(errs[i])})
		case doc.Kind == logparse.OtherFile:
			c.Others++
			if slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == logparse.NotRead }) {
				c.Strays = append(c.Strays, doc)
			}
		default:
			c.Docs = append(c.Docs, doc)
		}
	}
}

func (c *Contents) readMetrics(d *Dir) {
	files := c.list(d, logparse.MetricsFolder)
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".csv") {
			continue
		}
		name := path.Join(logparse.MetricsFolder, file.Name())
		text, err := d.ReadFile(name)
		if err != nil {
			c.Unreadable = append(c.Unreadable, Problem{name, plainReason(err)})
			continue
		}
		rows, doc := logparse.ParseMetrics(name, text)
		if original := logparse.CopyOf(file.Name(), has(files)); original != "" {
			doc.RefuseAsCopy(original)
		}
		c.Metrics = append(c.Metrics, Metrics{doc, rows})
	}
}

// ReadFile reads one file of the logbook. It never follows a link out of it,
// and never waits for a pipe.
func (d *Dir) ReadFile(name string) ([]byte, error) { return d.readUpTo(name, plainfile.Most(name)) }

func (d *Dir) readUpTo(name string, most int64) ([]byte, error) {
	if text, other, err := d.version(name); other {
		return text, err
	}
	return plainfile.ReadIn(d.root, filepathOf(name), most)
}

// ReadAnyFile reads a file outside any logbook.
func ReadAnyFile(name string) ([]byte, error) {
	text, err := plainfile.Read(name, plainfile.Export)
	return text, plainReason(err)
}

// plainReason says why a file could not be opened, without its name.
func plainReason(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errors.New("you have no permission to read it")
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file")
	}
	return cause(err)
}

// cause is what the system said, without the calls that it said it to.
func cause(err error) error {
	if link, is := errors.AsType[*os.LinkError](err); is {
		return cause(link.Err)
	}
	if path, is := errors.AsType[*fs.PathError](err); is {
		return cause(path.Err)
	}
	if err != nil && strings.HasPrefix(err.Error(), "path escapes") { // as os.Root says
		return errors.New("a symbolic link on the way leads out of the folder")
	}
	return err
}

// A Text is a file's content, from wherever it came.
type Text struct {
	Path string
	Text []byte
}

// Parse parses texts on all processors, in their order.
func Parse(texts []Text, headings logparse.Headings) []*logparse.Document {
	docs := make([]*logparse.Document, len(texts))
	fault.Each(len(texts), func(i int) error { // Parse catches its own faults
		docs[i] = logparse.Parse(texts[i].Path, texts[i].Text, headings)
		return nil
	})
	return docs
}

// FilesIn lists what is in a folder of the logbook, by their paths in it.
func (d *Dir) FilesIn(folder string) (names []string, err error) {
	entries, err := os.ReadDir(filepath.Join(d.Path, filepathOf(folder)))
	for _, e := range entries {
		names = append(names, path.Join(folder, e.Name()))
	}
	return names, err
}
