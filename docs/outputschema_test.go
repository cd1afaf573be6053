package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	validate "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
)

// outputs are the commands that write JSON besides reports, with the schema of what they write
// and the type that it is made of.
var outputs = []struct {
	schema  string
	model   reflect.Type
	command string // run in the example, which is in git
	code    int
}{
	{"check.json", reflect.TypeFor[report.Check](), "check", 0},
	{"check.json", reflect.TypeFor[report.Check](), "check ana --overdue", 0},
	{"lint.json", reflect.TypeFor[report.Findings](), "lint --tier strict --all", 0},
	{"schedule.json", reflect.TypeFor[report.Schedule](), "schedule", 0},
	{"list.json", reflect.TypeFor[[]map[string]string](), "list people", 0},
	{"list.json", reflect.TypeFor[[]map[string]string](), "list actions", 0},
	{"show-log.json", outputOf("people/priya/2026-07-06.md", "---\ntype: session\n---\n"), "show priya/2026-07-06", 0},
	{"show-plan.json", outputOf("people/priya/plan.md", "---\ntype: plan\n---\n"), "show priya", 0},
	{"show-id.json", reflect.TypeFor[report.Course](), "show ^assign", 0},
	{"show-everything.json", reflect.TypeFor[report.Meaning](), "show --everything", 0},
	{"plan-show.json", reflect.TypeFor[report.Plan](), "plan show priya", 0},
	{"history.json", reflect.TypeFor[report.History](), "history", 0},
	{"history-since.json", reflect.TypeFor[report.Difference](), "history --since HEAD", 0},
	{"audit.json", reflect.TypeFor[report.Audit](), "audit", 1},
	{"prep.json", reflect.TypeFor[report.Prep](), "prep priya", 0},
}

// outputOf is the type of what show writes of a file.
func outputOf(path, text string) reflect.Type {
	return reflect.TypeOf(report.File{Document: logparse.Parse(path, []byte(text), logparse.Headings{})}.JSON())
}

// TestOutputSchemas holds what commands write as JSON to the schemas, which are made of their models.
func TestOutputSchemas(t *testing.T) {
	comments := fieldComments(t, "../report", "../plan", "../plan/rules", "../plan/trail")
	compiled := make(map[string]*validate.Schema)
	binary, book := gitExample(t)
	for _, o := range outputs {
		if compiled[o.schema] == nil {
			compiled[o.schema] = modelSchema(t, o.schema, "coachlog "+strings.ReplaceAll(strings.TrimSuffix(o.schema, ".json"), "-", " "), o.model, comments)
		}
		args := append(strings.Fields(o.command), "--format", "json", "--today", "2026-10-02")
		if o.schema == "show-everything.json" {
			args = strings.Fields(o.command)
		}
		c := exec.Command(binary, args...)
		c.Dir = book
		out, err := c.Output()
		if code := c.ProcessState.ExitCode(); code != o.code {
			t.Errorf("%s ends with %d, %v", o.command, code, err)
			continue
		}
		value, err := validate.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v", o.command, err)
		}
		if err := compiled[o.schema].Validate(value); err != nil {
			t.Errorf("%s: %v", o.command, err)
		}
	}
	for name, schema := range compiled {
		if schema.Validate(map[string]any{"nonsense": 1}) == nil {
			t.Errorf("%s takes anything", name)
		}
	}
	exportSchemas(t, binary, book)
}

// exportSchemas holds the rows of an export to the schemas of its tables.
func exportSchemas(t *testing.T, binary, book string) {
	folder := t.TempDir()
	c := exec.Command(binary, "export", "--format", "jsonl", "--output", filepath.Join(folder, "out"), "--as", "desk", "--today", "2026-10-02", "--names")
	c.Dir = book
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, table := range report.ExportTables() {
		row := &jsonschema.Schema{Type: "object", Properties: make(map[string]*jsonschema.Schema), Title: "coachlog export, a row of " + table.Name, Description: table.Means}
		where := []report.ExportColumn{{Name: "logbook", Type: "text", Means: "what the logbook is called in the tables"}, {Name: "period", Type: "text", Means: "the quarter"}}
		for _, column := range append(where, table.Columns...) {
			kind := map[string]string{"text": "string", "whole number": "integer", "number": "number", "yes or no": "boolean", "day": "string"}[string(column.Type)]
			row.Properties[column.Name] = &jsonschema.Schema{Types: []string{kind, "null"}, Description: column.Means}
			if column.Type == "day" {
				row.Properties[column.Name].Pattern = `^\d{4}-\d{2}-\d{2}$`
			}
		}
		row.Schema = "https://json-schema.org/draft/2020-12/schema"
		text, err := json.MarshalIndent(row, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		name := "export-" + table.Name + ".json"
		generated(t, filepath.Join("schema", name), string(text)+"\n")
		row.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
		if text, err = json.Marshal(row); err != nil {
			t.Fatal(err)
		}
		schema, rows := compile(t, name, text), 0
		for _, pattern := range []string{"/logbook=*/part.jsonl", "/logbook=*/period=*/part.jsonl"} {
			files, err := filepath.Glob(filepath.Join(folder, "out", table.Name+pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for line := range bytes.Lines(text) {
					value, err := validate.UnmarshalJSON(bytes.NewReader(line))
					if err != nil {
						t.Fatal(err)
					}
					if err := schema.Validate(value); err != nil {
						t.Errorf("%s: %v", table.Name, err)
					}
					rows++
				}
			}
		}
		if rows == 0 && table.Name != "waits" {
			t.Errorf("%s has no row", table.Name)
		}
	}
}

// gitExample is coachlog, and a copy of the example that is in git.
func gitExample(t *testing.T) (binary, book string) {
	home := t.TempDir()
	binary = filepath.Join(home, "coachlog")
	if out, err := exec.Command("go", "build", "-o", binary, "../cmd/coachlog").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	book = filepath.Join(home, "team")
	if err := os.CopyFS(book, os.DirFS("../examples/team")); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"init -q -b main", "add -A", "-c user.name=Josh -c user.email=josh@example.org commit -q -m Start"} {
		c := exec.Command("git", strings.Fields(command)...)
		c.Dir = book
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return binary, book
}
