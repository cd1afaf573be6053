package metricsimport

import (
	"fmt"
	"slices"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// take is the second pass: the values.
func (r *reader) take() {
	r.result.eachWhole = r.result.every != day
	r.rows(func(place, error) {}, func(row *row) bool {
		if r.kindOf(row) == data && !r.drop[row.line] && r.isWhole(row) {
			r.takeRow(row)
		}
		return true
	})
}

func (r *reader) takeRow(row *row) {
	columns, people := r.columnsOf(row), r.people.find(r.name(row))
	if len(columns) == 0 || len(people) != 1 {
		return
	}
	date, end, clock, ok := r.when(row)
	if !ok {
		return
	}
	r.result.Rows++
	r.result.eachWhole = r.result.eachWhole && r.isWholePeriod(date, end)
	if r.result.first.IsZero() || date.Before(r.result.first) {
		r.result.first = date
	}
	last := date
	if r.found.spans > 0 || r.startsAt {
		last = end
	}
	if r.result.last.Before(last) {
		r.result.last = last
	}
	if (r.result.every != day || date != end) && r.Today.Before(end) {
		r.left.unfinished++
		return
	}
	for _, c := range columns {
		if v, ok := r.valueOf(row, c); ok {
			r.put(groupKey{end, people[0], c}, v, row, clock)
		}
	}
}

// isWholePeriod says whether a row, if it is the only one of its person and period,
// is of all of it: it is dated by the first or the last day, or is a span itself.
func (r *reader) isWholePeriod(date, end logparse.Date) bool {
	first := end.AddDays(-6)
	if r.result.every == month {
		first = logparse.Date{Year: end.Year, Month: end.Month, Day: 1}
	}
	return r.found.spans > 0 || date == end || date == first
}

// mostNamed is how many strangers a message lists.
const mostNamed = 100

// sayUnknown lists the people of the export whom the logbook doesn't know.
func (r *reader) sayUnknown() {
	strangers := make([]*stranger, 0, len(r.unknown))
	for _, s := range r.unknown {
		strangers = append(strangers, s)
	}
	slices.SortFunc(strangers, func(a, b *stranger) int { return a.at.line - b.at.line })
	names := make([]string, len(strangers))
	for i, s := range strangers {
		names[i] = s.name
	}
	switch {
	case len(strangers) == 0:
		return
	case r.SkipUnknown:
		r.result.Unknown = names
		return
	}
	listed := quotedList(names[:min(len(names), mostNamed)])
	if more := len(names) - mostNamed; more > 0 {
		listed += fmt.Sprintf(" and %d more", more)
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	r.at("unknown", strangers[0].at, listed+" "+verb+" nobody in this logbook",
		"add the export's name, e-mail or number to `known_as` of their plan, or to their entry in `people` of coachlog.yaml; to leave them out: --skip-unknown, or `skip` for rows that are nobody's")
}

// earliest is before any call that anybody coaches about.
var earliest = logparse.Date{Year: 2000, Month: time.January, Day: 1}

// endOf is the last day of what a row sums up, by the first day or any.
func (r *reader) endOf(date logparse.Date) logparse.Date {
	if r.startsAt {
		return date.AddDays(6)
	}
	return r.result.every.last(date)
}

// when is a row's day in the logbook's time zone, or the first one of a span; the
// last day of what it sums up; and the moment that orders rows of a day.
func (r *reader) when(row *row) (date, end logparse.Date, clock time.Duration, ok bool) {
	if r.date < 0 {
		return r.Day, r.endOf(r.Day), 0, true
	}
	cell, at := row.cell(r.date), row.place(r.date)
	m, ok := scanMoment(cell)
	if !ok {
		return date, date, 0, false
	}
	written, exists := m.in(r.order)
	if !exists {
		r.at("bad date", at, fmt.Sprintf("%s is not a day of the calendar in the order %s", quoted(cell), logparse.DateFormats[r.order]), "mend the date, or `date_format` in the import "+r.in.Name)
		return date, date, 0, false
	}
	date = written
	if m.isSpan() {
		date = m.begins[r.order]
	}
	if r.in.TimeZone.V != logparse.AsWritten && (m.hasOffset || r.Zone != nil) && m.hasTime && r.Logbook != nil {
		date = m.civil(r.order, r.Zone, r.Logbook)
	}
	switch {
	case !m.isSpan() && date != written && !r.found.timed:
		r.at("midnight", at, fmt.Sprintf("every time in this column is midnight, and as a time %s is %s in the logbook's time zone", quoted(cell), date),
			fmt.Sprintf("where each is a whole day, write `time_zone: as written` in the import %s; where it is a time, export times of day", r.in.Name))
	case r.Today.AddDays(1).Before(date):
		r.at("future", at, fmt.Sprintf("%s is %s, and today is %s", quoted(cell), date, r.Today), "look at `date_format` of the import "+r.in.Name+", and at the row")
	case date.Before(earliest):
		r.at("past", at, fmt.Sprintf("%s is %s, long before any coaching", quoted(cell), date), "look at `date_format` of the import "+r.in.Name+", and at the row")
	default:
		order := time.Duration(date.Time().Unix())*time.Second + m.clock - m.offset
		if m.isSpan() {
			return date, written, order, true
		}
		return date, r.endOf(date), order, true
	}
	return date, date, 0, false
}
