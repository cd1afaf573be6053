package logparse

import (
	"cmp"
	"fmt"
	"time"
)

// A Date is a civil date: a day on the calendar, with no time and no time zone.
// The zero Date is no date at all.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date written YYYY-MM-DD. It refuses dates that don't exist
// (2026-02-30) in place of moving them to another month.
func ParseDate(s string) (Date, error) {
	if isDateForm(s) {
		date := Date{number(s[:4]), time.Month(number(s[5:7])), number(s[8:])}
		if date.Year > 0 && DateOf(date.Time()) == date {
			return date, nil
		}
	}
	return Date{}, fmt.Errorf("%q is not a date; write YYYY-MM-DD, as in 2026-07-06", s)
}

// isDateForm says whether a text has the form of a date: YYYY-MM-DD.
func isDateForm(text string) bool {
	return len(text) == len(time.DateOnly) && text[4] == '-' && text[7] == '-' && isNumber(text[:4]) && isNumber(text[5:7]) && isNumber(text[8:])
}

// DateOf is the civil date of t in t's own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// InWords is the date as a page has it: 6 Jul 2026.
func (d Date) InWords() string { return d.Time().Format("2 Jan 2006") }

func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes the date as YYYY-MM-DD, and no date as the empty text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = Date{}
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// IsZero says whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the day, for calendar arithmetic and formatting.
func (d Date) Time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// AddDays is the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// AddMonths is the same day n months later; where that month is too short, its
// last day (one month after 31 January is 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// DaysUntil is the number of days from d to e; negative where e is before d.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()) / (24 * time.Hour))
}

// Before says whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// Compare is -1, 0 or 1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}
