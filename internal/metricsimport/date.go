package metricsimport

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

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

// A moment is a day, and perhaps a time, as it was written. 03/04/25 is another
// day in each order.
type moment struct {
	dates     [orders]logparse.Date // the zero date where the order can't be; of a span the last day
	begins    [orders]logparse.Date // the first day of a span
	hasTime   bool
	clock     time.Duration // since the day's start
	hasOffset bool
	offset    time.Duration // east of UTC
}

// in is the date in one order.
func (m *moment) in(order int) (logparse.Date, bool) {
	return m.dates[order], !m.dates[order].IsZero()
}

// civil is the day of a moment in the zone of the logbook. A time without an
// offset is one of the zone from; a day without a time is that day anywhere.
func (m *moment) civil(order int, from, logbook *time.Location) logparse.Date {
	date := m.dates[order]
	switch {
	case m.hasOffset:
		from = time.FixedZone("", int(m.offset/time.Second))
	case !m.hasTime || from == nil:
		return date
	}
	h, min, s := int(m.clock/time.Hour), int(m.clock/time.Minute)%60, int(m.clock/time.Second)%60
	return logparse.DateOf(time.Date(date.Year, date.Month, date.Day, h, min, s, 0, from).In(logbook))
}

// scanMoment reads a day, with or without a time and an offset behind it, or a span
// of days.
func scanMoment(text string) (m moment, ok bool) {
	if m, ok := scanPoint(text); ok {
		return m, true
	}
	return scanSpan(text)
}

// scanPoint reads a day, with or without a time.
func scanPoint(text string) (m moment, ok bool) {
	day := text
	if colon := strings.IndexByte(text, ':'); colon > 0 {
		start := colon
		for start > 0 && '0' <= text[start-1] && text[start-1] <= '9' {
			start--
		}
		if !m.scanTime(strings.ToLower(text[start:])) {
			return m, false
		}
		day = strings.TrimRight(strings.TrimSuffix(strings.ToLower(text[:start]), "t"), " ,\u00a0\u202f")
	}
	return m, m.scanDay(strings.ToLower(day))
}

func (m *moment) scanDay(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(words) > 1 && isWeekday(words[0]) {
		words = words[1:]
		text = strings.Join(words, " ")
	}
	if len(text) == 8 && areDigits(text) {
		return m.scanNumbers([]string{text[:4], text[4:6], text[6:]})
	}
	for _, sign := range []string{"/", "-", "."} {
		if parts := strings.Split(strings.TrimSuffix(text, "."), sign); len(parts) == 3 && areDigits(strings.Join(parts, "")) {
			return m.scanNumbers(parts)
		}
	}
	return m.scanNamedMonth(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",-/.", r) }))
}

// scanNumbers takes three numbers in every order that they can have. A year of
// two digits is one of this century.
func (m *moment) scanNumbers(p []string) bool {
	for order, at := range [orders][3]int{dmy: {2, 1, 0}, mdy: {2, 0, 1}, ymd: {0, 1, 2}} {
		year, month, day := p[at[0]], p[at[1]], p[at[2]]
		if len(p[0]) == 4 && order != ymd || len(p[0]) == 3 {
			continue
		}
		m.dates[order] = calendarDay(year, month, day)
	}
	if len(p[0]) == 4 { // 2026-07-06 has one order only
		m.dates[dmy], m.dates[mdy] = m.dates[ymd], m.dates[ymd]
	}
	return m.dates != [orders]logparse.Date{}
}

// scanNamedMonth reads 1 Dec 2025, Dec 1 2025, 01-Dec-25 and 2025 Dec 1.
func (m *moment) scanNamedMonth(p []string) bool {
	at := slices.IndexFunc(p, func(s string) bool { return monthNamed(s) > 0 })
	if len(p) != 3 || at < 0 || at > 1 {
		return false
	}
	month := strconv.Itoa(monthNamed(p[at]))
	year, day := p[2], p[1-at]
	if at == 1 && len(p[0]) == 4 {
		year, day = p[0], p[2]
	}
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		day = strings.TrimSuffix(day, ending)
	}
	date := calendarDay(year, month, day)
	m.dates = [orders]logparse.Date{date, date, date}
	return !date.IsZero()
}

