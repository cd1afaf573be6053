package metricsimport

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// settle decides, from what the import states and what the cells show, how they
// are to be read. Where neither says so, it asks.
func (r *reader) settle() {
	r.settleOrder()
	r.settleZone()
	r.settlePeriod()
	r.settleDecimal()
	for _, c := range r.columns {
		r.settleUnit(c)
	}
	r.settleRepeats()
}

// settleOrder finds the order of day, month and year. Each date rules orders out.
func (r *reader) settleOrder() {
	if r.order = slices.Index(logparse.DateFormats, cmp.Or(r.DateFormat, r.in.DateFormat.V)); r.order >= 0 {
		return
	}
	left := []int{dmy, mdy, ymd}
	for row, m := range r.dates() {
		fits := func(order int) bool { // what the import says that a value sums up
			return !m.last[order].IsZero() && (!r.in.Every.Set || m.span == form{} || m.period(order) == period(r.in.Every.V))
		}
		some := fits(dmy) || fits(mdy) || fits(ymd)
		left = slices.DeleteFunc(left, func(order int) bool {
			date := m.last[order]
			late := order == ymd && date != m.last[dmy] && date.Year > r.Today.Year // 31/12/25 is no day of 2031
			return date.IsZero() || late || some && !fits(order)
		})
		if len(left) == 0 {
			r.at("date", row, r.in.Date.V, fmt.Sprintf("%s isn't a date in the order of day, month and year that the dates above have", quoted(r.cell(row, r.in.Date.V))),
				"export all dates in one order, ideally as 2026-07-06")
			left = []int{ymd}
			break
		}
	}
	var names []string
	for _, r.order = range left {
		names = append(names, logparse.DateFormats[r.order])
	}
	for row, m := range r.dates() {
		if slices.ContainsFunc(left, func(order int) bool { return m.last[order] != m.last[r.order] }) {
			r.at("date", row, r.in.Date.V, fmt.Sprintf("%s can be more than one day, and no date in the file settles the order of day, month and year", quoted(r.cell(row, r.in.Date.V))),
				fmt.Sprintf("say which it is: --date-format %s; to keep it, `date_format:` in the import %s", strings.Join(names, "|"), r.in.Name))
			return
		}
	}
}

// dates are the rows that have a date.
func (r *reader) dates() iter.Seq2[*row, *moment] {
	return func(yield func(*row, *moment) bool) {
		for _, row := range r.rows {
			if row.when != nil && !yield(row, row.when) {
				return
			}
		}
	}
}

// settleZone asks for the zones without which a time's day isn't known.
func (r *reader) settleZone() {
	var offset, naive *row // the first times with and without an offset
	for row, m := range r.dates() {
		if m.zone != nil {
			offset = cmp.Or(offset, row)
		} else if m.hasTime {
			naive = cmp.Or(naive, row)
		}
		r.timed = r.timed || m.clock != 0
	}
	switch {
	case r.in.TimeZone.V == logparse.AsWritten:
	case offset != nil && naive != nil && r.Zone == nil:
		r.at("zone", naive, r.in.Date.V, fmt.Sprintf("this time has no offset from UTC, and the one on line %d has", offset.line), "write the `time_zone` of such times in the import "+r.in.Name)
	case r.Logbook == nil && (offset != nil || r.timed && r.Zone != nil):
		has := "has an offset from UTC"
		if offset == nil {
			has = "is one of " + r.in.TimeZone.V
		}
		r.at("zone", cmp.Or(offset, naive), r.in.Date.V, "this time "+has+", and the logbook doesn't say in which time zone its days begin",
			"write the logbook's `time_zone` in coachlog.yaml, as in Europe/Berlin, or `time_zone: as written` in the import to take each day as it is written")
	}
}

