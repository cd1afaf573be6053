package docs_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/plan"
)

// TestPartsInFormat holds the table of what may be shared to the parts that there are.
func TestPartsInFormat(t *testing.T) {
	text, err := os.ReadFile("format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "### What may be shared\n")
	section, _, _ = strings.Cut(section, "\n### ")
	var listed []plan.Part
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| .+ \\|$").FindAllStringSubmatch(section, -1) {
		listed = append(listed, plan.Part(row[1]))
	}
	slices.Sort(listed)
	if parts := slices.Sorted(slices.Values(plan.Parts)); !slices.Equal(listed, parts) {
		t.Errorf("format.md lists %v, the parts are %v", listed, parts)
	}
}
