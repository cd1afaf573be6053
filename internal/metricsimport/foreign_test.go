package metricsimport

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var update = flag.Bool("update", false, "write the .want files of testdata/foreign anew")

var today = logparse.Date{Year: 2026, Month: time.January, Day: 31}

// settingsOf are those of testdata/logbook.yaml with more below.
func settingsOf(t testing.TB, more []byte) *logparse.Settings {
	t.Helper()
	text, err := os.ReadFile("testdata/logbook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	settings, doc := logparse.ParseSettings("coachlog.yaml", append(text, more...))
	for _, d := range doc.Diagnostics {
		t.Fatalf("line %d of the settings: %s; %s", doc.Position(d.Span.Start).Line, d.Message, d.Remedy)
	}
	return settings
}

func zone(t testing.TB, name logparse.Value[string]) *time.Location {
	t.Helper()
	if !name.Set || name.V == logparse.AsWritten {
		return nil
	}
	z, err := time.LoadLocation(name.V)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// readForeign reads an export as the command does.
func readForeign(t testing.TB, name string, raw []byte, settings *logparse.Settings) *Result {
	t.Helper()
	f, problem := Open(name, raw)
	if problem != nil {
		return &Result{Problems: []Problem{*problem}}
	}
	people := NewPeople(plan.NewRoster(settings, nil).Known)
	in := &settings.Imports[0]
	return Read(f, in, settings, people, Options{Today: today, Zone: zone(t, in.TimeZone), Logbook: zone(t, settings.TimeZone)})
}

// written is a result as the .want files have it.
func written(r *Result) string {
	var out strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&out, "%s:%d:%d: %q\n  %q\n", p.Path, p.Line, p.Column, p.Message, p.Remedy)
		if p.More > 0 {
			fmt.Fprintf(&out, "  and %d more\n", p.More)
		}
	}
	for _, o := range r.Observations {
		fmt.Fprintf(&out, "%s,%s,%s,%s\n", o.Date, o.Person, o.Metric, logparse.FormatNumber(o.Value))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&out, "(%s)\n", note)
	}
	return strings.ReplaceAll(out.String(), `\"`, `"`)
}

// TestForeign reads exports as they come from real systems. What ok-* files say
// is known for certain, and their values are right; what no-* files say isn't,
// and nothing of them is taken.
func TestForeign(t *testing.T) {
	files, err := filepath.Glob("testdata/foreign/*.csv")
	if err != nil || len(files) < 25 {
		t.Fatalf("there are %d files (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			imports, err := os.ReadFile(strings.TrimSuffix(file, ".csv") + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			r := readForeign(t, name+".csv", raw, settingsOf(t, imports))
			if ok := strings.HasPrefix(name, "ok-"); ok != (len(r.Problems) == 0) || ok != (len(r.Observations) > 0) {
				t.Errorf("there are %d problems and %d values", len(r.Problems), len(r.Observations))
			}
			got, want := written(r), strings.TrimSuffix(file, ".csv")+".want"
			if *update {
				if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			text, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(text), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
