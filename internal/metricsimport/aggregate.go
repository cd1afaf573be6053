package metricsimport

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// A groupKey is what one observation is of.
type groupKey struct {
	end    logparse.Date // the period's last day
	person int
	column *column
}

// A group is the rows that make one observation.
type group struct {
	at     place
	rows   int
	sum    float64 // weighted, where there are weights
	weight float64
	least  float64
	most   float64
	last   float64
	clock  time.Duration // of last
	all    []float64     // for a median
	exact  bool          // no value had to be worked out
}

// A taken is one cell's value in the metric's unit.
type taken struct {
	value float64
	exact bool // the digits are the file's own
	at    place
}

// valueOf reads a row's value of a metric; ok is false where there is none, or
// none that can be.
func (r *reader) valueOf(row *row, c *column) (t taken, ok bool) {
	cell := row.cell(c.at)
	if r.isBlank(cell) {
		return t, false
	}
	t.at = row.place(c.at)
	if c.Aggregate.V == "count" {
		return taken{1, true, t.at}, true
	}
	refuse := func(message, remedy string) (taken, bool) {
		r.at("value "+c.Key, t.at, message, remedy)
		return t, false
	}
	if c.Unit.V == "yes/no" {
		if t.value, ok = yesNo[strings.ToLower(cell)]; !ok {
			return refuse(quoted(cell)+" is neither yes nor no", r.blankRemedy(cell))
		}
		return taken{t.value, true, t.at}, true
	}
	v := scanValue(cell)
	number, readable := v.number.value(r.decimal)
	if c.Scale.Set {
		if t.value, ok = c.rate(v, number, readable); !ok {
			return refuse(fmt.Sprintf("%s is not on the scale %s", quoted(cell), scaleText(c.Scale.V)), r.blankRemedy(cell))
		}
		return taken{t.value, true, t.at}, true
	}
	if (v.form == bareNumber || v.form == percentage) && !readable {
		sign := map[byte]string{',': "comma", '.': "point"}[r.decimal]
		return refuse(fmt.Sprintf("%s is not a number with a decimal %s, as the others are", quoted(cell), sign), "mend the number, or `decimal` in the import "+r.in.Name)
	}
	switch {
	case c.quantity == duration && v.form != percentage && v.form != notANumber:
		t.value, t.exact, ok = c.duration(v, number)
	case c.quantity == share && (v.form == percentage || v.form == bareNumber):
		t.value, t.exact, ok = number, true, true
		if v.form == bareNumber && c.Unit.V == "fraction" {
			t.value *= 100
		}
	case c.quantity == anyNumber && v.form == bareNumber:
		t.value, t.exact, ok = number, true, true
	}
	if !ok {
		return refuse(fmt.Sprintf("%s is not a value of %s, which is counted in %s", quoted(cell), c.Key, cmp.Or(c.unit, "plain numbers")), r.blankRemedy(cell))
	}
	if c.Aggregate.V == "sum" && 0 <= t.value && t.value <= c.high {
		return t, true // a part can be less than the whole
	}
	if !c.holds(t.value) {
		return refuse(c.outOfRange(cell, t.value, v, number, r.in.Name))
	}
	return t, true
}

func (r *reader) blankRemedy(cell string) string {
	return fmt.Sprintf("mend the value; where it stands for none, write `blank: [%s]` in the import %s", logparse.QuoteYAML(cell), r.in.Name)
}

// duration is a value in the metric's unit of time.
func (c *column) duration(v value, number float64) (in float64, exact, ok bool) {
	seconds, unit := v.seconds, 1.0
	switch v.form {
	case bareNumber:
		if unit = timeUnits[c.Unit.V]; unit == 0 {
			if number != 0 { // nothing is nothing in any unit
				return 0, false, false
			}
			unit = 1
		}
		seconds = number
	case twoClock:
		seconds = 60*v.first + v.second
		if c.Unit.V == "h:mm" {
			seconds = 3600*v.first + 60*v.second
		}
	}
	in, exact = c.fromSeconds(seconds, unit)
	return in, exact, true
}

