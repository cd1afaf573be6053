package logparse

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// DateOrders lists the orders of day, month and year that a logbook can write its days in.
var DateOrders = []string{"dmy", "mdy", "ymd"}

var (
	yearFirst = pattern(`^(\d{4})([-./])(\d{1,2})([-./])(\d{1,2})$`)
	yearLast  = pattern(`^(\d{1,2})([-./]) ?(\d{1,2})([-./]) ?(\d{4})$`)
	shortYear = pattern(`^(\d{1,2})[-./](\d{1,2})[-./](\d{2})$`)
)

// namedMonths are the forms of a day whose month is a word. Their commas and full
// stops were taken out.
var namedMonths = []string{"2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006", "2006 Jan 2", "2006 January 2", "2-Jan-2006"}

// day reads a day as people write it, where that can mean one day only.
func (h Headings) day(text string) (Date, bool) {
	if date, err := ParseDate(text); err == nil {
		return date, true
	}
	days := h.days(text)
	if len(days) != 1 {
		return Date{}, false
	}
	return days[0], true
}

// days are the days that a text can mean, the year written out: none, one, or two
// where nobody can say which number is the month.
func (h Headings) days(text string) []Date {
	if date, err := ParseDate(text); err == nil {
		return []Date{date}
	}
	text = plainBlanks(text)
	if m := yearFirst().FindStringSubmatch(text); m != nil && m[2] == m[4] {
		return calendarDays(m[1], m[3], m[5])
	}
	if m := yearLast().FindStringSubmatch(text); m != nil && m[2] == m[4] {
		dmy, mdy := calendarDays(m[5], m[3], m[1]), calendarDays(m[5], m[1], m[3])
		switch {
		case len(dmy) > 0 && h.dateOrder == "dmy":
			return dmy
		case len(mdy) > 0 && h.dateOrder == "mdy":
			return mdy
		}
		return slices.Compact(append(dmy, mdy...))
	}
	words := strings.Join(strings.Fields(strings.NewReplacer(",", " ", ". ", " ").Replace(text)), " ")
	for _, form := range namedMonths {
		if t, err := time.Parse(form, words); err == nil && t.Year() > 0 {
			return []Date{DateOf(t)}
		}
	}
	return nil
}

func calendarDays(year, month, day string) []Date {
	date, err := ParseDate(fmt.Sprintf("%s-%02d-%02d", year, number(month), number(day)))
	if err != nil {
		return nil
	}
	return []Date{date}
}

// whyNoDay says what is wrong with a text that means no single day, and how to
// write it. prefix is what a token starts with.
func (h Headings) whyNoDay(text, prefix string) (why, remedy string) {
	remedy = fmt.Sprintf("write year, month and day, as in %s2026-07-06", prefix)
	if odd := nameOddBlank(text); odd != "" {
		remedy += "; there is " + odd + " in it"
	}
	text = plainBlanks(text)
	days := h.days(text)
	switch {
	case len(days) == 2:
		return "can mean two days", fmt.Sprintf("write %s%s or %s%s; coachlog.yaml can say which number comes first: `date_order: dmy` or `mdy`", prefix, days[0], prefix, days[1])
	case isDateForm(text), yearFirst().MatchString(text), yearLast().MatchString(text):
		return "is not a day of the calendar", remedy
	case shortYear().MatchString(text):
		return "has a year of two digits", remedy
	}
	return "is not a date written YYYY-MM-DD", remedy
}
