package logparse

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
)

// DateOrders lists the orders of day, month and year that a logbook can write its days in.
var DateOrders = []string{"dmy", "mdy", "ymd"}

// dayForms are the ways to write a day, with the order that the form has where the
// month is a number and the year comes last.
var dayForms = []struct{ layout, order string }{
	{"2006-1-2", ""}, {"2006/1/2", ""}, {"2006.1.2", ""},
	{"2-1-2006", "dmy"}, {"2/1/2006", "dmy"}, {"2.1.2006", "dmy"}, {"1-2-2006", "mdy"}, {"1/2/2006", "mdy"}, {"1.2.2006", "mdy"},
	{"2 Jan 2006", ""}, {"2 January 2006", ""}, {"Jan 2 2006", ""}, {"January 2 2006", ""}, {"2006 Jan 2", ""}, {"2006 January 2", ""}, {"2-Jan-2006", ""},
}

var (
	fullYear   = pattern.Of(`^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./] ?\d{1,2}[-./] ?\d{4})$`)
	shortYear  = pattern.Of(`^\d{1,2}[-./]\d{1,2}[-./]\d{2}$`)
	numberGaps = strings.NewReplacer(". ", ".", "/ ", "/", "- ", "-")
	wordGaps   = strings.NewReplacer(",", " ", ". ", " ")
)

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
func (h Headings) days(text string) (days []Date) {
	text = plainBlanks(text)
	if strings.ContainsFunc(text, unicode.IsLetter) {
		text = strings.Join(strings.Fields(wordGaps.Replace(text)), " ")
	} else {
		text = numberGaps.Replace(text)
	}
	for _, form := range dayForms {
		t, err := time.Parse(form.layout, text)
		day := DateOf(t)
		switch {
		case err != nil || day.Year == 0 || slices.Contains(days, day):
		case form.order != "" && form.order == h.dateOrder:
			return []Date{day}
		default:
			days = append(days, day)
		}
	}
	return days
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
	case len(days) == 0 && fullYear().MatchString(text):
		return "is not a day of the calendar", remedy
	case shortYear().MatchString(text):
		return "has a year of two digits", remedy
	}
	return "is not a date written YYYY-MM-DD", remedy
}
