package report

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// MigrationMessage is the message of the commit that moves a logbook to the newest format.
func MigrationMessage(files int) string {
	return fmt.Sprintf(`Move the logbook to format %d

In format 1 an open box in Follow-through meant not done. In format 2
that is [n], and an open box says nothing.

Only that changed, in %s.

%s: %d
`, logparse.NewestFormat, count(files, "file"), plan.MigrationTrailer, logparse.NewestFormat)
}
