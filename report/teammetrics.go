package report

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// addMetrics tells the metrics of those who share them.
func (g *group) addMetrics(t *Team, sharing []*plan.Facts) {
	of := make(map[string]map[*plan.Facts][]plan.ValueFact) // by metric and person
	earlier := make(map[string]map[*plan.Facts][]plan.ValueFact)
	note := func(to map[string]map[*plan.Facts][]plan.ValueFact, f *plan.Facts, all map[string][]plan.ValueFact) {
		for key, values := range all {
			if to[key] == nil {
				to[key] = make(map[*plan.Facts][]plan.ValueFact)
			}
			to[key][f] = values
		}
	}
	for _, f := range sharing {
		note(of, f, f.ByMetric())
		note(earlier, f, g.earlier(f).ByMetric())
	}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		m := TeamMetric{MetricName: metricName(g.now.Roster, key)}
		last, people := g.lastValues(sharing, inPeriod, of[key])
		if len(last) < plan.SmallGroup {
			continue
		}
		m.People, m.Median = len(last), plan.Median(last)
		if then, _ := g.lastValues(sharing, inBefore, earlier[key]); len(then) >= plan.SmallGroup {
			middle := plan.Median(then)
			m.Before = &middle
		}
		trends := make([]int, len(plan.Trends))
		for _, f := range people {
			trends[slices.Index(plan.Trends, plan.CourseOf(of[key][f], g.period.From.AddDays(-1), m.Direction).Trend)]++
		}
		tellApart(plan.Trends, trends, func(trend plan.Trend, people int) { m.Trends = append(m.Trends, TrendPeople{trend, people}) })
		t.Metrics = append(t.Metrics, m)
	}
}

// lastValues are people's last values of one metric in a period, and whose they are.
func (g *group) lastValues(sharing []*plan.Facts, when int, of map[*plan.Facts][]plan.ValueFact) (last []float64, people []*plan.Facts) {
	period := [2]plan.Period{g.period, g.before}[when]
	for _, f := range g.countable(sharing, when, []plan.Part{plan.PartMetrics}, func(f *plan.Facts) bool { return len(period.Values(of[f])) > 0 }) {
		if values := period.Values(of[f]); len(values) > 0 {
			last, people = append(last, values[len(values)-1].Value), append(people, f)
		}
	}
	if g.withholds(when, plan.PartMetrics) {
		return nil, nil
	}
	return last, people
}
