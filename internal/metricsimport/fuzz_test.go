package metricsimport

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// FuzzRead reads any bytes by several imports: it never stops, takes nothing
// where there are problems, and what it takes is possible, sorted, and lasts.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/foreign/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	settings := settingsOf(f, []byte(`
imports:
  a: {person: Agent, date: Date, metrics: {aht: AHT, csat: CSAT}}
  b: {person: Agent, date: Date, every: week, repeats: once, metrics: {aht: {from: AHT, unit: s, aggregate: mean}}}
  c: {person: Agent, date: Interval Start, blank: "0", metrics: {aht: {from: AHT, unit: s, weight: Calls Handled}}}
  d: {person: Email, date: Week Ending, metric: KPI, value: Value, corrections: last, time_zone: Asia/Tokyo, metrics: {aht: {from: Avg Handle Time, unit: m:ss, aggregate: median}, csat: Satisfaction}}
`))
	people := NewPeople(plan.NewRoster(settings, nil).Known)
	measures := make(map[string]measure)
	for _, m := range settings.Metrics {
		measures[m.Key] = measureOf(m)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		file, problem := Open("export.csv", raw)
		if problem != nil {
			checkProblems(t, []Problem{*problem})
			return
		}
		if l, problem := List(file, "x", people); problem != nil {
			checkProblems(t, []Problem{*problem})
		} else if read, doc := logparse.ParseSettings("coachlog.yaml", []byte(l.YAML)); len(read.Imports) != 1 || slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code != "import-incomplete" }) {
			t.Fatalf("the mapping can't be read: %+v\n%s", doc.Diagnostics, l.YAML)
		}
		for i := range settings.Imports {
			in := &settings.Imports[i]
			r := Read(file, in, settings, people, Options{Today: today, SkipUnknown: i%2 == 1, Zone: zone(t, in.TimeZone), Logbook: zone(t, settings.TimeZone)})
			checkProblems(t, r.Problems)
			if len(r.Problems) > 0 && len(r.Observations) > 0 {
				t.Fatal("there are values beside problems")
			}
			for _, o := range r.Observations {
				if !measures[o.Metric].holds(o.Value) || math.IsNaN(o.Value) || o.Date.Before(earliest) || today.AddDays(1).Before(o.Date) || o.Line < 2 {
					t.Fatalf("%+v can't be", o)
				}
			}
			checkLasting(t, r)
		}
		if !bytes.Equal(raw, before) {
			t.Fatal("the input was changed")
		}
	})
}

func checkProblems(t *testing.T, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		if p.Message == "" || p.Remedy == "" || p.Path == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 {
			t.Fatalf("%+v lacks something", p)
		}
	}
}

// checkLasting writes a result and imports it again: it is there already.
func checkLasting(t *testing.T, r *Result) {
	t.Helper()
	same := func(id string) string { return id }
	first := Merge(r, nil, same, false)
	if len(first.Problems) > 0 || len(first.Changes) != len(r.Observations) {
		t.Fatalf("%d of %d values are new: %+v", len(first.Changes), len(r.Observations), first.Problems)
	}
	var kept []Kept
	for _, u := range first.Updates {
		kept = append(kept, keep(u.Path, string(u.New)))
	}
	if again := Merge(r, kept, same, false); len(again.Problems) > 0 || len(again.Changes) > 0 || again.Unchanged != len(r.Observations) {
		t.Fatalf("imported again: %+v", again)
	}
}
