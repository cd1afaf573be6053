package logparse

import (
	"bytes"
	"strings"
	"testing"
)

const someImport = "  person: Agent\n  metrics:\n    aht: AHT\n"

func TestAddImport(t *testing.T) {
	const catalogue = "metrics: {aht: {unit: s}}\n"
	for _, tt := range []struct{ name, before, after string }{
		{"no imports yet", catalogue, catalogue + "\n# How the exports of other systems are read: coachlog metrics import --help\nimports:\n  x:\n    person: Agent\n    metrics:\n      aht: AHT\n"},
		{"no line end", catalogue + "name: T", catalogue + "name: T\n\n# How the exports of other systems are read: coachlog metrics import --help\nimports:\n  x:\n    person: Agent\n    metrics:\n      aht: AHT\n"},
		{"braces", "imports: {}  # none\n" + catalogue, "imports:\n  x:\n    person: Agent\n    metrics:\n      aht: AHT  # none\n" + catalogue},
		{"nothing behind the colon", "imports:   # of others\n" + catalogue, "imports:   # of others\n  x:\n    person: Agent\n    metrics:\n      aht: AHT\n" + catalogue},
		{"nothing behind the colon, at the end", catalogue + "imports:", catalogue + "imports:\n  x:\n    person: Agent\n    metrics:\n      aht: AHT\n"},
		{"another import", catalogue + "imports:\n    # first\n    y: {person: A, metrics: {aht: B}}\n", catalogue + "imports:\n    x:\n      person: Agent\n      metrics:\n        aht: AHT\n    # first\n    y: {person: A, metrics: {aht: B}}\n"},
		{"CRLF", "metrics: {aht: {unit: s}}\r\nimports:\r\n", "metrics: {aht: {unit: s}}\r\nimports:\r\n  x:\r\n    person: Agent\r\n    metrics:\r\n      aht: AHT\r\n"},
		{"its name is taken", catalogue + "imports:\n  x: {person: A, metrics: {aht: B}}\n", ""},
		{"in braces", catalogue + "imports: {y: {person: A, metrics: {aht: B}}}\n", ""},
		{"a metric that is none", "name: T\n", ""},
		{"not YAML", "name: [\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, doc := ParseSettings("coachlog.yaml", []byte(tt.before))
			after, err := doc.AddImport("x", someImport)
			if (err != nil) != (tt.after == "") || string(after) != tt.after {
				t.Errorf("%v\n%s", err, after)
			}
		})
	}
}

// FuzzAddImport adds an import to any settings: what comes out is what was there,
// and the import.
func FuzzAddImport(f *testing.F) {
	addSeeds(f, ".yaml")
	f.Add([]byte("metrics: {aht: {}}\nimports: {}"))
	f.Add([]byte("metrics: {aht: {}}\nimports:\n\n\n  y:\n    person: A"))
	f.Fuzz(func(t *testing.T, text []byte) {
		before, doc := ParseSettings("coachlog.yaml", text)
		after, err := doc.AddImport("x", someImport)
		if err != nil {
			return
		}
		settings, read := ParseSettings("coachlog.yaml", after)
		if len(settings.Imports) != len(before.Imports)+1 || len(read.Diagnostics) > len(doc.Diagnostics) || len(settings.Metrics) != len(before.Metrics) || len(settings.People) != len(before.People) {
			t.Fatalf("%q became %q", text, after)
		}
		prefix := 0
		for prefix < len(text) && text[prefix] == after[prefix] {
			prefix++
		}
		kept := strings.TrimLeft(string(text[prefix:]), " {}\r\n")
		if !bytes.HasSuffix(after, []byte(kept)) {
			t.Fatalf("%q became %q", text, after)
		}
	})
}