// settlePeriod finds what one value sums up, where the column holds weeks or months
// itself, and asks where it may hold their first days.
func (r *reader) settlePeriod() {
	var first *row
	var kinds []period // of the spans, each once
	days, longest := 0, 0
	for row, m := range r.dates() {
		first = cmp.Or(first, row)
		if kind := m.period(r.order); m.span != (form{}) && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		} else if m.span == (form{}) {
			days++
		}
		if text := r.cell(row, r.end); text != "" {
			if end := scanPoint(strings.ToLower(text)); end != nil {
				longest = max(longest, m.first[r.order].DaysUntil(end.last[r.order]))
			}
		}
	}
	if first == nil {
		return
	}
	r.spans = len(kinds) > 0
	header, stated := r.in.Date.V, period(r.in.Every.V)
	every := likelyPeriod(header, longest)
	switch {
	case !r.spans && stated != "":
		r.startsAt = stated == week && headerHas(header, "week") && headerHas(header, "start", "starts", "starting", "of", "beginning", "begin", "commencing", "from")
	case !r.spans && every != "":
		r.at("every", first, header, fmt.Sprintf("%s may hold the first days of %ss, and a value counts from the day on which its %s is over", quoted(header), every, every),
			fmt.Sprintf("write `every: %s` in the import %s, or `every: day` if each row is for that one day", every, r.in.Name))
	case !r.spans:
	case days > 0:
		r.at("every", first, header, "some cells of this column are days and others are weeks, months or ranges", "export one kind of them")
	case len(kinds) > 1:
		r.at("every", first, header, "the periods in this column aren't all of one length", "export weeks, or months")
	case stated != "" && kinds[0] != stated:
		r.at("every", first, header, fmt.Sprintf("the import says `every: %s`, but this column holds %ss", stated, cmp.Or(kinds[0], "other span")), "change `every` in the import "+r.in.Name)
	case kinds[0] != "":
		r.result.every = kinds[0]
	}
}

// headerHas says whether one of the words is in a header.
func headerHas(header string, words ...string) bool {
	have := strings.FieldsFunc(strings.ToLower(header), func(r rune) bool { return r < 'a' || r > 'z' })
	return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(have, word) })
}

// likelyPeriod is the period whose first days a column may hold: by its header, or
// since another column has the end of what it starts, so many days later.
func likelyPeriod(header string, longest int) period {
	for _, p := range []period{week, month} {
		if headerHas(header, string(p)) && !headerHas(header, "ending", "end") {
			return p
		}
	}
	switch {
	case longest > 7:
		return month
	case longest > 1:
		return week
	}
	return ""
}

// endOf is what the column with the end would be called, beside one with the start.
func endOf(header string) string {
	for _, pair := range [][2]string{{"start", "end"}, {"starting", "ending"}, {"begin", "end"}, {"beginning", "ending"}, {"from", "to"}} {
		if headerHas(header, pair[0]) {
			return strings.Replace(strings.ToLower(header), pair[0], pair[1], 1)
		}
	}
	return ""
}

// settleDecimal finds the decimal sign. A number with one that can only be the
// decimal one settles it.
func (r *reader) settleDecimal() {
	if r.in.Decimal.Set {
		r.decimal = map[string]byte{"comma": ',', "point": '.'}[r.in.Decimal.V]
		return
	}
	var shown, open *row
	var openHeader string
	remedy := fmt.Sprintf("write `decimal: comma` or `decimal: point` in the import %s", r.in.Name)
	for _, c := range r.cells {
		for i, v := range []value{c.value, c.weight} {
			header := []string{c.header, c.Weight.V}[i]
			switch sign := v.decimal(); {
			case sign == '?' && open == nil:
				open, openHeader = c.row, header
			case sign == '?' || sign == 0 || sign == r.decimal:
			case r.decimal == 0:
				r.decimal, shown = sign, c.row
			default:
				r.at("decimal", c.row, header, fmt.Sprintf("this number has a different decimal sign from the one on line %d", shown.line), remedy)
				return
			}
		}
	}
	if r.decimal == 0 && open != nil {
		r.at("decimal", open, openHeader, fmt.Sprintf("the sign in %s can mark thousands or decimals, and no number in the file settles it", quoted(r.cell(open, openHeader))), remedy)
	}
}

// saysPercent says whether a header has its column in percent.
func saysPercent(header string) bool {
	return strings.Contains(header, "%") || headerHas(header, "pct", "percent", "percentage")
}