// outOfRange says what a value would be, and in which unit it would be possible.
func (c *column) outOfRange(cell string, v float64, written value, number float64, name string) (message, remedy string) {
	shown := logparse.FormatNumber(roundMean(v))
	if c.unit != "" {
		shown += " " + c.unit
	}
	if days := v * c.seconds / timeUnits["d"]; c.quantity == duration && days >= 1 {
		shown += fmt.Sprintf(" (%s days)", logparse.FormatNumber(roundTo(days, 1)))
	}
	message = fmt.Sprintf("%s would be %s, and %s can be %s to %s", quoted(cell), shown, c.Key, logparse.FormatNumber(c.low), logparse.FormatNumber(c.high))
	if units := c.likely(number); written.form == bareNumber && len(units) > 0 && !slices.Contains(units, c.Unit.V) {
		return message, fmt.Sprintf("the file counts in %s, perhaps: then write that as `unit` of %s in the import %s", strings.Join(units, " or "), c.Key, name)
	}
	if written.form == twoClock && c.Unit.V == "h:mm" {
		return message, fmt.Sprintf("the file has minutes and seconds, perhaps: then write `unit: m:ss` for %s in the import %s", c.Key, name)
	}
	if written.form == threeClock && math.Mod(written.seconds, 60) == 0 && c.holds(v/60) {
		return message, "a spreadsheet took minutes and seconds for hours and minutes, perhaps: export the column as text, or as a number of seconds"
	}
	if v == 0 {
		return message, fmt.Sprintf("where it stands for no value, write `blank: [%s]` in the import %s", logparse.QuoteYAML(cell), name)
	}
	return message, fmt.Sprintf("mend the value; where it is right, write `possible: [LEAST, GREATEST]` for %s in `metrics` of coachlog.yaml", c.Key)
}

// weightOf is what a row weighs in a mean; ok is false where nothing says so.
func (r *reader) weightOf(row *row, c *column) (weight float64, ok bool) {
	if c.weight < 0 {
		return 1, true
	}
	cell := row.cell(c.weight)
	n, isNumber := scanNumber(cell)
	weight, readable := n.value(r.decimal)
	if !isNumber || !readable || weight < 0 {
		r.at("weight "+c.Key, row.place(c.weight), fmt.Sprintf("%s can't be the weight of the row's %s", quoted(cell), c.Key), "a weight is a number such as that of the calls, 0 or more; mend the row")
		return 0, false
	}
	return weight, true
}

// put adds a row's value to its observation.
func (r *reader) put(key groupKey, t taken, row *row, clock time.Duration) {
	c := key.column
	weight, ok := r.weightOf(row, c)
	if !ok {
		return
	}
	if weight == 0 {
		r.left.weightless++
		return
	}
	g := r.groups[key]
	if g == nil {
		g = &group{at: t.at, exact: true, least: t.value, most: t.value, last: t.value, clock: clock}
		r.groups[key] = g
	} else if !c.several() {
		r.at("several "+c.Key, t.at, fmt.Sprintf("%s has two values of %s for the %s that ends on %s: here and on line %d", r.people.ids[key.person], c.Key, r.result.every, key.end, g.at.line),
			fmt.Sprintf("say how several make one, for %s in the import %s: `weight: ` and the column of the number of calls, for a mean over intervals; `aggregate: mean` where each row is one call; or one of %s", c.Key, r.in.Name, strings.Join(logparse.Aggregates[1:], ", ")))
	}
	if g.rows++; g.rows > 1 {
		r.result.eachWhole = false
	}
	c.greatest = max(c.greatest, t.value)
	g.sum += t.value * weight
	g.weight += weight
	g.least, g.most = min(g.least, t.value), max(g.most, t.value)
	if clock >= g.clock {
		g.last, g.clock = t.value, clock
	}
	if c.Aggregate.V == "median" {
		g.all = append(g.all, t.value)
	}
	g.exact = g.exact && t.exact
}

// value is what a group's rows make together. A value that stands in the file
// keeps its digits; one that was worked out is rounded.
func (g *group) value(aggregate string) float64 {
	v, exact := g.last, g.exact
	switch aggregate {
	case "sum", "count":
		v = g.sum
	case "min":
		v = g.least
	case "max":
		v = g.most
	case "last":
	case "median":
		slices.Sort(g.all)
		half := len(g.all) / 2
		v = g.all[half]
		if len(g.all)%2 == 0 {
			v, exact = (g.all[half-1]+v)/2, false
		}
	default:
		if g.rows > 1 {
			v, exact = g.sum/g.weight, false
		}
	}
	if exact {
		return roundTo(v, 6)
	}
	return roundMean(v)
}

