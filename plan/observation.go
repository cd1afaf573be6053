package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An Observation is one value of one metric of one person on one day.
type Observation struct {
	Person string // id
	Metric string // key of the catalogue
	Date   logparse.Date
	Value  float64
	Path   string // of the file that says so
	InLog  bool   // it stands in a session's log, not in metrics/*.csv
}

// addObservations gives each person the values from their held logs and from
// the CSV files, by date; on one day a log's value comes first.
func (b *Logbook) addObservations(observations []Observation) {
	for _, o := range observations {
		if p := b.Person(o.Person); p != nil {
			p.observations = append(p.observations, o)
		}
	}
	for _, p := range b.People {
		for _, log := range p.HeldLogs() {
			for _, m := range log.Metrics {
				p.observations = append(p.observations, Observation{p.ID, m.Metric, log.Date, m.Value, log.Path(), true})
			}
		}
		slices.SortStableFunc(p.observations, func(x, y Observation) int {
			return cmp.Or(x.Date.Compare(y.Date), compareBool(y.InLog, x.InLog), cmp.Compare(x.Path, y.Path),
				cmp.Compare(x.Metric, y.Metric), cmp.Compare(x.Value, y.Value))
		})
	}
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// Observations are a person's values of one metric, by date.
func (p *Person) Observations(metric string) []Observation {
	var out []Observation
	for _, o := range p.observations {
		if o.Metric == metric {
			out = append(out, o)
		}
	}
	return out
}

// Metrics are the keys of the metrics of which a person has values, sorted.
func (p *Person) Metrics() []string {
	var keys []string
	for _, o := range p.observations {
		keys = append(keys, o.Metric)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// firstOn is a metric's first value on or after a date, or nil.
func (p *Person) firstOn(metric string, date logparse.Date) *Observation {
	for i, o := range p.observations {
		if o.Metric == metric && !o.Date.Before(date) {
			return &p.observations[i]
		}
	}
	return nil
}
