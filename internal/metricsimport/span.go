package metricsimport

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// scanSpan reads a cell that is a month, a week, or a range of days: 2026-09,
// W41 2026, 10/5/2026 - 10/11/2026. Weeks are those of ISO 8601.
func scanSpan(text string) (m moment, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if first, ok := monthIn(text); ok {
		return spanOf(first, month.last(first)), true
	}
	if first, ok := weekIn(text); ok {
		return spanOf(first, first.AddDays(6)), true
	}
	return scanRange(text)
}

func spanOf(first, last logparse.Date) (m moment) {
	for order := range m.dates {
		m.begins[order], m.dates[order] = first, last
	}
	return m
}

// monthIn is the first day of a month: 2026-09, 2026/09, 09/2026, Sep 2026.
func monthIn(text string) (logparse.Date, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/. ,", r) })
	if len(parts) != 2 {
		return logparse.Date{}, false
	}
	year, number := parts[0], parts[1]
	if len(number) == 4 {
		year, number = number, year
	}
	if !areDigits(year) || len(year) != 4 {
		return logparse.Date{}, false
	}
	if named := monthNamed(number); named > 0 {
		number = strconv.Itoa(named)
	} else if len(number) > 2 || strings.ContainsAny(text, " ,") {
		return logparse.Date{}, false
	}
	date := calendarDay(year, number, "1")
	return date, !date.IsZero()
}

// weekForm is a week with its year: W41 2026, Week 41, 2026, 2026-W41.
var weekForm = sync.OnceValue(func() *regexp.Regexp {
	const name = `(?:week|woche|wk|kw|cw|w)`
	return regexp.MustCompile(`^` + name + `\.? ?(\d{1,2})[ ,./-]+(\d{4})$|^(\d{4})[ ./-]?` + name + ` ?(\d{1,2})$`)
})

// weekIn is the Monday of a week.
func weekIn(text string) (logparse.Date, bool) {
	m := weekForm().FindStringSubmatch(text)
	if m == nil {
		return logparse.Date{}, false
	}
	week, _ := strconv.Atoi(m[1] + m[4])
	year, _ := strconv.Atoi(m[2] + m[3])
	// The 4th of January is in the first week.
	fourth := logparse.Date{Year: year, Month: time.January, Day: 4}
	monday := fourth.AddDays(-(int(fourth.Time().Weekday())+6)%7 + 7*(week-1))
	inYear, isoWeek := monday.Time().ISOWeek()
	return monday, year > 0 && inYear == year && isoWeek == week
}

// rangeMarks are between the first and the last day of a range.
var rangeMarks = []string{" - ", " – ", " — ", " to ", " until ", " through ", " bis ", "–", "—", "/", "-"}

// scanRange reads two days with a mark between them. An end at midnight is that of
// the day before.
func scanRange(text string) (m moment, ok bool) {
	for _, mark := range rangeMarks {
		parts := strings.Split(text, mark)
		if len(parts) != 2 {
			continue
		}
		to, ok := scanPoint(strings.TrimSpace(parts[1]))
		if !ok {
			continue
		}
		from, ok := scanPoint(strings.TrimSpace(parts[0]))
		if !ok { // Oct 5 - Oct 11, 2026 and 10/5 - 10/11/2026
			last := parts[1][max(strings.LastIndexAny(parts[1], " /.,")+1, 0):]
			sign := " "
			if strings.ContainsAny(parts[0], "/.") {
				sign = parts[0][strings.IndexAny(parts[0], "/."):][:1]
			}
			if from, ok = scanPoint(strings.TrimSpace(parts[0]) + sign + last); !ok || len(last) != 4 {
				continue
			}
		}
		return join(from, to)
	}
	return m, false
}

// join makes a span of its first and its last moment, in every order in which the
// first is not after the last.
func join(from, to moment) (m moment, ok bool) {
	for order := range m.dates {
		first, last := from.dates[order], to.dates[order]
		if to.hasTime && to.clock == 0 && !last.IsZero() {
			last = last.AddDays(-1)
		}
		if first.IsZero() || last.IsZero() || last.Before(first) {
			continue
		}
		m.begins[order], m.dates[order] = first, last
		ok = true
	}
	return m, ok
}

