package logparse

import (
	"fmt"
	"path"
)

// Where the files of a logbook are, relative to it and with slashes.
const (
	PeopleFolder    = "people"
	MetricsFolder   = "metrics"
	TemplatesFolder = "templates"
)

// PersonFolder is the folder of a person's files.
func PersonFolder(id string) string { return path.Join(PeopleFolder, id) }

// PlanPath is where a person's development plan is.
func PlanPath(id string) string { return path.Join(PersonFolder(id), "plan.md") }

// LogPath is where a session's log is: the day's first, or its second and so on.
func LogPath(id string, date Date, number int) string {
	name := date.String()
	if number > 1 {
		name = fmt.Sprintf("%s-%d", date, number)
	}
	return path.Join(PersonFolder(id), name+".md")
}

// PreparationPath is where the answers for a session are filed.
func PreparationPath(id string, session Date) string {
	return path.Join(PersonFolder(id), fmt.Sprintf("prep-%s.md", session))
}

// AssessmentPath is where a person's assessment of a period is.
func AssessmentPath(id, kind, period string) string {
	return path.Join(PersonFolder(id), kind+"-"+period+".md")
}

// TemplatePath is where a logbook has its own version of a template.
func TemplatePath(name string) string { return path.Join(TemplatesFolder, name) }
