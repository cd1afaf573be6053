package metricsimport

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
)

// A groupKey is what one observation is of.
type groupKey struct {
	end    logparse.Date // the period's last day
	person string
	column *column
}

// A group is the cells that make one observation.
type group struct {
	row    *row // the first
	values []weighted
}

type weighted struct {
	value, weight float64
	clock         int64
}

// take puts the values together that make one.
func (r *reader) take() {
	r.result.eachWhole = r.result.every != day
	for _, row := range r.rows {
		row.drop = row.drop || row.person == "" || !r.dated(row) || !r.isOver(row)
	}
	for i := range r.cells {
		if c := &r.cells[i]; !c.drop {
			r.put(c)
		}
	}
	keys := slices.SortedFunc(maps.Keys(r.groups), func(a, b groupKey) int {
		return cmp.Or(a.end.Compare(b.end), cmp.Compare(a.person, b.person), cmp.Compare(a.column.Key, b.column.Key))
	})
	for _, key := range keys {
		c, g := key.column, r.groups[key]
		o := Observation{Date: key.end, Person: key.person, Metric: c.Key, Value: g.value(c.Aggregate.V), Line: g.row.line}
		r.result.Observations = append(r.result.Observations, o)
		if !c.holds(o.Value) && len(g.values) > 1 {
			r.at("value "+c.Key, g.row, c.header, fmt.Sprintf("the %s of %s for %s in the %s to %s is %s, but can be %s", cmp.Or(c.Aggregate.V, "mean"), c.Key, o.Person, r.result.every, o.Date,
				logparse.FormatNumber(o.Value), c.possible()), "look at `aggregate` in the import "+r.in.Name)
		}
	}
	r.notes()
}

// earliest is before any call that anybody coaches about.
var earliest = logparse.Date{Year: 2000, Month: time.January, Day: 1}

// dated finds the days that a row is of, in the logbook's time zone.
func (r *reader) dated(row *row) bool {
	m := row.when
	if m == nil {
		row.date, row.end = r.Day, r.result.every.last(r.Day)
		return true
	}
	name, cell, written := r.in.Name, quoted(r.cell(row, r.in.Date.V)), m.first[r.order]
	if written.IsZero() {
		r.at("bad date", row, r.in.Date.V, fmt.Sprintf("%s isn't a calendar day in the order %s", cell, logparse.DateFormats[r.order]), "fix the date, or `date_format` in the import "+name)
		return false
	}
	instant := m.in(r.order, r.Zone)
	row.date, row.clock = written, instant.Unix()
	if r.in.TimeZone.V != logparse.AsWritten && m.hasTime && cmp.Or(m.zone, r.Zone) != nil && r.Logbook != nil {
		row.date = logparse.DateOf(instant.In(r.Logbook))
	}
	switch {
	case row.date != written && !r.timed:
		r.at("midnight", row, r.in.Date.V, fmt.Sprintf("every time in this column is midnight, and as a time %s is %s in the logbook's time zone", cell, row.date),
			fmt.Sprintf("if each is a whole day, write `time_zone: as written` in the import %s; if they are times, export times of day", name))
		return false
	case r.Today.AddDays(1).Before(row.date) || row.date.Before(earliest):
		r.at("far", row, r.in.Date.V, fmt.Sprintf("%s is %s, but only days from %s to today, %s, are read", cell, row.date, earliest, r.Today), "look at `date_format` of the import "+name+", and at the row")
		return false
	case r.spans:
		row.end = m.last[r.order]
	case r.startsAt:
		row.end = row.date.AddDays(6)
	default:
		row.end = r.result.every.last(row.date)
	}
	return true
}

// isOver counts a row, and says whether what it sums up is over.
func (r *reader) isOver(row *row) bool {
	res := r.result
	res.Rows++
	res.eachWhole = res.eachWhole && (r.spans || row.date == row.end || row.date == res.every.first(row.end))
	if res.first.IsZero() || row.date.Before(res.first) {
		res.first = row.date
	}
	last := row.date
	if r.spans || r.startsAt {
		last = row.end
	}
	if res.last.Before(last) {
		res.last = last
	}
	if (res.every != day || row.date != row.end) && r.Today.Before(row.end) {
		r.left[unfinished]++
		return false
	}
	return true
}