// isSpan says whether a moment is more than one day.
func (m *moment) isSpan() bool { return m.begins != [orders]logparse.Date{} }

// period is the week or month that a span is in an order; day where it is one day,
// and "" where it is none of these.
func (m *moment) period(order int) period {
	first, last := m.begins[order], m.dates[order]
	switch {
	case first == last:
		return day
	case first.DaysUntil(last) == 6:
		return week
	case first.Day == 1 && last == month.last(first):
		return month
	}
	return ""
}

// fits says whether a span can be meant in an order, by what the import says it is.
func (m *moment) fits(order int, every logparse.Value[string]) bool {
	return !m.isSpan() || !every.Set || m.period(order) == period(every.V) || m.period(order) == day && every.V == string(day)
}

// settlePeriod finds what one value sums up, where the column holds weeks or months
// itself, and asks where it may hold their first days.
func (r *reader) settlePeriod() {
	e := &r.found
	name := r.in.Name
	stated := period(r.in.Every.V)
	switch {
	case e.spans == 0 && !r.in.Every.Set:
		if every := r.likelyPeriod(); every != "" {
			r.at("every", e.firstDate, fmt.Sprintf("%s may hold the first days of %ss, and a value counts from the day on which its %s is over", quoted(r.header[r.date]), every, every),
				fmt.Sprintf("write `every: %s` in the import %s, or `every: day` where each row is of that one day", every, name))
		}
	case e.spans == 0:
		r.startsAt = r.in.Every.V == string(week) && r.namesStart()
	case e.days > 0:
		r.at("every", e.firstDate, "some cells of this column are days and others are weeks, months or ranges", "export one kind of them")
	case len(e.kinds[r.order]) > 0:
		kind, same := e.kinds[r.order][0], true
		for _, k := range e.kinds[r.order] {
			same = same && k == kind
		}
		switch {
		case r.in.Every.Set && (!same || kind != stated):
			r.at("every", e.firstDate, fmt.Sprintf("the import says `every: %s`, and this column holds %s", stated, spansOf(kind, same)), "change `every` in the import "+name)
		case !same:
			r.at("every", e.firstDate, "the cells of this column are not all of one length", "export weeks, or months")
		case kind == week || kind == month:
			r.result.every = kind
		}
	}
}

func spansOf(kind period, same bool) string {
	switch {
	case !same:
		return "spans of several lengths"
	case kind == "":
		return "other spans of days"
	}
	return string(kind) + "s"
}

// likelyPeriod is the period whose first days a column may hold, by its header.
func likelyPeriod(header string) period {
	words := " " + headerWords(header) + " "
	switch {
	case strings.Contains(words, " ending ") || strings.Contains(words, " end "):
		return ""
	case strings.Contains(words, " week "):
		return week
	case strings.Contains(words, " month "):
		return month
	}
	return ""
}

// likelyPeriod is that of the column of the date: by its header, or since another
// column has the end of what it starts, more than a day later.
func (r *reader) likelyPeriod() period {
	if r.date < 0 {
		return ""
	}
	days := r.found.longInterval[r.order]
	switch every := likelyPeriod(r.header[r.date]); {
	case every != "" || days == 0:
		return every
	case days > 7:
		return month
	}
	return week
}

func (r *reader) namesStart() bool {
	if r.date < 0 {
		return false
	}
	header := " " + headerWords(r.header[r.date]) + " "
	return strings.Contains(header, " week ") && slices.ContainsFunc([]string{"start", "starts", "starting", "of", "beginning", "begin", "commencing", "from"}, func(w string) bool { return strings.Contains(header, " "+w+" ") })
}

func headerWords(header string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(header), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}

// endColumn is the column with the end of what the column of the date starts, or -1:
// Interval Start and Interval End.
func (r *reader) endColumn() int {
	if r.date < 0 {
		return -1
	}
	header := headerWords(r.header[r.date])
	for _, pair := range [][2]string{{"start", "end"}, {"from", "to"}, {"begin", "end"}, {"beginning", "ending"}, {"starting", "ending"}} {
		if !strings.Contains(header, pair[0]) {
			continue
		}
		want := strings.Replace(header, pair[0], pair[1], 1)
		if at := slices.IndexFunc(r.header, func(h string) bool { return headerWords(h) == want }); at >= 0 {
			return at
		}
	}
	return -1
}