// finish makes observations of the groups, and says what was left out.
func (r *reader) finish() {
	keys := slices.SortedFunc(maps.Keys(r.groups), func(a, b groupKey) int {
		return cmp.Or(a.end.Compare(b.end), cmp.Compare(r.people.ids[a.person], r.people.ids[b.person]), cmp.Compare(a.column.Key, b.column.Key))
	})
	for _, key := range keys {
		c, g := key.column, r.groups[key]
		o := Observation{Date: key.end, Person: r.people.ids[key.person], Metric: c.Key, Value: g.value(c.Aggregate.V), Line: g.at.line}
		r.result.Observations = append(r.result.Observations, o)
		if !c.holds(o.Value) && g.rows > 1 {
			r.at("value "+c.Key, g.at, fmt.Sprintf("the %s of %s for %s in the %s to %s is %s, and can be %s to %s", cmp.Or(c.Aggregate.V, "mean"), c.Key, o.Person, r.result.every, o.Date,
				logparse.FormatNumber(o.Value), logparse.FormatNumber(c.low), logparse.FormatNumber(c.high)), "look at `aggregate` in the import "+r.in.Name)
		}
	}
	r.notes()
}

func (r *reader) notes() {
	note := func(n int, one, rest string) {
		if n > 0 {
			r.result.Notes = append(r.result.Notes, count(n, one)+" "+rest)
		}
	}
	note(len(r.left.totals), "total", "left out: "+lineList(r.left.totals))
	note(r.left.skipped, "row", "left out by `skip`")
	note(r.left.valueless, "row", "without a value of these metrics")
	note(r.left.weightless, "value", "left out for a weight of 0")
	note(r.left.repeated, "repeated row", "counted once")
	note(r.left.corrected, "row", "corrected by a later one")
	note(len(r.left.otherMetrics), "metric", "in the file that nobody asked for")
	note(r.left.unfinished, "row", fmt.Sprintf("of a %s that is not over: import again after its last day", r.result.every))
	note(len(r.result.Unknown), "name", "skipped that nobody in this logbook has: "+quotedList(r.result.Unknown[:min(len(r.result.Unknown), mostNamed)]))
	for _, c := range r.columns {
		if c.rows == 0 {
			r.result.Notes = append(r.result.Notes, fmt.Sprintf("no row has a value of %s (%s)", c.Key, quoted(c.From.V)))
		}
		if c.clocks > 2 && c.unround == 0 {
			r.result.Notes = append(r.result.Notes, fmt.Sprintf("every value of %s is of whole minutes: did a spreadsheet take minutes and seconds for hours and minutes?", c.Key))
		}
		if c.quantity == share && c.Unit.V == "%" && c.greatest > 0 && c.greatest <= 1 {
			r.result.Notes = append(r.result.Notes, fmt.Sprintf("every value of %s is 1 %% or less: are they fractions? the import says %%", c.Key))
		}
	}
	res := r.result
	if starts, _ := res.whole(res.every.last(res.first)); !starts && res.Rows > 0 {
		res.Notes = append(res.Notes, fmt.Sprintf("the file starts on %s, within a %s: its value is without the days before", res.first, res.every))
	}
	if _, ends := res.whole(res.every.last(res.last)); !ends && res.Rows > 0 && !r.Today.Before(res.every.last(res.last)) {
		res.Notes = append(res.Notes, fmt.Sprintf("the file ends on %s, within a %s: its value is without the days after", res.last, res.every))
	}
}

func lineList(lines []int) string {
	out := "line"
	if len(lines) > 1 {
		out += "s"
	}
	for i, line := range lines[:min(len(lines), mostAlike)] {
		if i > 0 {
			out += ","
		}
		out += fmt.Sprintf(" %d", line)
	}
	if more := len(lines) - mostAlike; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// whole says whether the file has the start and the end of the period that ends
// on a date, as far as its working days tell.
func (res *Result) whole(end logparse.Date) (starts, ends bool) {
	if res.eachWhole {
		return true, true
	}
	from, to := res.every.workdays(end)
	return res.every == day || !from.Before(res.first), res.every == day || !res.last.Before(to)
}
