package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

// What is at the top of a logbook, besides its folders.
const (
	SettingsName   = "coachlog.yaml" // makes a folder a logbook
	ReadmeName     = "README.md"
	WorkflowPath   = ".github/workflows/coachlog.yml" // where a forge looks for the workflow
	AttributesPath = ".gitattributes"                 // where git looks for what to do with which files
	EditorsName    = ".editorconfig"                  // where editors and prettier look for how to write files
	RemarkName     = ".remarkignore"                  // where remark looks for what to leave alone
)

// IsOwnFile says whether coachlog looks after a file: what init writes, and what the
// logbook is made of.
func IsOwnFile(name string) bool {
	switch name {
	case SettingsName, ReadmeName, WorkflowPath, AttributesPath, EditorsName, RemarkName:
		return true
	}
	if slices.ContainsFunc(strings.Split(name, "/"), logparse.PassedOver) {
		return false
	}
	top, rest, _ := strings.Cut(name, "/")
	switch top {
	case logparse.PeopleFolder:
		return strings.HasSuffix(rest, ".md") || strings.HasSuffix(rest, ".sig")
	case logparse.MetricsFolder:
		return strings.HasSuffix(rest, ".csv")
	case logparse.TemplatesFolder:
		_, known := templates.FullName(rest)
		return known
	}
	return false
}

// placeholder is what iCloud leaves of a file that it has taken off this computer.
func placeholder(name string) string {
	dir, base := path.Split(name)
	return dir + "." + base + ".icloud"
}

// errTakenAway is of a file of which only the placeholder is here.
var errTakenAway = errors.New("iCloud has taken it off this computer; open it once in the Finder, so that it is downloaded")

// CheckHere refuses a file that is gone only because it isn't downloaded.
func (d *Dir) CheckHere(name string) error {
	if !d.Exists(name) && d.Exists(placeholder(name)) {
		return fmt.Errorf("%s: %w", name, errTakenAway)
	}
	return nil
}

// IsOwnFolder says whether a folder is one that the logbook's own files are in.
func IsOwnFolder(name string) bool {
	return name == logparse.PeopleFolder || name == logparse.MetricsFolder || name == logparse.TemplatesFolder || path.Dir(name) == logparse.PeopleFolder
}

// Settings are those of the logbook; the usual ones where they can't be read.
func (d *Dir) Settings() *logparse.Settings {
	text, err := d.ReadFile(SettingsName)
	if errors.Is(err, fs.ErrNotExist) {
		return &logparse.Settings{}
	}
	if err != nil {
		return logparse.UnknownSettings()
	}
	settings, _ := logparse.ParseSettings(SettingsName, text)
	return settings
}
