package metricsimport

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

func keep(path, text string) Kept {
	rows, doc := logparse.ParseMetrics(path, []byte(text))
	return Kept{doc, rows}
}

// observed reads date,person,metric,value lines.
func observed(t *testing.T, lines string) []Observation {
	t.Helper()
	var out []Observation
	for _, row := range keep("x.csv", "date,person,metric,value\n"+lines).Rows {
		out = append(out, Observation{Date: row.Date, Person: row.Person, Metric: row.Metric, Value: row.Value, Line: row.Line})
	}
	return out
}

func TestMerge(t *testing.T) {
	const head = "date,person,metric,value\n"
	renamed := func(id string) string { return strings.Replace(id, "rep1", "priya", 1) }
	for _, tt := range []struct {
		name     string
		observed string
		every    period
		first    string // the first day of the export, where it matters
		partial  bool
		kept     map[string]string
		want     map[string]string // the new texts
		problem  string            // the place and the start of the message
	}{
		{name: "a new file a year, sorted", observed: "2025-12-31,tom,aht,401\n2025-12-31,priya,aht,398\n2026-01-01,priya,aht,397.5\n",
			want: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-31,priya,aht,398\n2025-12-31,tom,aht,401\n", "metrics/wfm-2026.csv": head + "2026-01-01,priya,aht,397.5\n"}},
		{name: "added, changed, unchanged and vanished", observed: "2025-12-06,priya,aht,398\n2025-12-06,tom,aht,405\n2025-12-07,tom,aht,400\n",
			kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-05,tom,aht,390\n2025-12-06,priya,aht,398.0\n2025-12-06,tom,aht,401\n"},
			want: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-05,tom,aht,390\n2025-12-06,priya,aht,398.0\n2025-12-06,tom,aht,405\n2025-12-07,tom,aht,400\n"}},
		{name: "nothing new", observed: "2025-12-06,priya,aht,398\n", kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-06,priya,aht,398\n"}},
		{name: "the same value in another file", observed: "2025-12-06,priya,aht,398\n", kept: map[string]string{"metrics/hand.csv": head + "2025-12-06,priya,aht,398\n"}},
		{name: "another value in another file", observed: "2025-12-06,priya,aht,398\n2025-12-07,priya,aht,1\n", kept: map[string]string{"metrics/hand.csv": head + "2025-12-05,tom,aht,1\n2025-12-06,priya,aht,399\n"},
			problem: "metrics/hand.csv:3:1: priya has 399 of aht on 2025-12-06 here, and 398 in the export"},
		{name: "a renamed person", observed: "2025-12-06,priya,aht,398\n2025-12-07,priya,aht,399\n", kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-06,rep1,aht,398\n2025-12-07,rep1,aht,400\n"},
			want: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-06,rep1,aht,398\n2025-12-07,priya,aht,399\n"}},
		{name: "line ends and byte-order mark", observed: "2025-12-06,tom,aht,398\n", kept: map[string]string{"metrics/wfm-2025.csv": "\ufeffDate,Person,Metric,Value\r\n2025-12-06,priya,aht,398\r\n"},
			want: map[string]string{"metrics/wfm-2025.csv": "\ufeffDate,Person,Metric,Value\r\n2025-12-06,priya,aht,398\r\n2025-12-06,tom,aht,398\r\n"}},
		{name: "a broken file of its own", observed: "2025-12-06,tom,aht,398\n", kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-06,priya,aht,a lot\n"},
			problem: `metrics/wfm-2025.csv:2:22: "a lot" is not a plain number`},
		{name: "a part of a week, new", observed: "2025-12-07,tom,aht,398\n", every: week, first: "2025-12-03",
			want: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-07,tom,aht,398\n"}},
		{name: "a part of a week, for another value", observed: "2025-12-07,tom,aht,398\n", every: week, first: "2025-12-03", kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-07,tom,aht,402\n"},
			problem: "metrics/wfm-2025.csv:2:1: tom has 402 of aht here for the week to 2025-12-07, of which the export only has a part (2025-12-03 to 2025-12-31)"},
		{name: "a part of a week, as asked", observed: "2025-12-07,tom,aht,398\n", every: week, first: "2025-12-03", partial: true, kept: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-07,tom,aht,402\n"},
			want: map[string]string{"metrics/wfm-2025.csv": head + "2025-12-07,tom,aht,398\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := &Result{Import: "wfm", Observations: observed(t, tt.observed), every: day, first: today, last: logparse.Date{Year: 2025, Month: 12, Day: 31}}
			if tt.every != "" {
				res.every = tt.every
				first, err := logparse.ParseDate(tt.first)
				if err != nil {
					t.Fatal(err)
				}
				res.first = first
			}
			var kept []Kept
			for path, text := range tt.kept {
				kept = append(kept, keep(path, text))
			}
			m := Merge(res, kept, renamed, tt.partial)
			got := make(map[string]string)
			for _, u := range m.Updates {
				got[u.Path] = string(u.New)
				if string(u.Old) != tt.kept[u.Path] {
					t.Errorf("the old text of %s is %q", u.Path, u.Old)
				}
			}
			if tt.want == nil {
				tt.want = map[string]string{}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			problem := ""
			for _, p := range m.Problems {
				problem += strings.TrimSuffix(written(&Result{Problems: []Problem{p}}), "\n")
			}
			problem = strings.ReplaceAll(problem, `: "`, `: `)
			if (problem == "") != (tt.problem == "") || !strings.HasPrefix(strings.ReplaceAll(problem, `""`, `"`), tt.problem) {
				t.Errorf("the problem is %s", problem)
			}
		})
	}
}
