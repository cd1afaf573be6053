package logparse

import (
	"strings"
	"testing"
)

// What makes a log too long to be read is refused with the reason.
func TestAppendTooMuch(t *testing.T) {
	doc := Parse("people/ana/2026-07-13.md", []byte("---\ntype: session\n---\n\n## Follow-through\n"), Headings{})
	edit, err := doc.AppendItems(FollowUp, strings.Repeat("- [ ] call back\n", 25000))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := doc.Apply(edit); err == nil || !strings.Contains(err.Error(), "lines") {
		t.Errorf("got %v, want an error that names the lines", err)
	}
}
