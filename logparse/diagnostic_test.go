package logparse_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

var update = flag.Bool("update", false, "write the .out files of testdata/err anew")

// TestDiagnostics reads each file of testdata/err and compares what the parser
// says of it with the .out file beside it.
func TestDiagnostics(t *testing.T) {
	seen := make(map[string]bool)
	for _, file := range inputs(t, "err") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc := parseFile(t, file)
			if len(doc.Diagnostics) == 0 {
				t.Error("no diagnostic")
			}
			for _, d := range doc.Diagnostics {
				seen[d.Code] = true
			}
			got := written(doc)
			out := strings.TrimSuffix(file, filepath.Ext(file)) + ".out"
			if *update {
				if err := os.WriteFile(out, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	for _, kind := range logparse.Diagnostics {
		if !seen[kind.Code] && !t.Failed() {
			t.Errorf("no file of testdata/err shows %s", kind.Code)
		}
	}
}

// TestSilent reads each file of testdata/ok, of which the parser says nothing.
func TestSilent(t *testing.T) {
	for _, file := range inputs(t, "ok") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc := parseFile(t, file)
			if got := written(doc); got != "" {
				t.Errorf("got:\n%s", got)
			}
			if doc.Kind != logparse.OtherFile && doc.Broken() {
				t.Error("the file counts as broken")
			}
		})
	}
}

func TestCatalogue(t *testing.T) {
	seen := make(map[string]bool)
	for _, kind := range logparse.Diagnostics {
		if seen[kind.Code] {
			t.Errorf("%s stands twice", kind.Code)
		}
		seen[kind.Code] = true
		if kind.Title == "" || kind.Why == "" || kind.Severity == logparse.Off {
			t.Errorf("%s lacks a title, a reason or a severity", kind.Code)
		}
	}
}

func inputs(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	for _, ext := range []string{"md", "yaml", "csv"} {
		found, err := filepath.Glob(filepath.Join("testdata", dir, "*."+ext))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Fatalf("testdata/%s holds no files", dir)
	}
	return files
}

// logbookPaths says by the start of a file's name where the file would lie in a
// logbook; the first that fits counts.
var logbookPaths = []struct{ prefix, path string }{
	{"copy-", "people/rep1/2026-07-06 (1).md"},
	{"session-undated-", "people/rep1/draft.md"},
	{"session-misdated-", "people/rep1/2026-02-30.md"},
	{"session-", "people/rep1/2026-07-06.md"},
	{"plan-", "people/rep1/plan.md"},
	{"assessment-", "people/rep1/pulse-2026-Q3.md"},
	{"settings-", "coachlog.yaml"},
	{"metrics-", "metrics/july.csv"},
	{"other-", "people/rep1/README.md"},
}

func parseFile(t *testing.T, file string) *logparse.Document {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(filepath.Base(file), "assessment-dateless") {
		return parseAt("people/rep1/view.md", text)
	}
	for _, p := range logbookPaths {
		if strings.HasPrefix(filepath.Base(file), p.prefix) {
			return parseAt(p.path, text)
		}
	}
	t.Fatalf("the name of %s doesn't say what it is", file)
	return nil
}

func parseAt(path string, text []byte) (doc *logparse.Document) {
	switch filepath.Ext(path) {
	case ".yaml":
		_, doc = logparse.ParseSettings(path, text)
	case ".csv":
		_, doc = logparse.ParseMetrics(path, text)
	default:
		doc = logparse.Parse(path, text, logparse.Headings{})
	}
	return doc
}

// written is a document's diagnostics as the .out files have them.
func written(doc *logparse.Document) string {
	var out strings.Builder
	for _, d := range doc.Diagnostics {
		at := doc.Position(d.Span.Start)
		fmt.Fprintf(&out, "%d:%d: %s: %s [%s]\n  %s\n", at.Line, at.Column, d.Severity, d.Message, d.Code, d.Remedy)
	}
	return out.String()
}
