package rules

import (
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// How many values a goal takes, and how long it is to be where values come monthly.
const (
	fewestValues  = 3
	monthlyGap    = 25
	monthlyLength = 56
)

var metricSeldom = &Rule{
	ID: "metric-seldom", Title: "A goal's metric comes often enough to say something",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{11, 36},
	Why:  "A goal is checked by the median of several days. Where one or two values are all that comes until its date, a single day decides.",
	Bad:  "metric:aht<=390 due:2026-07-20     # agreed on 13 July, with a value a week",
	Good: "metric:aht<=390 due:2026-08-10     # with a value a week",
	find: func(f *finder) {
		for _, g := range running(f.person, plan.ShortTerm) {
			if !g.Target.Set || g.Due.IsZero() || !f.today.Before(g.Due) {
				continue
			}
			metric, values := g.Target.V.Metric, f.person.Observations(g.Target.V.Metric)
			gap, length := usualGap(values), g.Stated[0].Log.Date.DaysUntil(g.Due)
			switch {
			case len(values) == 0:
				f.at(f.goalSpan(g), "there is no value of %s for %s yet, so on %s nobody could say whether %q is reached", metric, f.person.Name, on(g.Due), g.Text).
					todo("write the values into the sessions' logs, or import them: coachlog metrics import")
			case gap >= monthlyGap && length < monthlyLength, gap > 0 && gap < monthlyGap && length/gap < fewestValues:
				f.at(f.goalSpan(g), "%s comes every %d days, and %q has %s, so one or two values would decide", metric, gap, g.Text, sentence.Count(length, "day")).
					todo("give it a later date, or a milestone that both would see")
			}
		}
	},
}

// usualGap is the median number of days between values; 0 where there are too few to say.
func usualGap(values []plan.Observation) int {
	if len(values) < fewestValues {
		return 0
	}
	var gaps []float64
	for i, o := range values[1:] {
		gaps = append(gaps, float64(values[i].Date.DaysUntil(o.Date)))
	}
	return int(plan.Median(gaps))
}
