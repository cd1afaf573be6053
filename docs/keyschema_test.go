package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	validate "github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/coachlog/coachlog/logparse"
)

// keySchemas are the schemas for editors, by file: of front matter, which may have other
// tools' keys, and of coachlog's own files. The number is that of the table of keys in format.md.
var keySchemas = []struct {
	name, title string
	keys        logparse.KeyForms
	table       int
	closed      bool
}{
	{"front-session.json", "front matter of a session's log", logparse.Keys(logparse.SessionLog), 0, false},
	{"front-plan.json", "front matter of a development plan", logparse.Keys(logparse.PlanFile), 1, false},
	{"front-preparation.json", "front matter of a preparation", logparse.Keys(logparse.PreparationFile), 2, false},
	{"front-assessment.json", "front matter of an assessment", logparse.Keys(logparse.AssessmentFile), 4, false},
	{"settings.json", "coachlog.yaml", logparse.Keys(logparse.SettingsFile), 3, true},
	{"logbooks.json", "logbooks.yaml", logparse.LogbookListKeys(), -1, true},
}

// TestKeySchemas writes the schemas for editors, and holds to them every file of the examples of format.md
// that coachlog reads without a diagnostic, and the shipped templates.
func TestKeySchemas(t *testing.T) {
	tables := keyTables(t)
	compiled := make(map[string]*validate.Schema)
	for _, s := range keySchemas {
		var says map[string]string
		if s.table >= 0 {
			says = tables[s.table]
		}
		of := mappingSchema(s.keys, says, s.closed)
		of.Schema, of.Title = "http://json-schema.org/draft-07/schema#", "coachlog: "+s.title
		text, err := json.MarshalIndent(of, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		generated(t, filepath.Join("schema", s.name), string(text)+"\n")
		compiled[s.name] = compile(t, s.name, text)
	}
	checked := make(map[string]int)
	check := func(path string, text []byte) {
		name, block := schemaFor(path, text)
		if name == "" {
			return
		}
		var value any
		if yaml.Unmarshal(block, &value) != nil {
			return
		}
		if value = plainValue(value); value == nil {
			return
		}
		checked[name]++
		if err := compiled[name].Validate(value); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, pattern := range []string{"../examples/team/*.yaml", "../examples/team/people/*/*.md", "../examples/notes/*.yaml", "../templates/*.yaml", "../examples/*.yaml", "../examples/*/logbooks.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			check(path, text)
		}
	}
	for _, name := range []string{"pulse", "self-assessment", "360"} {
		text, err := os.ReadFile("../templates/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		check("people/rep1/"+name+"-2026-Q3.md", text)
	}
	check("people/rep1/prep-2026-07-06.md", []byte("---\ntype: preparation\nperson: rep1\nsession: 2026-07-06\nasked:\n---\n\n## Focus\n\n- Chats\n"))
	for _, e := range examples(t) {
		for _, f := range e.files {
			if !strings.Contains(e.want, "diagnostics") {
				check(f.name, []byte(f.text))
			}
		}
	}
	for _, name := range []string{"settings.json", "front-session.json", "front-plan.json", "front-preparation.json", "front-assessment.json"} {
		if checked[name] == 0 {
			t.Errorf("nothing was held to %s", name)
		}
	}
	for name, wrong := range map[string]string{
		"settings.json": "cadense: weekly", "logbooks.json": "books: [a]", "front-session.json": "status: hold", "front-plan.json": "set_aside: -1", "front-assessment.json": "kind: quiz", "front-preparation.json": "session: [a]",
	} {
		var value any
		if err := yaml.Unmarshal([]byte(wrong), &value); err != nil || compiled[name].Validate(value) == nil {
			t.Errorf("%s takes %s (%v)", name, wrong, err)
		}
	}
}

// schemaFor is the schema for a file, and its YAML.
func schemaFor(path string, text []byte) (name string, block []byte) {
	switch {
	case filepath.Base(path) == "coachlog.yaml":
		return "settings.json", text
	case filepath.Base(path) == "logbooks.yaml":
		return "logbooks.json", text
	case filepath.Ext(path) != ".md":
		return "", nil
	}
	doc := logparse.Parse(path, text, logparse.Headings{})
	front, _, ok := strings.Cut(strings.TrimPrefix(string(doc.Text), "---\n"), "\n---")
	if !ok || len(doc.Diagnostics) > 0 {
		return "", nil
	}
	return map[logparse.FileKind]string{
		logparse.SessionLog: "front-session.json", logparse.PlanFile: "front-plan.json", logparse.PreparationFile: "front-preparation.json", logparse.AssessmentFile: "front-assessment.json",
	}[doc.Kind], []byte(front)
}

// plainValue is a value as YAML 1.2 has it, for which a day is a text.
func plainValue(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	text = regexp.MustCompile(`"(\d{4}-\d\d-\d\d)T00:00:00Z"`).ReplaceAll(text, []byte(`"$1"`))
	plain, err := validate.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	return plain
}

func compile(t *testing.T, name string, text []byte) *validate.Schema {
	t.Helper()
	value, err := validate.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := validate.NewCompiler()
	if err := compiler.AddResource(name, value); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func mappingSchema(keys logparse.KeyForms, says map[string]string, closed bool) *jsonschema.Schema {
	s := &jsonschema.Schema{Types: []string{"object", "null"}, Properties: make(map[string]*jsonschema.Schema)}
	for _, form := range keys {
		s.Properties[form.Key] = keySchema(form, closed)
		s.Properties[form.Key].Description = says[form.Key]
	}
	if closed {
		s.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
	}
	return s
}

// keySchema is the schema of a key's value. Every key may be empty.
func keySchema(form *logparse.KeyForm, closed bool) *jsonschema.Schema {
	single := []string{"string", "number", "boolean", "null"}
	var s *jsonschema.Schema
	switch form.Kind {
	case logparse.DayKey:
		s = &jsonschema.Schema{Types: []string{"string", "null"}, Examples: []any{"2026-07-06"}}
	case logparse.ClockKey:
		s = &jsonschema.Schema{Types: []string{"string", "null"}, Pattern: `^([01]?\d|2[0-3]):[0-5]\d$`}
	case logparse.ChoiceKey:
		s = &jsonschema.Schema{}
		for _, choice := range form.Choices {
			s.Enum = append(s.Enum, choice)
			var plain any // YAML has 360 as a number, and true as no text
			if err := json.Unmarshal([]byte(choice), &plain); err == nil {
				s.Enum = append(s.Enum, plain)
			}
		}
		s.Enum = append(s.Enum, nil)
	case logparse.WholeKey, logparse.MinutesKey, logparse.PercentKey: // with a unit it is a text
		low, high := float64(form.Low), float64(form.High)
		s = &jsonschema.Schema{Types: []string{"integer", "string", "null"}, Minimum: &low, Maximum: &high}
	case logparse.NumberKey:
		s = &jsonschema.Schema{Types: []string{"number", "string", "null"}}
	case logparse.ListKey:
		s = &jsonschema.Schema{Types: []string{"array", "null"}, Items: &jsonschema.Schema{Types: single}}
		if form.OrText {
			s.Types = append([]string{"array"}, single...)
		}
	case logparse.MappingKey:
		s = mappingSchema(form.Keys, nil, closed && form.Each == nil && form.Keys != nil)
		if form.Each != nil {
			s.AdditionalProperties = keySchema(form.Each, closed)
		}
		if form.OrText {
			s.Types = append([]string{"object"}, single...)
		}
	default:
		s = &jsonschema.Schema{Types: single}
	}
	return s
}

var keyRow = regexp.MustCompile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\| (.*?) \\|")

// keyTables are the tables of keys in format.md, in their order: what each says of each key.
func keyTables(t *testing.T) (tables []map[string]string) {
	text, err := os.ReadFile("format.md")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	for _, part := range strings.Split(string(text), "\n| Key |")[1:] {
		part, _, _ = strings.Cut(part, "\n\n")
		says := make(map[string]string)
		for _, row := range keyRow.FindAllStringSubmatch(part, -1) {
			for _, key := range strings.Split(row[1], ", ") {
				says[strings.Trim(key, "`")] = links.ReplaceAllString(row[2], "$1")
			}
		}
		tables = append(tables, says)
	}
	for _, s := range keySchemas {
		for _, form := range s.keys {
			if s.table >= 0 && tables[s.table][form.Key] == "" && !slices.Contains([]string{"type", "carried_out"}, form.Key) {
				t.Errorf("format.md doesn't say what `%s` is in %s", form.Key, s.title)
			}
		}
	}
	return tables
}
