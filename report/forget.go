package report

import (
	"strings"

	"github.com/coachlog/coachlog/plan"
)

// ForgetMessage is the message of the commit that removes a person's files. The audit knows
// it by a trailer for each id that the person had.
func ForgetMessage(id string, ids []string) string {
	var text strings.Builder
	text.WriteString("Remove the files of " + id + "\n\nAt their request: their folder, and what else the logbook kept about them.\n\n")
	for _, id := range ids {
		text.WriteString(plan.ForgotTrailer + ": " + id + "\n")
	}
	return text.String()
}
