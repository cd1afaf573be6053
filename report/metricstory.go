package report

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// A MetricStory is one metric of one person: the last values, and what running goals want
// of it.
type MetricStory struct {
	Metric  logparse.Metric
	Values  []plan.Observation // the last ones, by date
	Targets []*plan.Goal
}

// mostValues is how many values a story tells.
const mostValues = 12

// NewMetricStory tells of a metric, also of one that the catalogue doesn't have. p is nil where
// it is about nobody.
func NewMetricStory(r *plan.Roster, p *plan.Person, key string) *MetricStory {
	s := &MetricStory{}
	if s.Metric, _ = r.Metric(key); s.Metric.Key == "" {
		s.Metric.Key = key
	}
	if p == nil {
		return s
	}
	values := p.Observations(key)
	s.Values = values[max(0, len(values)-mostValues):]
	s.Targets = where(p.Goals, func(g *plan.Goal) bool { return g.Running() && g.Target.Set && g.Target.V.Metric == key })
	return s
}

// Page tells the story.
func (s *MetricStory) Page() *page.Page {
	m := s.Metric
	out := &page.Page{Title: cmp.Or(m.Name.V, m.Key)}
	direction := only(m.Direction.Set && m.Direction.V != "range", m.Direction.V+" is better")
	out.Add("", "", page.Paragraph(joined("; ", only(m.Unit.Set, "in "+m.Unit.V), direction, m.How.V)))
	if len(s.Values) == 0 {
		return out
	}
	last := s.Values[len(s.Values)-1]
	text := logparse.FormatNumber(last.Value) + " on " + shortDate(last.Date)
	if len(s.Values) > 1 {
		numbers := each(s.Values, func(o plan.Observation) float64 { return o.Value })
		low, high := slices.Min(numbers), slices.Max(numbers)
		text = chart.Spark(numbers, mostValues) + " " + text + ", between " + logparse.FormatNumber(low) + " and " + logparse.FormatNumber(high) + " since " + shortDate(s.Values[0].Date)
	}
	list := page.List{{Text: text}}
	for _, g := range s.Targets {
		list = append(list, page.Item{Label: "target", Text: joined(", ", mathSigns(targetText(g.Target.V)), dated("by ", g.Due)), Below: []string{"for: " + g.Text}})
	}
	out.Add("", "", list)
	return out
}
