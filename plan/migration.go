package plan

import (
	"bytes"
	"cmp"
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

// Migrations are what commits did to move a logbook to a newer format. That changes no
// agreed thing: the same is written in another way.
type Migrations struct {
	faults map[*Commit][]MigrationFault
	exact  map[*Commit][]FileVersion // what a migration makes of files, or taking one back
	moved  map[version]string        // the ids of what migrations made of texts
}

// A MigrationFault is what a commit does besides the migration that it says it is.
type MigrationFault struct {
	Path   string // "" where nothing of the commit counts as a migration
	Reason string
}

type version struct{ path, id string }

// FindMigrations looks for migrations among commits, the newest first. Those that changed
// the settings have to be among them.
func FindMigrations(commits []*Commit, text func(path, id string) ([]byte, error)) (Migrations, error) {
	m := Migrations{make(map[*Commit][]MigrationFault), make(map[*Commit][]FileVersion), make(map[version]string)}
	if !slices.ContainsFunc(commits, IsMigration) {
		return m, nil
	}
	from := &versionReader{text: text}
	var made []*Commit
	lowered := false // the settings named the newer format, and then an older one
	for _, c := range slices.Backward(commits) {
		at := slices.IndexFunc(c.Files, isSettings)
		if at >= 0 && c.Files[at].Before == "" {
			continue // a shallow clone doesn't know what it changed
		}
		if IsMigration(c) {
			m.add(c, from, at, lowered)
			made = append(made, c)
		}
		if at < 0 || from.settings(c.Files[at].Before).WholeFormat() < logparse.NewestFormat || from.settings(c.Files[at].After).WholeFormat() >= logparse.NewestFormat {
			continue
		}
		if slices.ContainsFunc(made, c.takesBack) {
			m.exact[c] = c.Files
		} else {
			lowered = true
		}
	}
	return m, from.err
}

const settingsPath = "coachlog.yaml"

func isSettings(f FileVersion) bool { return f.Path == settingsPath }

// takesBack says whether a commit undoes all that another did.
func (c *Commit) takesBack(other *Commit) bool {
	return slices.EqualFunc(c.Files, other.Files, func(now, then FileVersion) bool {
		return now.Path == then.Path && now.Before == then.After && now.After == then.Before
	})
}

// add adds a commit that says it is a migration, and has the settings at some place among
// its files.
func (m *Migrations) add(c *Commit, from *versionReader, settings int, lowered bool) {
	none := func(reason string) { m.faults[c] = []MigrationFault{{"", reason}} }
	switch {
	case len(c.Parents) != 1:
		none("it is a merge")
		return
	case lowered:
		none("the logbook was of that format before, and its settings had been changed in between")
		return
	case settings < 0:
		none("it doesn't change the settings")
		return
	}
	headings := from.settings(c.Files[settings].Before).Headings
	if !from.isMigrated(c.Files[settings], headings) {
		none("it doesn't change just the format in the settings")
		return
	}
	for _, f := range c.Files {
		if from.isMigrated(f, headings) {
			m.exact[c] = append(m.exact[c], f)
			m.moved[version{f.Path, f.Before}] = f.After
		} else {
			m.faults[c] = append(m.faults[c], MigrationFault{f.Path, "changes something else in this file"})
		}
	}
}

// Faults are what a commit that says it is a migration does besides; none for other
// commits.
func (m *Migrations) Faults(c *Commit) []MigrationFault { return m.faults[c] }

// Covers says whether a commit did no more to a file than a migration does, or than taking
// one back does.
func (m *Migrations) Covers(c *Commit, path string) bool {
	return slices.ContainsFunc(m.exact[c], func(f FileVersion) bool { return f.Path == path })
}

// Moved is the id of what a migration made of a text of a file; the text's own where none
// did.
func (m *Migrations) Moved(path, id string) string {
	return cmp.Or(m.moved[version{path, id}], id)
}

// versionReader reads versions of files until one can't be read.
type versionReader struct {
	text func(path, id string) ([]byte, error)
	err  error
}

func (r *versionReader) read(path, id string) (text []byte) {
	if id != "" && r.err == nil {
		text, r.err = r.text(path, id)
	}
	return text
}

func (r *versionReader) settings(id string) *logparse.Settings {
	settings, _ := logparse.ParseSettings(settingsPath, r.read(settingsPath, id))
	return settings
}

// isMigrated says whether what became of a file is what a migration makes of it.
func (r *versionReader) isMigrated(f FileVersion, headings logparse.Headings) bool {
	if f.Before == "" || f.After == "" || f.Before == f.After {
		return false
	}
	before, after := r.read(f.Path, f.Before), r.read(f.Path, f.After)
	return r.err == nil && bytes.Equal(logparse.Parse(f.Path, before, headings).Migrated(), after)
}
