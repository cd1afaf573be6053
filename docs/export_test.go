package docs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/report"
)

// TestExportTables holds export.md to the tables that coachlog export writes.
func TestExportTables(t *testing.T) {
	var tables strings.Builder
	for _, table := range report.ExportTables() {
		fmt.Fprintf(&tables, "\n### %s\n\n%s\n\n| Column | Type | |\n|---|---|---|\n", table.Name, table.Means)
		for _, c := range table.Columns {
			if c.Name == "" || c.Type == "" || c.Means == "" {
				t.Errorf("%s has a column without a name, a type or a meaning: %q", table.Name, c)
			}
			fmt.Fprintf(&tables, "| `%s` | %s | %s |\n", c.Name, c.Type, c.Means)
		}
	}
	text, err := os.ReadFile("export.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- made by go test ./docs -run TestExport -update -->\n", "\n<!-- end -->\n"
	before, rest, _ := strings.Cut(string(text), begin)
	_, after, ok := strings.Cut(rest, strings.TrimPrefix(end, "\n"))
	if !ok {
		t.Fatal("export.md has no place for the tables")
	}
	want := before + begin + tables.String() + end + after
	if !strings.Contains(before, fmt.Sprintf("This is version %d of the tables", report.ExportSchema)) {
		t.Errorf("export.md isn't about version %d", report.ExportSchema)
	}
	if *update {
		if err := os.WriteFile("export.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(text) != want {
		t.Error("export.md doesn't list the tables as they are; go test ./docs -run TestExport -update writes it anew")
	}
}
