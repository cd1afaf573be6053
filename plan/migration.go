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
	return strings.Contains(c.Body, MigrationTrailer) && c.Trailers().only(MigrationTrailer) != ""
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
	var made []*Commit // that migrated, or took that back
	lowered := false   // the settings named the newer format, and then an older one
	for _, c := range slices.Backward(commits) {
		var settings FileVersion
		if at := slices.IndexFunc(c.Files, func(f FileVersion) bool { return f.Path == settingsPath }); at >= 0 {
			settings = c.Files[at]
		}
		switch {
		case settings.Path != "" && settings.Before == "": // a shallow clone doesn't know what the commit changed
		case IsMigration(c):
			m.add(c, settings, from, lowered)
		case slices.ContainsFunc(made, c.takesBack):
			m.exact[c] = c.Files
		}
		if m.exact[c] != nil {
			made = append(made, c)
		} else if from.lowers(settings) {
			lowered = true
		}
	}
	return m, from.err
}

const settingsPath = "coachlog.yaml"

// takesBack says whether a commit undoes all that another did.
func (c *Commit) takesBack(other *Commit) bool {
	return slices.EqualFunc(c.Files, other.Files, func(now, then FileVersion) bool {
		return now.Path == then.Path && now.Before == then.After && now.After == then.Before
	})
}

// add adds a commit that says it is a migration.
func (m *Migrations) add(c *Commit, settings FileVersion, from *versionReader, lowered bool) {
	headings := from.settings(settings.Before).Headings
	fault := ""
	if lowered {
		fault = "the logbook had that format before, and its settings were changed in between"
	} else if !from.isMigrated(settings, headings) {
		fault = "it doesn't change just the format in the settings"
	}
	if fault != "" {
		m.faults[c] = []MigrationFault{{"", fault}}
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

// lowers says whether a change of the settings leads to an older format.
func (r *versionReader) lowers(f FileVersion) bool {
	return f.Path != "" && r.settings(f.Before).WholeFormat() >= logparse.NewestFormat && r.settings(f.After).WholeFormat() < logparse.NewestFormat
}

// isMigrated says whether what became of a file is what a migration makes of it.
func (r *versionReader) isMigrated(f FileVersion, headings logparse.Headings) bool {
	if f.Before == "" || f.After == "" || f.Before == f.After {
		return false
	}
	before, after := r.read(f.Path, f.Before), r.read(f.Path, f.After)
	return r.err == nil && bytes.Equal(logparse.Parse(f.Path, before, headings).Migrated(), after)
}
