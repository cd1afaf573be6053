package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// measured gives some goals of a history a target, and generates values for it.
func measured(t *rapid.T, logs []log) []plan.Observation {
	for i := range logs {
		for _, line := range strings.Split(logs[i].body, "\n") {
			if strings.HasPrefix(line, "S ") && rapid.Bool().Draw(t, "measured") {
				logs[i].body = strings.Replace(logs[i].body, line+"\n", line+" metric:aht<=400\n", 1)
			}
		}
	}
	var values []plan.Observation
	start := logparse.Date{Year: 2026, Month: 7, Day: 1}
	for range rapid.IntRange(0, 4).Draw(t, "values") {
		day := start.AddDays(rapid.IntRange(0, 70).Draw(t, "day"))
		values = append(values, plan.Observation{Person: "rep1", Metric: "aht", Date: day, Value: float64(rapid.IntRange(390, 410).Draw(t, "value")), Path: "metrics/a.csv"})
	}
	return values
}

// What stood at the end of a day is the same, whether all is judged and seen as of
// that day, or only what there was by then.
func TestAsOf(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		values := measured(r, logs)
		all := plan.New(known, docsOf(t, logs), values)
		day := logparse.Date{Year: 2026, Month: 7, Day: 1}.AddDays(rapid.IntRange(0, 70).Draw(r, "day"))
		by := plan.New(known, docsOf(t, slices.DeleteFunc(logs, func(l log) bool { return l.date > day.String() })),
			slices.DeleteFunc(values, func(o plan.Observation) bool { return day.Before(o.Date) }))
		seen, want := all.Everybody().Facts("rep1").AsOf(day), by.Everybody().Facts("rep1")
		for _, f := range []*plan.Facts{seen, want} {
			f.Named = nil // who is named later has no figures then
			for i := range f.Goals {
				f.Goals[i].Running = nil // of now only
			}
			for i := range f.Agreements {
				f.Agreements[i].Asks = nil
			}
		}
		if diff := cmp.Diff(want, seen, cmpopts.EquateEmpty()); diff != "" {
			r.Fatal(diff)
		}
	})
}
