package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// MigratedFiles says how many files of which kinds a migration changes.
func MigratedFiles(logs, templates int) string {
	text := "the settings"
	if templates > 0 {
		text = count(templates, "template") + " and " + text
	}
	if logs > 0 {
		text = strings.Replace(count(logs, "log")+", "+text, ", the", " and the", 1)
	}
	return text
}

// MigrationMessage is the message of the commit that moves a logbook to the newest format.
func MigrationMessage(logs, templates int) string {
	format := strconv.Itoa(logparse.NewestFormat)
	return fmt.Sprintf(`Move the logbook to format %s

In format 1 an open box in Follow-through meant not done. In format 2
that is [n], and an open box says nothing.

Changed, and in nothing else: %s.

%s: %s
`, format, MigratedFiles(logs, templates), plan.MigrationTrailer, format)
}
