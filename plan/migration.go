package plan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// MigrationTrailer is the trailer of a commit that moved a logbook to a newer format. Its
// value is that format.
const MigrationTrailer = "Coachlog-Format"

// IsMigration says whether a commit says of itself that it moved the logbook to a newer
// format. Only Migrations say whether it did that and nothing else.
func IsMigration(c *Commit) bool {
	return strings.Contains(c.Body, MigrationTrailer) && c.trailer(MigrationTrailer) != ""
}

// Migrations are the commits that moved a logbook to a newer format. They change no agreed
// thing: the same is written in another way.
type Migrations struct {
	source  HistorySource
	commits []*Commit // the newest first
	found   map[string]*migration
	inOrder []*Commit       // of those found, the oldest first
	undone  map[string]bool // by id: commits that took a migration back, whole
	exact   map[fileChange]bool
}

// A HistorySource is where commits and files of a history come from.
type HistorySource struct {
	Text  func(path, id string) ([]byte, error)
	Files func(*Commit) ([]FileVersion, error) // all that a commit changed in the logbook
	Ends  []string                             // commits before which a shallow clone knows nothing
}

// A fileChange is what a commit did to one file, for comparing.
type fileChange struct{ path, before, after string }

// A migration is a commit that says it is one.
type migration struct {
	at       int // its place among the commits
	files    []FileVersion
	headings logparse.Headings // as the settings had them
	fault    string            // why it isn't one; "" where it is
}

const settingsPath = "coachlog.yaml"

