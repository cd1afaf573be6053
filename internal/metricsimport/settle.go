package metricsimport

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// settle decides, from what the import states and what the cells show, how they
// are to be read. Where neither says so, it asks.
func (r *reader) settle() bool {
	r.settleDates()
	r.settlePeriod()
	r.settleDecimal()
	for _, c := range r.columns {
		r.settleUnit(c)
	}
	r.settleRepeats()
	return len(r.list) == 0
}

func (r *reader) settleDates() {
	e := &r.found
	format := r.in.DateFormat.V
	if r.DateFormat != "" {
		format = r.DateFormat
	}
	r.order = ymd
	switch {
	case format != "":
		r.order = slices.Index(logparse.DateFormats, format)
	case !e.dated:
	case e.clash.isSet():
		r.at("date", e.clash, fmt.Sprintf("%s is not a day in the order of day, month and year that the dates above have", quoted(e.clashed)),
			"export the dates in one order, best as 2026-07-06")
	default:
		var left []string
		for order, possible := range e.possible {
			if possible {
				left = append(left, logparse.DateFormats[order])
				r.order = order
			}
		}
		for i, at := range e.differ {
			if j := (i + 1) % orders; e.possible[i] && e.possible[j] && at.isSet() {
				r.at("date", at, fmt.Sprintf("%s can be more than one day, and no date in the file settles the order of day, month and year", quoted(e.differs[i])),
					fmt.Sprintf("say which it is: --date-format %s; to keep it, `date_format:` in the import %s", strings.Join(left, "|"), r.in.Name))
				break
			}
		}
	}
	const zone = "write the logbook's `time_zone` in coachlog.yaml, as in Europe/Berlin, or `time_zone: as written` in the import to take each day as it stands there"
	switch {
	case r.in.TimeZone.V == logparse.AsWritten:
	case e.offset.isSet() && e.naive.isSet() && r.Zone == nil:
		r.at("zone", e.naive, fmt.Sprintf("this time has no offset from UTC, and the one on line %d has", e.offset.line), "write the `time_zone` of such times in the import "+r.in.Name)
	case e.offset.isSet() && r.Logbook == nil:
		r.at("zone", e.offset, "this time has an offset from UTC, and the logbook doesn't say in which time zone its days begin", zone)
	case e.timed && r.Zone != nil && r.Logbook == nil:
		r.at("zone", e.naive, fmt.Sprintf("the import says %s, and the logbook doesn't say in which time zone its days begin", r.in.TimeZone.V), zone)
	}
}

func (r *reader) settleDecimal() {
	e := &r.found
	remedy := fmt.Sprintf("write `decimal: comma` or `decimal: point` in the import %s", r.in.Name)
	switch {
	case r.in.Decimal.V == "comma":
		r.decimal = ','
	case r.in.Decimal.V == "point":
		r.decimal = '.'
	case e.point.isSet() && e.comma.isSet():
		later, earlier := e.point, e.comma
		if earlier.line > later.line || earlier.line == later.line && earlier.byte > later.byte {
			later, earlier = earlier, later
		}
		r.at("decimal", later, fmt.Sprintf("this number has another decimal sign than the one on line %d", earlier.line), remedy)
	case e.point.isSet():
		r.decimal = '.'
	case e.comma.isSet():
		r.decimal = ','
	case e.lone.isSet():
		r.at("decimal", e.lone, fmt.Sprintf("%s can be a thousand or a decimal, and no number in the file settles it", quoted(e.loneText)), remedy)
	}
}

// saysPercent says whether a header has its column in percent.
func saysPercent(header string) bool {
	words := " " + headerWords(header) + " "
	return strings.Contains(header, "%") || strings.Contains(words, " pct ") || strings.Contains(words, " percent ") || strings.Contains(words, " percentage ")
}

