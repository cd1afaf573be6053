// Package docs_test keeps the documents true.
package docs_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

var update = flag.Bool("update", false, "write examples/conformance anew")

const conformance = "../examples/conformance"

// An example is one numbered example of format.md.
type example struct {
	name  string // as in "07-the-same-by-text"
	files []file
	want  string // JSON
}

type file struct{ name, text string }

var exampleParts = regexp.MustCompile("(?ms)^#### Example (\\d+): (.*?)$|^```(\\w+)(?: (\\S+))?\n(.*?)^```$")

func examples(t *testing.T) []*example {
	text, err := os.ReadFile("format.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []*example
	for _, m := range exampleParts.FindAllStringSubmatch(string(text), -1) {
		switch {
		case m[1] != "":
			all = append(all, &example{name: fmt.Sprintf("%02s-%s", m[1], slug(m[2]))})
			if want := fmt.Sprint(len(all)); m[1] != want {
				t.Fatalf("example %s stands where %s is expected", m[1], want)
			}
		case m[3] == "json":
			all[len(all)-1].want = m[5]
		case m[4] != "":
			last := all[len(all)-1]
			last.files = append(last.files, file{m[4], m[5]})
		}
	}
	return all
}

func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words[:min(5, len(words))], "-")
}

// meaning is what coachlog finds in an example's files.
func meaning(files []file) *report.Meaning {
	settings := &logparse.Settings{}
	var docs []*logparse.Document
	var observations []plan.Observation
	for _, f := range files {
		if f.name == "coachlog.yaml" {
			settings, _ = logparse.ParseSettings(f.name, []byte(f.text))
		}
	}
	for _, f := range files {
		switch filepath.Ext(f.name) {
		case ".md":
			docs = append(docs, logparse.Parse(f.name, []byte(f.text), settings.Headings))
		case ".csv":
			rows, _ := logparse.ParseMetrics(f.name, []byte(f.text))
			observations = append(observations, plan.ObservationsOf(f.name, rows)...)
		}
	}
	return report.NewMeaning(plan.New(settings, docs, observations))
}

// TestFormatExamples holds every example of the specification against the code,
// and examples/conformance against both.
func TestFormatExamples(t *testing.T) {
	if *update {
		if err := os.RemoveAll(conformance); err != nil {
			t.Fatal(err)
		}
	}
	all := examples(t)
	if len(all) < 20 {
		t.Fatalf("found %d examples in format.md", len(all))
	}
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			var full bytes.Buffer
			if err := report.Write(&full, meaning(e.files), report.Output{Format: "json"}); err != nil {
				t.Fatal(err)
			}
			var want, got any
			if err := json.Unmarshal([]byte(e.want), &want); err != nil {
				t.Fatalf("the example's JSON can't be read: %v", err)
			}
			if err := json.Unmarshal(full.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			for _, difference := range differences("", want, got) {
				t.Error(difference)
			}
			if t.Failed() {
				t.Logf("the whole meaning:\n%s", full.String())
			}
			e.compareFiles(t, full.String())
		})
	}
}

// differences lists what want asks for and got doesn't have: every key of an
// object, every element of a list.
func differences(path string, want, got any) []string {
	var out []string
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: want an object, got %v", path, got)}
		}
		for key, value := range want {
			out = append(out, differences(path+"."+key, value, object[key])...)
		}
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return []string{fmt.Sprintf("%s: want %d elements, got %v", path, len(want), got)}
		}
		for i := range want {
			out = append(out, differences(fmt.Sprintf("%s[%d]", path, i), want[i], list[i])...)
		}
	default:
		if want != got {
			out = append(out, fmt.Sprintf("%s: want %v, got %v", path, want, got))
		}
	}
	return out
}

// compareFiles holds the generated copy of an example against it.
func (e *example) compareFiles(t *testing.T, full string) {
	for _, f := range append(e.files, file{"meaning.json", full}) {
		name := filepath.Join(conformance, e.name, filepath.FromSlash(f.name))
		if *update {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(f.text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil || string(text) != f.text {
			t.Errorf("%s is not what format.md says; go test ./docs -update writes it anew (%v)", name, err)
		}
	}
}
