package docs_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	validate "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// schemas are the models of reports, by the file in schema/ that describes each.
var schemas = map[string]reflect.Type{
	"person.json": reflect.TypeFor[report.Person](),
	"coach.json":  reflect.TypeFor[report.Coach](),
	"team.json":   reflect.TypeFor[report.Team](),
}

// words are the types of which only some words are values.
func words[T ~string](values ...T) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, v := range values {
		s.Enum = append(s.Enum, string(v))
	}
	return s
}

// rate is how a rate is written: with its percent, where there is one.
var rate, _ = jsonschema.For[struct {
	plan.Rate
	Percent *int `json:"percent,omitempty"`
}](nil)

var wordTypes = map[reflect.Type]*jsonschema.Schema{
	reflect.TypeFor[logparse.Date]():     {Type: "string", Pattern: `^(\d{4}-\d{2}-\d{2})?$`},
	reflect.TypeFor[plan.Rate]():         rate,
	reflect.TypeFor[logparse.State]():    {Type: "string"},
	reflect.TypeFor[logparse.Status]():   words(logparse.Statuses...),
	reflect.TypeFor[plan.Outcome]():      words(plan.Worked, plan.FellShort, plan.AnotherWay, plan.FollowThrough, report.GoalRunning, report.GoalWaits, report.GoalReached, report.GoalNotReached, plan.Outcome(plan.EndDropped), plan.Outcome(plan.EndLongTerm)),
	reflect.TypeFor[plan.Result]():       words(plan.Open, plan.Done, plan.Partly, plan.NotDone, plan.Blocked, plan.Dropped, plan.NotTalked, plan.Ended),
	reflect.TypeFor[plan.Movement]():     words("", plan.Up, plan.Down),
	reflect.TypeFor[plan.Trend]():        words(append([]plan.Trend{""}, plan.Trends...)...),
	reflect.TypeFor[plan.SkillLevel]():   words(plan.NotStarted, plan.Practising, plan.Mastered, plan.LeftAside),
	reflect.TypeFor[plan.Part]():         words(plan.Parts...),
	reflect.TypeFor[plan.Horizon]():      words(plan.ShortTerm, plan.MidTerm),
	reflect.TypeFor[logparse.Severity](): words(logparse.Off.String(), logparse.Info.String(), logparse.Warning.String(), logparse.Error.String()),
	reflect.TypeFor[plan.Standing]():     words(append([]plan.Standing{""}, plan.Standings...)...),
}

// TestSchemas holds the schemas to the models, and what the tests write of every kind
// to the schemas, by somebody else's validator.
func TestSchemas(t *testing.T) {
	comments := fieldComments(t, "../report", "../plan")
	compiled := make(map[string]*validate.Schema)
	for name, model := range schemas {
		compiled[name] = modelSchema(t, name, "coachlog report, "+strings.TrimSuffix(name, ".json"), model, comments)
	}
	outputs, checked := exampleReports(t), 0
	for command, name := range map[string]string{
		"report PERSON": "person.json", "report --coach COACH": "coach.json", "report --team": "team.json", "report --logbook": "team.json",
	} {
		if err := compiled[name].Validate(outputs[command]); err != nil {
			t.Errorf("%s: %v", command, err)
		}
		checked++
	}
	if err := compiled["person.json"].Validate(map[string]any{"schema": "two"}); err == nil || checked != 4 {
		t.Error("the schema takes anything")
	}
}

// modelSchema writes the schema of a model, and is the same schema without room for new keys.
func modelSchema(t *testing.T, name, title string, model reflect.Type, comments map[string]string) *validate.Schema {
	t.Helper()
	closed, err := jsonschema.ForType(model, &jsonschema.ForOptions{TypeSchemas: wordTypes})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(closed)
	if err != nil {
		t.Fatal(err)
	}
	compiled := compile(t, name, text)
	describe(closed, model, comments)
	closed.Schema, closed.Title = "https://json-schema.org/draft/2020-12/schema", title
	if text, err = json.MarshalIndent(closed, "", "  "); err != nil {
		t.Fatal(err)
	}
	generated(t, filepath.Join("schema", name), string(text)+"\n")
	return compiled
}

// describe adds the comments of a model's fields, and leaves room for new keys.
func describe(s *jsonschema.Schema, model reflect.Type, comments map[string]string) {
	for model.Kind() == reflect.Pointer || model.Kind() == reflect.Slice || model.Kind() == reflect.Map {
		if model.Kind() == reflect.Slice && s.Items != nil {
			s = s.Items
		} else if model.Kind() == reflect.Map && s.AdditionalProperties != nil {
			s = s.AdditionalProperties
		}
		model = model.Elem()
	}
	if model.Kind() != reflect.Struct || s.Properties == nil {
		return
	}
	s.AdditionalProperties = nil
	for _, f := range reflect.VisibleFields(model) {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		property := s.Properties[key]
		if f.Anonymous || property == nil {
			continue
		}
		owner := model
		for _, i := range f.Index[:len(f.Index)-1] {
			owner = owner.Field(i).Type
		}
		property.Description = comments[owner.Name()+"."+f.Name]
		describe(property, f.Type, comments)
	}
}

// fieldComments are the comments behind the fields of every struct, by TYPE.FIELD.
func fieldComments(t *testing.T, folders ...string) map[string]string {
	comments := make(map[string]string)
	for _, folder := range folders {
		files, err := fs.Glob(os.DirFS(folder), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(comments, commentsIn(file))
		}
	}
	return comments
}

func commentsIn(file *ast.File) map[string]string {
	comments := make(map[string]string)
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if fields, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range fields.Fields.List {
				for _, name := range f.Names {
					comments[spec.Name.Name+"."+name.Name] = strings.TrimSpace(f.Comment.Text())
				}
			}
		}
		return true
	})
	return comments
}