func (r *reader) settleUnit(c *column) {
	ask := func(kind string, at place, message, units string) {
		r.at(kind+" "+c.Key, at, message, fmt.Sprintf("write `unit` of %s in the import %s: %s", c.Key, r.in.Name, units))
	}
	if c.quantity == duration {
		if c.bare.isSet() && !c.Unit.Set {
			ask("unit", c.bare, fmt.Sprintf("%s doesn't say its unit, and %s is counted in %s", quoted(c.shown.bare), c.Key, c.unit), "s, ms, min, h or d")
		}
		if c.clock2.isSet() && !c.clock3.isSet() && c.Unit.V != "m:ss" && c.Unit.V != "h:mm" {
			ask("clock", c.clock2, fmt.Sprintf("%s can be minutes and seconds, or hours and minutes", quoted(c.shown.clock2)), "m:ss or h:mm")
		}
	}
	if c.Scale.Set || r.settleRating(c) || c.quantity != share || c.Unit.Set {
		return
	}
	switch headed := saysPercent(c.From.V); {
	case c.bare.isSet() && c.sign.isSet():
		ask("unit", c.bare, fmt.Sprintf("%s has no percent sign, and the value on line %d has one", quoted(c.shown.bare), c.sign.line), `"%" or fraction, which is then meant where the sign is missing`)
	case c.small.isSet():
		ask("unit", c.small, fmt.Sprintf("%s can be a fraction of 1, or percent", quoted(c.shown.small)), `"%" or fraction`)
	case c.bare.isSet() && !c.large.isSet() && !headed:
		ask("unit", c.bare, fmt.Sprintf("nothing says that %s is percent: no value is above 10", quoted(c.shown.bare)), `"%"; what is counted on another scale is another metric, with a unit of its own in the catalogue`)
	}
}

// settleRating refuses to take ratings for percent: whole numbers up to 5, or up to
// 10, without a sign, of a metric of which more is better.
func (r *reader) settleRating(c *column) bool {
	stated := c.Unit.Set && c.Unit.V != "%"
	if c.quantity != share || stated || c.stated || c.lower || c.bares == 0 || c.most <= 1 || c.notRating || c.sign.isSet() || saysPercent(c.From.V) {
		return false
	}
	scale := likelyScale(c.least, c.most)
	r.at("rating "+c.Key, c.bare, fmt.Sprintf("every value of %s is a whole number from %s to %s, as ratings are, and %s is counted in percent", quoted(c.From.V), logparse.FormatNumber(c.least), logparse.FormatNumber(c.most), c.Key),
		fmt.Sprintf("write `scale: %s` for %s in the import %s, which takes the share of the best two ratings; or give the ratings a metric of their own, in points. Where they are percent, write `possible: [0, %s]` for %s in `metrics`", scaleText(scale), c.Key, r.in.Name, logparse.FormatNumber(scale.High), c.Key))
	return true
}

// settleRepeats decides what becomes of rows that stand there twice. A time, a
// call's id, or a table with one row a day says what one row is.
func (r *reader) settleRepeats() {
	e := &r.found
	oneEach := !slices.ContainsFunc(r.columns, (*column).several)
	named := len(r.identity) > 0 || e.timed || oneEach
	repeats := e.twins
	if named {
		repeats = e.again
	}
	if r.in.Repeats.V != "count" {
		for _, p := range repeats {
			if !named && !r.in.Repeats.Set {
				r.at("repeated", p.later, fmt.Sprintf("this row is the same as line %d in every column: one row twice, or two calls alike", p.earlier),
					fmt.Sprintf("name the column that tells rows apart, as in `row: Call ID`, in the import %s; or write `repeats: once` or `repeats: count`", r.in.Name))
				continue
			}
			r.drop[p.later.line] = true
			r.left.repeated++
		}
	}
	if !named {
		return
	}
	for _, p := range e.changed {
		if r.in.Corrections.V == "last" {
			r.drop[p.earlier] = true
			r.left.corrected++
			continue
		}
		remedy := "where the later row corrects the earlier one, write `corrections: last` in the import " + r.in.Name
		switch {
		case len(r.identity) > 0:
			remedy += "; where both count, name more columns in `row`"
		case oneEach:
			remedy += fmt.Sprintf("; where both count, say for each metric how they make one value: `aggregate: ` %s, or `weight: ` and the column of the number of calls", strings.Join(logparse.Aggregates, ", "))
		default:
			remedy += "; where both count, name the columns that tell them apart, as in `row: Call ID` or `row: [Interval, Queue]`"
		}
		r.at("changed", p.later, fmt.Sprintf("this row is of the same person and time as line %d, and differs from it", p.earlier), remedy)
	}
}