// settleUnit asks for what a column's values don't say of their unit.
func (r *reader) settleUnit(c *column) {
	first := make(map[cellForm]*cell)
	var small *cell
	ratings, least, most := true, math.Inf(1), math.Inf(-1)
	for i := range r.cells {
		v := &r.cells[i]
		n := v.number(r.decimal)
		switch {
		case v.column != c:
			continue
		case v.form == bareNumber && n == 0:
			least = min(least, n)
			continue
		case v.form == bareNumber:
			least, most = min(least, n), max(most, n)
			ratings = ratings && v.decimal() == 0 && n == math.Trunc(n) && 0 <= n && n <= 10
			if n >= -2 && n <= 2 {
				small = cmp.Or(small, v)
			}
		}
		first[v.form] = cmp.Or(first[v.form], v)
	}
	bare, clock, sign, headed := first[bareNumber], first[twoClock], first[percentage], saysPercent(c.From.V)
	ask := func(v *cell, message, units string) {
		r.at("unit "+c.Key, v.row, c.header, message, fmt.Sprintf("write `unit` of %s in the import %s: %s", c.Key, r.in.Name, units))
	}
	if c.quantity == duration && bare != nil && !c.Unit.Set {
		ask(bare, fmt.Sprintf("%s doesn't say its unit, and %s is counted in %s", quoted(bare.text), c.Key, c.unit), "s, ms, min, h or d")
	}
	if c.quantity == duration && clock != nil && first[threeClock] == nil && c.Unit.V != "m:ss" && c.Unit.V != "h:mm" {
		ask(clock, fmt.Sprintf("%s can be minutes and seconds, or hours and minutes", quoted(clock.text)), "m:ss or h:mm")
	}
	switch percent := c.Unit.V == "%"; {
	case c.quantity != share || c.Scale.Set || bare == nil || c.Unit.Set && !percent:
	case ratings && most > 1 && sign == nil && !headed && !c.stated && !c.lower:
		scale := likelyScale(least, most)
		r.at("unit "+c.Key, bare.row, c.header, fmt.Sprintf("every value of %s is a whole number from %s to %s, as ratings are, and %s is counted in percent", quoted(c.From.V), logparse.FormatNumber(least), logparse.FormatNumber(most), c.Key),
			fmt.Sprintf("write `scale: %s` for %s in the import %s, which takes the share of the best two ratings; or give the ratings a metric of their own, in points. If they are percent, write `possible: [0, %s]` for %s in `metrics`", scaleText(scale), c.Key, r.in.Name, logparse.FormatNumber(scale.High), c.Key))
	case percent:
	case sign != nil:
		ask(bare, fmt.Sprintf("%s has no percent sign, but the value on line %d has one", quoted(bare.text), sign.line), `"%" or fraction, which then applies wherever the sign is missing`)
	case small != nil:
		ask(small, fmt.Sprintf("%s can be a fraction of 1, or percent", quoted(small.text)), `"%" or fraction`)
	case most <= 10 && !headed:
		ask(bare, fmt.Sprintf("nothing says that %s is percent: no value is above 10", quoted(bare.text)), `"%"; figures on another scale are another metric, with a unit of its own in the catalogue`)
	}
}

// settleRepeats decides what becomes of rows that stand there twice. A time, a
// call's id, or a table with one row a day says what one row is; else only rows that
// are the same in every column can be one row twice.
func (r *reader) settleRepeats() {
	named := len(r.in.Row) > 0 || r.timed || !slices.ContainsFunc(r.columns, (*column).several)
	seen := make(map[string]*row)
	for _, row := range r.rows {
		key := row.text
		if named {
			parts := []string{row.person, r.cell(row, r.in.Metric.V)}
			for _, header := range r.in.Row {
				parts = append(parts, r.cell(row, header.V))
			}
			if len(r.in.Row) == 0 {
				parts = append(parts, r.cell(row, r.in.Date.V))
			}
			key = strings.Join(parts, "\x00")
		}
		before := seen[key]
		switch {
		case row.person == "":
			continue
		case before == nil:
		case before.text != row.text && r.in.Corrections.V == "last":
			before.drop = true
			r.left[corrected]++
		case before.text != row.text:
			r.at("changed", row, "", fmt.Sprintf("this row has the same person and time as line %d, but differs from it", before.line),
				fmt.Sprintf("if the later row corrects the earlier one, write `corrections: last` in the import %s; if both count, name the columns that tell them apart, as in `row: Call ID` or `row: [Interval, Queue]`, or say for each metric how they make one value: `weight: ` and the column of the number of calls, or `aggregate: ` %s", r.in.Name, strings.Join(logparse.Aggregates, ", ")))
		case r.in.Repeats.V == "count":
		case !named && !r.in.Repeats.Set:
			r.at("repeated", row, "", fmt.Sprintf("this row is the same as line %d in every column: one row twice, or two calls that look alike", before.line),
				fmt.Sprintf("name the column that tells rows apart, as in `row: Call ID`, in the import %s; or write `repeats: once` or `repeats: count`", r.in.Name))
		default:
			row.drop = true
			r.left[repeated]++
			continue
		}
		seen[key] = row
	}
}