// put adds a cell's value to its observation.
func (r *reader) put(c *cell) {
	v, message, remedy := r.valueOf(c)
	if message != "" {
		r.at("value "+c.Key, c.row, c.header, message, cmp.Or(remedy, fmt.Sprintf("fix the value; if it means that there is none, write `blank: [%s]` in the import %s", logparse.QuoteYAML(c.text), r.in.Name)))
		return
	}
	weight := 1.0
	if c.Weight.Set {
		if weight = c.weight.number(r.decimal); c.weight.form != bareNumber || !(weight >= 0) {
			r.at("weight "+c.Key, c.row, c.Weight.V, fmt.Sprintf("%s can't be the weight of the row's %s", quoted(r.cell(c.row, c.Weight.V)), c.Key), "a weight is a number, such as the number of calls, 0 or more; fix the row")
			return
		}
	}
	if weight == 0 {
		r.left[weightless]++
		return
	}
	key := groupKey{c.end, c.person, c.column}
	g := r.groups[key]
	switch {
	case g == nil:
		g = &group{row: c.row}
		r.groups[key] = g
	case !c.several():
		r.at("several "+c.Key, c.row, c.header, fmt.Sprintf("%s has two values of %s for the %s that ends on %s: here and on line %d", c.person, c.Key, r.result.every, c.end, g.row.line),
			fmt.Sprintf("say how several values make one, for %s in the import %s: `weight: ` and the column of the number of calls, for a mean over intervals; `aggregate: mean` if each row is one call; or one of %s", c.Key, r.in.Name, strings.Join(logparse.Aggregates[1:], ", ")))
	}
	g.values = append(g.values, weighted{v, weight, c.clock})
	r.result.eachWhole = r.result.eachWhole && len(g.values) == 1
}

// valueOf is a cell's value in the metric's unit; where it has none that can be, it
// says why, and perhaps what to do.
func (r *reader) valueOf(c *cell) (v float64, message, remedy string) {
	v, ok := c.number(r.decimal), true
	switch {
	case c.Aggregate.V == "count":
		return 1, "", ""
	case c.Unit.V == "yes/no":
		if v, ok = yesNo[strings.ToLower(c.text)]; !ok {
			return 0, quoted(c.text) + " is neither yes nor no", ""
		}
	case c.Scale.Set:
		scale := c.Scale.V
		broken := c.quantity == share && v != math.Trunc(v) // a mean of ratings says nothing of the best
		if c.form != bareNumber || v < scale.Low || v > scale.High || broken || math.IsNaN(v) {
			return 0, fmt.Sprintf("%s is not on the scale %s", quoted(c.text), scaleText(scale)), ""
		}
		if c.quantity != share {
			return v, "", ""
		}
		if v > scale.High-bestRatings {
			return 100, "", ""
		}
		return 0, "", ""
	case math.IsNaN(v):
		sign := map[byte]string{',': "comma", '.': "point"}[r.decimal]
		return 0, fmt.Sprintf("%s is not a number with a decimal %s, as the others are", quoted(c.text), sign), "fix the number, or `decimal` in the import " + r.in.Name
	case c.quantity == duration && v != 0: // nothing is nothing in any unit
		v *= timeUnits[c.Unit.V] / c.measure.seconds
		ok = c.form == bareNumber && c.Unit.Set
	case c.quantity == duration:
		v = c.value.seconds / c.measure.seconds
		if c.form == twoClock && c.Unit.V == "h:mm" {
			v *= 60
		}
		ok = c.form != notANumber && c.form != percentage
	case c.quantity == share && c.form == bareNumber && c.Unit.V == "fraction":
		v *= 100
	default:
		ok = c.form == bareNumber || c.form == percentage && c.quantity == share
	}
	switch {
	case !ok:
		return 0, fmt.Sprintf("%s is not a value of %s, which is counted in %s", quoted(c.text), c.Key, cmp.Or(c.unit, "plain numbers")), ""
	case c.holds(v) || c.Aggregate.V == "sum" && 0 <= v && v <= c.high: // a part can be less than the whole
		return v, "", ""
	case v != 0:
		remedy = fmt.Sprintf("fix the value, or `unit` of %s in the import %s; if both are right, write `possible: [LEAST, GREATEST]` for %s in `metrics` of coachlog.yaml", c.Key, r.in.Name, c.Key)
	}
	return 0, fmt.Sprintf("%s would be %s, but %s can be %s", quoted(c.text), strings.TrimSpace(logparse.FormatNumber(rounded(v, false))+" "+c.unit), c.Key, c.possible()), remedy
}

