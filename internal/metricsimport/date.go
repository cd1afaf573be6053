package metricsimport

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// An order is one in which day, month and year can stand; they are numbered as
// in logparse.DateFormats.
const (
	dmy = iota
	mdy
	ymd
	orders
)

// A moment is a day, perhaps with a time, or a span of days, as it was written.
// 03/04/25 is another day in each order.
type moment struct {
	first, last [orders]logparse.Date // zero where the order can't be
	span        form                  // months, weeks or ranges; of a day, the zero form
	hasTime     bool
	clock       time.Duration  // since the day's start
	zone        *time.Location // of a time with an offset from UTC
}

// layouts are the ways to write a day, with a hyphen for each sign between, and the
// orders of day, month and year that a way can have.
var layouts = []struct {
	layout string
	orders []int
}{
	{"2006-1-2", []int{dmy, mdy, ymd}}, {"20060102", []int{dmy, mdy, ymd}}, {"06-1-2", []int{ymd}},
	{"2-1-2006", []int{dmy}}, {"2-1-06", []int{dmy}}, {"1-2-2006", []int{mdy}}, {"1-2-06", []int{mdy}},
	{"2-Jan-2006", []int{dmy, mdy, ymd}}, {"2-Jan-06", []int{dmy, mdy, ymd}}, {"Jan-2-2006", []int{dmy, mdy, ymd}}, {"Jan-2-06", []int{dmy, mdy, ymd}}, {"2006-Jan-2", []int{dmy, mdy, ymd}},
}

// monthLayouts are the ways to write a month.
var monthLayouts = []string{"2006-1", "1-2006", "Jan-2006", "2006-Jan"}

// clockLayouts are the ways to write a time of day, without blanks. The names of
// zones are refused: CST is three of them.
var clockLayouts = []string{"15:04", "3:04PM", "15:04:05", "3:04:05PM"}

var (
	weekdayForm = pattern.Of(`^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ .,]+`)
	ordinalForm = pattern.Of(`(\d)(?:st|nd|rd|th)\b`)

	shortMonths = strings.NewReplacer("january", "jan", "february", "feb", "march", "mar", "april", "apr", "june", "jun", "july", "jul",
		"august", "aug", "september", "sep", "sept", "sep", "october", "oct", "november", "nov", "december", "dec")
	clockSigns = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "(", "", ")", "", "a.m.", "AM", "p.m.", "PM", "am", "AM", "pm", "PM",
		"utc+", "+", "utc-", "-", "gmt+", "+", "gmt-", "-", "utc", "Z", "gmt", "Z", "z", "Z")
)

// scanMoment reads a day, with or without a time and an offset behind it; or a month,
// a week or a range of days: 2026-09, W41 2026, 10/5/2026 - 10/11/2026.
func scanMoment(text string) *moment {
	text = strings.ToLower(text)
	if len(text) > 80 || !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	if m := scanPoint(text); m != nil {
		return m
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, hyphens(text)); err == nil {
			first := logparse.DateOf(t)
			return spanOf(months, first, month.last(first))
		}
	}
	if monday, ok := weekIn(text); ok {
		return spanOf(weeks, monday, monday.AddDays(6))
	}
	return scanRange(text)
}

func spanOf(span form, first, last logparse.Date) *moment {
	return &moment{span: span, first: [orders]logparse.Date{first, first, first}, last: [orders]logparse.Date{last, last, last}}
}

// scanPoint reads a day, with or without a time.
func scanPoint(text string) *moment {
	m := &moment{}
	if colon := strings.IndexByte(text, ':'); colon > 0 {
		start := len(strings.TrimRight(text[:colon], "0123456789"))
		if !m.scanTime(clockSigns.Replace(text[start:])) {
			return nil
		}
		text = strings.TrimRight(strings.TrimSuffix(text[:start], "t"), " ,\u00a0\u202f")
	}
	day := hyphens(weekdayForm().ReplaceAllString(text, ""))
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, day); err == nil {
			for _, order := range l.orders {
				m.first[order], m.last[order] = logparse.DateOf(t), logparse.DateOf(t)
			}
		}
	}
	if m.last == [orders]logparse.Date{} {
		return nil
	}
	return m
}

