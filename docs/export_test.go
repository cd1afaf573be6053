package docs_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
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

// TestTablesInScale: DuckDB's and ClickHouse's tables are those of an export, with all columns.
func TestTablesInScale(t *testing.T) {
	duck, err := os.ReadFile("scale/duckdb.sql")
	if err != nil {
		t.Fatal(err)
	}
	click, err := os.ReadFile("scale/clickhouse.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range report.ExportTables() {
		if !strings.Contains(string(duck), "CREATE VIEW "+table.Name+" AS ") || !strings.Contains(string(click), "CREATE TABLE "+table.Name+" AS ") {
			t.Errorf("%s isn't made in both", table.Name)
		}
		made := regexp.MustCompile(`CREATE TABLE ` + table.Name + `_here \(([^;]+)\n\) ENGINE`).FindStringSubmatch(string(click))
		want := []string{"logbook", "period"}
		if table.Name == "exports" {
			want = want[:1]
		}
		for _, c := range table.Columns {
			want = append(want, c.Name)
		}
		if made == nil {
			t.Errorf("ClickHouse has no %s_here", table.Name)
			continue
		}
		var columns []string
		for _, column := range strings.Split(made[1], ",") {
			columns = append(columns, strings.Fields(column)[0])
		}
		if !slices.Equal(columns, want) {
			t.Errorf("ClickHouse's %s has the columns %v, an export has %v", table.Name, columns, want)
		}
	}
}
