package logparse_test

import (
	"os"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

// TestConflictsHide holds a conflict to hiding what is confidential on any side,
// and the line below a marker to being no heading.
func TestConflictsHide(t *testing.T) {
	for _, name := range []string{"session-conflict-marker-confidential.md", "session-conflict-marker-made-confidential.md"} {
		text, err := os.ReadFile("testdata/err/" + name)
		if err != nil {
			t.Fatal(err)
		}
		doc := logparse.Parse("people/rep1/2026-07-06.md", text, logparse.Headings{})
		for n := range doc.LineCount() {
			if line, _ := doc.Line(n + 1); strings.Contains(line, "ecret") || strings.Contains(line, "One more") {
				t.Errorf("%s:%d is shown: %s", name, n+1, line)
			}
		}
		for _, d := range doc.Diagnostics {
			if strings.Contains(d.Message, "ecret") || strings.Contains(d.Message, "One more") {
				t.Errorf("%s: %s", name, d.Message)
			}
		}
	}
}
