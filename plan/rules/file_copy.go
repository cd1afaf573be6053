package rules

import (
	"fmt"
	"path"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// compared says what to do about a file that looks like a copy, by how it differs from
// the other.
func (f *finder) compared(doc *logparse.Document, remedy string) string {
	original := f.file(doc.CopyOf)
	if original == nil {
		return fmt.Sprintf("there is no %s; if this is the right one, rename it to %s", doc.CopyOf, path.Base(doc.CopyOf))
	}
	differences := plan.Compare(doc, original)
	if differences == "" {
		return fmt.Sprintf("it is the same as %s: delete this file", doc.CopyOf)
	}
	return differences + "; " + remedy
}