// FindMigrations looks for migrations among commits, the newest first. Those that changed
// the settings have to be among them.
func FindMigrations(commits []*Commit, from HistorySource) (*Migrations, error) {
	m := &Migrations{source: from, commits: commits, found: make(map[string]*migration), undone: make(map[string]bool), exact: make(map[fileChange]bool)}
	if !slices.ContainsFunc(commits, IsMigration) {
		return m, nil
	}
	lowered := false // the settings said a newer format, and then an older one
	for i, c := range slices.Backward(commits) {
		settings := slices.IndexFunc(c.Files, func(f FileVersion) bool { return f.Path == settingsPath })
		switch {
		case slices.Contains(from.Ends, c.ID): // what it changed isn't known
		case IsMigration(c):
			one, err := m.read(c, i)
			if err != nil {
				return nil, err
			}
			if lowered && one.fault == "" {
				one.fault = "the logbook was of that format before, and its settings had been changed in between"
			}
			m.found[c.ID], m.inOrder = one, append(m.inOrder, c)
		case settings >= 0 && c.Files[settings].Before != "":
			lower, err := m.lowers(c.Files[settings])
			if err == nil && lower {
				lower, err = false, m.noteUndone(c, &lowered)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// read looks at a commit that says it is a migration: at which files it changes, and at
// what it does to the settings.
func (m *Migrations) read(c *Commit, at int) (*migration, error) {
	files, err := m.source.Files(c)
	one := &migration{at: at, files: files}
	if err != nil {
		return nil, err
	}
	settings := slices.IndexFunc(files, func(f FileVersion) bool { return f.Path == settingsPath })
	switch {
	case len(c.Parents) != 1:
		one.fault = "it doesn't stand on one commit alone"
	case slices.ContainsFunc(files, func(f FileVersion) bool { return f.Before == "" || f.After == "" }):
		one.fault = "it adds files or takes some away"
	case settings < 0:
		one.fault = "it doesn't change the format in the settings"
	}
	if one.fault != "" {
		return one, nil
	}
	before, err := m.settings(files[settings].Before)
	if err != nil {
		return nil, err
	}
	one.headings = before.Headings
	exact, err := m.isExact(one, files[settings])
	if err == nil && !exact {
		one.fault = "it changes more in the settings than the format"
	}
	return one, err
}

func (m *Migrations) settings(id string) (*logparse.Settings, error) {
	if id == "" {
		return &logparse.Settings{}, nil
	}
	text, err := m.source.Text(settingsPath, id)
	settings, _ := logparse.ParseSettings(settingsPath, text)
	return settings, err
}

// lowers says whether a change of the settings leads to an older format.
func (m *Migrations) lowers(f FileVersion) (bool, error) {
	before, err := m.settings(f.Before)
	if err != nil || before.WholeFormat() < logparse.NewestFormat {
		return false, err
	}
	after, err := m.settings(f.After)
	return f.After == "" || after.WholeFormat() < before.WholeFormat(), err
}

// noteUndone notes a commit that takes a migration back as it was made; any other that
// leads to an older format has lowered it.
func (m *Migrations) noteUndone(c *Commit, lowered *bool) error {
	files, err := m.source.Files(c)
	if err != nil {
		return err
	}
	files = slices.Clone(files)
	for i := range files {
		files[i].Before, files[i].After = files[i].After, files[i].Before
	}
	for _, one := range m.found {
		if one.fault == "" && slices.EqualFunc(one.files, files, func(x, y FileVersion) bool { return x.change() == y.change() }) {
			m.undone[c.ID] = true
			return nil
		}
	}
	*lowered = true
	return nil
}

func (f FileVersion) change() fileChange { return fileChange{f.Path, f.Before, f.After} }

// isExact says whether what a commit made of a file is what a migration makes of it.
func (m *Migrations) isExact(one *migration, f FileVersion) (bool, error) {
	if exact, known := m.exact[f.change()]; known {
		return exact, nil
	}
	before, err := m.source.Text(f.Path, f.Before)
	if err != nil {
		return false, err
	}
	after, err := m.source.Text(f.Path, f.After)
	exact := err == nil && f.Before != f.After && bytes.Equal(logparse.Parse(f.Path, before, one.headings).Migrated(), after)
	m.exact[f.change()] = exact
	return exact, err
}

// Fault says why a commit that says it is a migration is none; "" where it is one, and of
// other commits.
func (m *Migrations) Fault(c *Commit) string {
	if one := m.found[c.ID]; one != nil {
		return one.fault
	}
	return ""
}

// Changed are the files of a migration's commit in which it changed something else.
func (m *Migrations) Changed(c *Commit) (paths []string, err error) {
	one := m.found[c.ID]
	if one == nil || one.fault != "" {
		return nil, nil
	}
	for _, f := range one.files {
		exact, err := m.isExact(one, f)
		if err != nil {
			return nil, err
		}
		if !exact {
			paths = append(paths, f.Path)
		}
	}
	return paths, nil
}

// Covers says whether a commit did no more to a file than a migration does, or than taking
// one back does.
func (m *Migrations) Covers(c *Commit, path string) (bool, error) {
	if m.undone[c.ID] {
		return true, nil
	}
	f, one := m.of(c, path)
	if one == nil {
		return false, nil
	}
	return m.isExact(one, f)
}

// of is what a migration did to a file; nil where the commit is none, or left it alone.
func (m *Migrations) of(c *Commit, path string) (FileVersion, *migration) {
	one := m.found[c.ID]
	if one == nil || one.fault != "" {
		return FileVersion{}, nil
	}
	at := slices.IndexFunc(one.files, func(f FileVersion) bool { return f.Path == path })
	if at < 0 {
		return FileVersion{}, nil
	}
	return one.files[at], one
}

// Moved is a version of a file as the migrations behind it write it, and the id of that
// where a commit has just that.
func (m *Migrations) Moved(doc *logparse.Document, id string) (*logparse.Document, string, error) {
	for _, c := range m.inOrder {
		f, one := m.of(c, doc.Path)
		if one == nil || f.Before != id && !m.hadBefore(one.at, doc.Path, id) {
			continue
		}
		exact, err := m.isExact(one, f)
		if err != nil {
			return nil, "", err
		}
		if !exact {
			continue
		}
		doc = logparse.Parse(doc.Path, logparse.Parse(doc.Path, doc.Text, one.headings).Migrated(), one.headings)
		if f.Before == id {
			id = f.After
		}
	}
	return doc, id, nil
}

// hadBefore says whether a file had a text in a commit before one.
func (m *Migrations) hadBefore(at int, path, id string) bool {
	return slices.ContainsFunc(m.commits[at+1:], func(c *Commit) bool {
		return slices.ContainsFunc(c.Files, func(f FileVersion) bool { return f.Path == path && f.After == id })
	})
}
