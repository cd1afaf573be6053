package plan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// An Observation is one value of one metric of one person on one day.
type Observation struct {
	Person string // id
	Metric string // key of the catalogue
	Date   logparse.Date
	Value  float64
	Path   string        // of the file that says so
	Span   logparse.Span // in that file
	InLog  bool          // it stands in a session's log, not in metrics/*.csv
	InCopy bool          // it stands in what looks like a copy of a file: it only shows where the two differ
}

// Words are the values that differ, each with its places: "385 (metrics/a.csv:3),
// 420 (metrics/b.csv:7)". doc finds a file by its path.
func (d Dispute) Words(doc func(path string) *logparse.Document) string {
	var values []string
	places := make(map[string][]string)
	for _, o := range d.Observations {
		value, place := logparse.FormatNumber(o.Value), o.Path
		if file := doc(o.Path); file != nil {
			place = fmt.Sprintf("%s:%d", o.Path, file.Position(o.Span.Start).Line)
		}
		if places[value] == nil {
			values = append(values, value)
		}
		places[value] = append(places[value], place)
	}
	for i, value := range values {
		values[i] = value + " (" + strings.Join(places[value], ", ") + ")"
	}
	return strings.Join(values, ", ")
}

// ObservationsOf are the values that the rows of a metrics file hold.
func ObservationsOf(path string, rows []logparse.MetricRow) []Observation {
	observations := make([]Observation, 0, len(rows))
	for _, row := range rows {
		observations = append(observations, Observation{Person: row.Person, Metric: row.Metric, Date: row.Date, Value: row.Value, Path: path, Span: row.Span})
	}
	return observations
}

// A Dispute is a day for which two values of one metric differ, of one person.
type Dispute struct {
	Observations []Observation // in the order of their files, logs first
	Counts       bool          // the first one, from a log, counts before those of CSV files; else none does
}

// where says in which files the values differ.
func (d Dispute) where() string {
	var files []string
	for _, o := range d.Observations {
		if !slices.Contains(files, o.Path) {
			files = append(files, o.Path)
		}
	}
	if len(files) == 1 {
		return "two in " + files[0] + " differ"
	}
	return strings.Join(files, " and ") + " differ"
}

// addObservations gives each person the values from their held logs and from
// the CSV files, by date; on one day a log's value comes first.
func (b *Logbook) addObservations(observations []Observation) {
	for _, o := range observations {
		if p := b.own[b.Resolve(o.Person)]; p != nil {
			p.observations = append(p.observations, o)
		}
	}
	for _, p := range b.People {
		for _, log := range p.HeldLogs() {
			for _, m := range log.Metrics {
				p.observations = append(p.observations, Observation{p.ID, m.Metric, log.Date, m.Value, log.Path(), m.Span, true, false})
			}
		}
		slices.SortStableFunc(p.observations, func(x, y Observation) int {
			if day := x.Date.Compare(y.Date); day != 0 {
				return day
			}
			return cmp.Or(compareBool(y.InLog, x.InLog), compareBool(x.InCopy, y.InCopy), comparePlaces(x.Path, y.Path),
				cmp.Compare(x.Metric, y.Metric), cmp.Compare(x.Span.Start, y.Span.Start))
		})
		p.settleDisputes()
	}
}

// comparePlaces is the order of files, those that are named like copies last.
func comparePlaces(x, y string) int {
	if x == y {
		return 0
	}
	return cmp.Or(compareBool(logparse.IsCopy(x), logparse.IsCopy(y)), logparse.ComparePaths(x, y))
}

// settleDisputes leaves one value for a metric and day. Of two logs that differ, or of two
// CSV files, none counts, whichever is read first; a log's value counts before theirs. What
// only a copy has counts for nothing.
func (p *Person) settleDisputes() {
	type day struct {
		metric string
		date   logparse.Date
	}
	values := make(map[day][]Observation)
	for _, o := range p.observations {
		of := day{o.Metric, o.Date}
		values[of] = append(values[of], o)
	}
	p.observations = slices.DeleteFunc(p.observations, func(o Observation) bool {
		all := values[day{o.Metric, o.Date}]
		if o != all[0] || o.InCopy {
			return true
		}
		differs := func(other Observation) bool { return other.Value != o.Value }
		if !slices.ContainsFunc(all, differs) {
			return false
		}
		counts := o.InLog && !slices.ContainsFunc(all, func(other Observation) bool { return other.InLog && differs(other) })
		p.Disputed = append(p.Disputed, Dispute{all, counts})
		return !counts
	})
	p.ofMetric = make(map[string][]Observation)
	for _, o := range p.observations {
		p.ofMetric[o.Metric] = append(p.ofMetric[o.Metric], o)
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
func (p *Person) Observations(metric string) []Observation { return p.ofMetric[metric] }

// Metrics are the keys of the metrics of which a person has values, sorted.
func (p *Person) Metrics() []string { return slices.Sorted(maps.Keys(p.ofMetric)) }

// firstOn is a metric's first value on or after a date, or nil.
func (p *Person) firstOn(metric string, date logparse.Date) *Observation {
	all := p.ofMetric[metric]
	if at := before(all, date); at < len(all) {
		return &all[at]
	}
	return nil
}

// lastBy is a metric's last value on or before a date, or nil.
func (p *Person) lastBy(metric string, date logparse.Date) *Observation {
	all := p.ofMetric[metric]
	if at := before(all, date.AddDays(1)); at > 0 {
		return &all[at-1]
	}
	return nil
}

// before is how many of the values of a metric are of days before a date.
func before(all []Observation, date logparse.Date) int {
	return sort.Search(len(all), func(i int) bool { return !all[i].Date.Before(date) })
}