// calendarDay is the day, or no date where there is none such.
func calendarDay(year, month, day string) logparse.Date {
	if !areDigits(year+month+day) || len(year) != 2 && len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return logparse.Date{}
	}
	y, _ := strconv.Atoi(year)
	mon, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if len(year) == 2 {
		y += 2000
	}
	date := logparse.Date{Year: y, Month: time.Month(mon), Day: d}
	if y == 0 || logparse.DateOf(date.Time()) != date {
		return logparse.Date{}
	}
	return date
}

// scanTime reads 9:00, 09:00:30.5, 12:00 AM, and an offset behind it: Z, UTC,
// +02:00, -0500. The names of zones are refused: CST is three of them.
func (m *moment) scanTime(text string) bool {
	clock, rest := text, ""
	if end := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789:.", r) }); end >= 0 {
		clock, rest = text[:end], strings.TrimSpace(text[end:])
	}
	parts := strings.Split(clock, ":")
	if len(parts) == 2 {
		parts = append(parts, "00")
	}
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) != 2 {
		return false
	}
	second, fraction, has := strings.Cut(parts[2], ".")
	if !areDigits(parts[0]) || !areDigits(parts[1]) || len(second) != 2 || !areDigits(second) || has && !areDigits(fraction) {
		return false
	}
	h, _ := strconv.Atoi(parts[0])
	minute, _ := strconv.Atoi(parts[1])
	s, _ := strconv.Atoi(second)
	for i, half := range []string{"am", "pm"} {
		dotted := half[:1] + "." + half[1:] + "."
		if after, ok := cutAny(rest, half, dotted); ok {
			if h < 1 || h > 12 {
				return false
			}
			h, rest = h%12+12*i, strings.TrimSpace(after)
			break
		}
	}
	if h > 23 || minute > 59 || s > 59 {
		return false
	}
	m.hasTime = true
	m.clock = time.Duration(h)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(s)*time.Second
	return rest == "" || m.scanOffset(rest)
}

func (m *moment) scanOffset(text string) bool {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	text, _ = cutAny(text, "utc", "gmt", "z")
	m.hasOffset = true
	if text = strings.TrimSpace(text); text == "" {
		return true
	}
	minus := strings.HasPrefix(text, "-")
	digits, signed := cutAny(text, "+", "-")
	digits = strings.Replace(digits, ":", "", 1)
	if len(digits) <= 2 {
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	if !signed || err != nil || len(digits) > 4 || !areDigits(digits) || n/100 > 14 || n%100 > 59 {
		return false
	}
	m.offset = time.Duration(n/100)*time.Hour + time.Duration(n%100)*time.Minute
	if minus {
		m.offset = -m.offset
	}
	return true
}

// monthNamed is the number of an English month, by its name or its first letters.
func monthNamed(word string) int {
	for month := time.January; month <= time.December; month++ {
		name := strings.ToLower(month.String())
		if word == name || word == name[:3] || word == "sept" && month == time.September {
			return int(month)
		}
	}
	return 0
}

func isWeekday(word string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if len(word) >= 3 && strings.HasPrefix(name, strings.TrimSuffix(word, ".")) {
			return true
		}
	}
	return false
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
		first := logparse.Date{Year: d.Year, Month: d.Month, Day: 1}
		return first.AddMonths(1).AddDays(-1)
	}
	return d
}

// workdays are the first and the last weekday of the period that ends on a date.
func (p period) workdays(end logparse.Date) (from, to logparse.Date) {
	from, to = end, end
	switch p {
	case week:
		return end.AddDays(-6), end.AddDays(-2)
	case month:
		from = logparse.Date{Year: end.Year, Month: end.Month, Day: 1}
	}
	isWeekend := func(d logparse.Date) bool { return d.Time().Weekday()%6 == 0 }
	for p == month && isWeekend(from) {
		from = from.AddDays(1)
	}
	for p == month && isWeekend(to) {
		to = to.AddDays(-1)
	}
	return from, to
}
