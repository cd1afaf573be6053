package logbook

import (
	"path"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

// What stands at the top of a logbook, besides its folders.
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

// IsOwnFolder says whether a folder is one that the logbook's own files are in.
func IsOwnFolder(name string) bool {
	return name == logparse.PeopleFolder || name == logparse.MetricsFolder || name == logparse.TemplatesFolder || path.Dir(name) == logparse.PeopleFolder
}

// Settings are those of the logbook; the usual ones where they can't be read.
func (d *Dir) Settings() *logparse.Settings {
	text, err := d.ReadFile(SettingsName)
	if err != nil {
		return &logparse.Settings{}
	}
	settings, _ := logparse.ParseSettings(SettingsName, text)
	return settings
}
