package report

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// values are somebody's, by metric.
type values = map[string][]plan.ValueFact

// addMetrics tells the metrics of those who share them.
func (g *group) addMetrics(t *Team, sharing []*plan.Facts) {
	of, earlier, keys := make(map[*plan.Facts]values), make(map[*plan.Facts]values), make(map[string]bool)
	for _, f := range sharing {
		of[f], earlier[f] = f.ByMetric(), g.earlier(f).ByMetric()
		for key := range of[f] {
			keys[key] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		m := TeamMetric{MetricName: metricName(g.now.Roster, key)}
		last, people := g.lastValues(sharing, inPeriod, key, of)
		if len(last) < plan.SmallGroup {
			continue
		}
		m.People, m.Median = len(last), plan.Median(last)
		if then, _ := g.lastValues(sharing, inBefore, key, earlier); len(then) >= plan.SmallGroup {
			m.Before = new(plan.Median(then))
		}
		trends := make([]int, len(plan.Trends))
		for _, f := range people {
			trends[slices.Index(plan.Trends, plan.CourseOf(of[f][key], g.period.From.AddDays(-1), m.Direction).Trend)]++
		}
		tellApart(plan.Trends, trends, func(trend plan.Trend, people int) { m.Trends = append(m.Trends, TrendPeople{trend, people}) })
		t.Metrics = append(t.Metrics, m)
	}
}

// lastValues are people's last values of one metric in a period, and whose they are.
func (g *group) lastValues(sharing []*plan.Facts, when int, key string, of map[*plan.Facts]values) (last []float64, people []*plan.Facts) {
	period := [2]plan.Period{g.period, g.before}[when]
	told := func(f *plan.Facts) []plan.ValueFact { return period.Values(of[f][key]) }
	people = g.counted(sharing, when, []plan.Part{plan.PartMetrics}, func(f *plan.Facts) bool { return len(told(f)) > 0 })
	if g.withholds(when, plan.PartMetrics) {
		return nil, nil
	}
	return each(people, func(f *plan.Facts) float64 { return told(f)[len(told(f))-1].Value }), people
}