// hyphens writes a day or a month as the layouts have it. Numbers alone have one and
// the same sign between them.
func hyphens(text string) string {
	words := strings.FieldsFunc(ordinalForm().ReplaceAllString(shortMonths.Replace(text), "$1"), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",-/.", r) })
	signs := strings.Trim(text, "0123456789")
	if signs != "" && !strings.ContainsFunc(text, unicode.IsLetter) && (signs[0] != signs[len(signs)-1] || !strings.ContainsRune("-/.", rune(signs[0]))) {
		return ""
	}
	return strings.Join(words, "-")
}

func (m *moment) scanTime(text string) bool {
	for _, layout := range clockLayouts {
		for _, zone := range []string{"", "Z07:00", "Z0700", "Z07"} {
			if t, err := time.ParseInLocation(layout+zone, text, time.UTC); err == nil {
				m.hasTime, m.clock = true, time.Duration(t.Hour())*time.Hour+time.Duration(t.Minute())*time.Minute+time.Duration(t.Second())*time.Second
				if zone != "" {
					m.zone = t.Location()
				}
				return true
			}
		}
	}
	return false
}

// weekForm is a week with its year: W41 2026, Week 41, 2026, 2026-W41.
var weekForm = pattern.Of(`^(?:week|woche|wk|kw|cw|w)\.? ?(\d{1,2})[ ,./-]+(\d{4})$|^(\d{4})[ ./-]?(?:week|woche|wk|kw|cw|w) ?(\d{1,2})$`)

// weekIn is the Monday of a week of ISO 8601.
func weekIn(text string) (logparse.Date, bool) {
	m := weekForm().FindStringSubmatch(text)
	if m == nil {
		return logparse.Date{}, false
	}
	number, _ := strconv.Atoi(m[1] + m[4])
	year, _ := strconv.Atoi(m[2] + m[3])
	// The 4th of January is in the first week.
	monday := week.last(logparse.Date{Year: year, Month: time.January, Day: 4}).AddDays(7*number - 13)
	inYear, isoWeek := monday.Time().ISOWeek()
	return monday, year > 0 && inYear == year && isoWeek == number
}

// rangeMarks are between the first and the last day of a range.
var rangeMarks = []string{" - ", " – ", " — ", " to ", " until ", " through ", " bis ", "–", "—", "/", "-"}

// scanRange reads two days with a mark between them. An end at midnight is that of the
// day before. In each order of day, month and year the first is not after the last.
func scanRange(text string) *moment {
	for _, mark := range rangeMarks {
		parts := strings.Split(text, mark)
		if len(parts) != 2 {
			continue
		}
		from, to := scanPoint(strings.TrimSpace(parts[0])), scanPoint(strings.TrimSpace(parts[1]))
		if from == nil || to == nil {
			continue
		}
		m := &moment{span: ranges}
		for order, last := range to.last {
			if to.hasTime && to.clock == 0 && !last.IsZero() {
				last = last.AddDays(-1)
			}
			if first := from.first[order]; !first.IsZero() && !last.IsZero() && !last.Before(first) {
				m.first[order], m.last[order] = first, last
			}
		}
		if m.last == [orders]logparse.Date{} {
			return nil
		}
		return m
	}
	return nil
}

// in is a moment in one order. A time without an offset is one of the zone from.
func (m *moment) in(order int, from *time.Location) time.Time {
	if from = cmp.Or(m.zone, from); from == nil {
		from = time.UTC
	}
	d := m.first[order]
	return time.Date(d.Year, d.Month, d.Day, 0, 0, int(m.clock/time.Second), 0, from)
}

// period is the week or month that a span is in an order; day where it is one day,
// and "" where it is none of these.
func (m *moment) period(order int) period {
	first, last := m.first[order], m.last[order]
	for _, p := range []period{day, month} {
		if first == p.first(last) && last == p.last(last) {
			return p
		}
	}
	if first == week.first(last) {
		return week
	}
	return ""
}

// A period is how much time one observation sums up.
type period string

const (
	day   period = "day"
	week  period = "week"
	month period = "month"
)

// last is the last day of the period that holds a date; a week ends on Sunday.
func (p period) last(d logparse.Date) logparse.Date {
	switch p {
	case week:
		return d.AddDays((7 - int(d.Time().Weekday())) % 7)
	case month:
		return month.first(d).AddMonths(1).AddDays(-1)
	}
	return d
}

// first is the first day of the period that ends on a date.
func (p period) first(end logparse.Date) logparse.Date {
	switch p {
	case week:
		return end.AddDays(-6)
	case month:
		return logparse.Date{Year: end.Year, Month: end.Month, Day: 1}
	}
	return end
}