// value is what a group's cells make together.
func (g *group) value(aggregate string) float64 {
	n := len(g.values)
	sum, weights := 0.0, 0.0
	for _, v := range g.values {
		sum += v.value * v.weight
		weights += v.weight
	}
	slices.SortStableFunc(g.values, func(a, b weighted) int {
		if aggregate == "last" {
			return cmp.Compare(a.clock, b.clock)
		}
		return cmp.Compare(a.value, b.value)
	})
	switch aggregate {
	case "sum", "count":
		return rounded(sum, false)
	case "min":
		return rounded(g.values[0].value, false)
	case "max", "last":
		return rounded(g.values[n-1].value, false)
	case "median":
		return rounded((g.values[(n-1)/2].value+g.values[n/2].value)/2, n%2 == 0)
	}
	return rounded(sum/weights, n > 1)
}

// The reasons why rows give no value.
const (
	skipped = iota
	valueless
	weightless
	repeated
	corrected
	unfinished
)

// notes says what was left out or taken together.
func (r *reader) notes() {
	res := r.result
	note := func(n int, one, rest string) {
		if n > 0 {
			res.Notes = append(res.Notes, sentence.Count(n, one)+" "+rest)
		}
	}
	lines := strings.TrimPrefix(sentence.Count(len(r.totals), "line"), fmt.Sprint(len(r.totals), " "))
	note(len(r.totals), "total", "left out: "+lines+" "+some(r.totals, mostAlike))
	note(r.left[skipped], "row", "left out by `skip`")
	note(r.left[valueless], "row", "without a value of these metrics")
	note(r.left[weightless], "value", "left out for a weight of 0")
	note(r.left[repeated], "repeated row", "counted once")
	note(r.left[corrected], "row", "corrected by a later one")
	note(len(r.otherMetrics), "metric", "in the file, not imported")
	note(r.left[unfinished], "row", fmt.Sprintf("of a %s that isn't over: import again after its last day", res.every))
	note(len(res.Unknown), "name", "skipped, since nobody in this logbook has it: "+some(allQuoted(res.Unknown), mostNamed))
	for _, c := range r.columns {
		if r.in.Long() && !slices.ContainsFunc(r.cells, func(v cell) bool { return v.column == c }) {
			res.Notes = append(res.Notes, fmt.Sprintf("no row has a value of %s (%s)", c.Key, quoted(c.From.V)))
		}
	}
	for _, end := range slices.Compact([]logparse.Date{res.every.last(res.first), res.every.last(res.last)}) {
		if res.Rows > 0 && !res.whole(end) && !r.Today.Before(end) {
			res.Notes = append(res.Notes, fmt.Sprintf("the file has only part of the %s to %s: %s to %s", res.every, end, res.first, res.last))
		}
	}
}

// whole says whether the file has all of the period that ends on a date, as far as
// its working days tell.
func (res *Result) whole(end logparse.Date) bool {
	for d := res.every.first(end); !res.eachWhole && res.every != day && !end.Before(d); d = d.AddDays(1) {
		weekday := d.Time().Weekday()
		if weekday != time.Saturday && weekday != time.Sunday && (d.Before(res.first) || res.last.Before(d)) {
			return false
		}
	}
	return true
}
