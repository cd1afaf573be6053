package logparse

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
)

// SpokenDays lists what SpokenDay reads besides YYYY-MM-DD.
const SpokenDays = "or 20.7., 20 July, today, tomorrow, yesterday, friday (the next one) or last-friday"

// shortDay is a day and a month with no year and nothing that tells which is which.
var shortDay = pattern.Of(`^\d{1,2}[-/.]\d{1,2}$`)

// SpokenDay reads a day as people say it on a command line: in any of the ways of a
// log, without its year, or as seen from today. What can mean two days is refused.
func SpokenDay(text string, today Date) (Date, error) {
	date, err := ParseDate(text)
	if err == nil {
		return date, nil
	}
	words := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || r == '-' }), " ")
	if date, ok := dayByWord(words, today); ok {
		return date, nil
	}
	if words, ok := strings.CutPrefix(words, "next "); ok {
		if date, ok := dayByWord(words, today); ok {
			return Date{}, fmt.Errorf("%q can mean %s or %s; write the one that you mean", text, date, date.AddDays(7))
		}
	}
	switch days := (Headings{}).days(text); {
	case len(days) == 1:
		return days[0], nil
	case len(days) > 1:
		return Date{}, fmt.Errorf("%q can mean %s or %s; write the one that you mean", text, days[0], days[1])
	case shortDay().MatchString(strings.TrimSpace(text)):
		return Date{}, fmt.Errorf("%q doesn't say which number is the month; write year, month and day, as in 2026-07-20, or 20.7. or 20 July", text)
	}
	if date, ok := dayOfNoYear(text, today); ok {
		return date, nil
	}
	return Date{}, fmt.Errorf("%w, %s", err, SpokenDays)
}

// dayByWord reads a day that is seen from today.
func dayByWord(words string, today Date) (Date, bool) {
	switch words {
	case "today":
		return today, true
	case "tomorrow":
		return today.AddDays(1), true
	case "yesterday":
		return today.AddDays(-1), true
	}
	name, last := strings.CutPrefix(words, "last ")
	for day := time.Sunday; day <= time.Saturday; day++ {
		if full := strings.ToLower(day.String()); name != full && name != full[:3] {
			continue
		}
		from := int(today.Time().Weekday())
		if last {
			return today.AddDays(-((from - int(day) + 6) % 7) - 1), true
		}
		return today.AddDays((int(day)-from+6)%7 + 1), true
	}
	return Date{}, false
}

// dayOfNoYear reads a day and its month, in the year in which that is nearest to today. Points
// behind both numbers are written only where the day comes first.
func dayOfNoYear(text string, today Date) (nearest Date, ok bool) {
	text = plainBlanks(text)
	if strings.ContainsFunc(text, unicode.IsLetter) {
		text = strings.Join(strings.Fields(wordGaps.Replace(text)), " ")
	} else {
		text = strings.TrimSpace(numberGaps.Replace(text))
	}
	for year := today.Year - 1; year <= today.Year+1; year++ {
		for _, layout := range []string{"2.1. 2006", "2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006"} {
			t, err := time.Parse(layout, fmt.Sprintf("%s %04d", text, year))
			day := DateOf(t)
			if err == nil && (!ok || abs(today.DaysUntil(day)) < abs(today.DaysUntil(nearest))) {
				nearest, ok = day, true
			}
		}
	}
	return nearest, ok
}

func abs(n int) int { return max(n, -n) }
