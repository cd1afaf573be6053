package adopt

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
)

// Orders lists how a date of numbers only can be meant: day, month, year; or
// month, day, year; or year, month, day.
var Orders = []string{"dmy", "mdy", "ymd"}

// A written date is what a text says of a day, with every day that it can mean.
type written struct {
	start, end int // in the text
	text       string
	days       []day // none where the calendar has no such day
	weekday    int   // that is beside it, from Sunday, or -1
}

// A day is one meaning of a written date. Without a year it is a day of any.
type day struct {
	logparse.Date
	order string // of Orders; "" where it can't be meant in another
}

func (d day) hasYear() bool { return d.Year != 0 }

// pattern is a regular expression that is compiled when it is first needed.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

const (
	dayNumber = `(\d{1,2})(?i:st|nd|rd|th|er|º|°|\.)?`
	inWords   = `[ \x{a0}._-]*(?i:of |de |d'|the )?`
	longYear  = `[ \x{a0},._'’-]*(?i:de |del |of )?(\d{4})`
	shortYear = `[ ._-]?[ '’._-](\d{2})`
)

// A dateForm is one way to write a date. One that is closed could be the middle of
// a longer number, such as a version or a span of days.
type dateForm struct {
	pattern func() *regexp.Regexp
	closed  bool
	read    func(m []string) []day
}

// dateForms are tried in their order: "10 March 4, 2024" is the 4th.
var dateForms = []dateForm{
	{pattern(`(\d{4})([-./_ ])(\d{1,2})([-./_ ])(\d{1,2})`), false, func(m []string) []day {
		if m[2] != m[4] {
			return nil
		}
		return one(m[1], m[3], m[5])
	}},
	{pattern(`(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]`), false, func(m []string) []day { return one(m[1], m[2], m[3]) }},
	{pattern(`(\d{1,2})([-./_])(\d{1,2})([-./_])(\d{4}|\d{2})`), true, readYearLast},
	{pattern(`(\d{4})[ ._-]+(\pL{3,10})\.?[ ._-]*` + dayNumber), false, func(m []string) []day { return named(m[1], m[2], m[3]) }},
	{pattern(dayNumber + inWords + `(\pL{3,10})` + longYear), true, func(m []string) []day { return named(m[3], m[2], m[1]) }},
	{pattern(dayNumber + inWords + `(\pL{3,10})` + shortYear), true, func(m []string) []day { return named("20"+m[3], m[2], m[1]) }},
	{pattern(`(\pL{3,10})\.?` + inWords + dayNumber + longYear), true, func(m []string) []day { return named(m[3], m[1], m[2]) }},
	{pattern(`(\pL{3,10})\.?` + inWords + dayNumber + shortYear), true, func(m []string) []day { return named("20"+m[3], m[1], m[2]) }},
	{pattern(dayNumber + inWords + `(\pL{3,10})`), true, func(m []string) []day { return named("", m[2], m[1]) }},
	{pattern(`(\pL{3,10})\.?` + inWords + dayNumber), true, func(m []string) []day { return named("", m[1], m[2]) }},
	{pattern(`\d{14}|\d{12}|\d{8}`), true, func(m []string) []day { return readCompact(m[0]) }},
}

var (
	clockTime  = pattern(`^(?:[T_ ]|, | at | um )?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?Z|[+-]\d{2}:?\d{2})?`)
	clockDigit = pattern(`^T\d{4,6}Z?`)
)

// findDates finds every date that a text holds, in its order.
func findDates(text string) []written {
	if !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	var found []written
	for _, form := range dateForms {
		for _, at := range form.pattern().FindAllStringSubmatchIndex(text, -1) {
			m := make([]string, len(at)/2)
			for i := range m {
				m[i] = text[max(at[2*i], 0):max(at[2*i+1], 0)]
			}
			start, end := at[0], at[1]
			overlaps := slices.ContainsFunc(found, func(w written) bool { return start < w.end && w.start < end })
			if overlaps || !isFree(text, start, end) || form.closed && isJoined(text, start, end) {
				continue
			}
			if days := form.read(m); len(days) > 0 {
				w := written{start, end, text[start:end], days, -1}
				w.days = slices.DeleteFunc(w.days, func(d day) bool { return !exists(d.Date) })
				w.keepWeekday(text)
				found = append(found, w)
			}
		}
	}
	slices.SortFunc(found, func(a, b written) int { return a.start - b.start })
	return found
}

// isFree says whether no letter or digit touches a place, but for a time of day.
func isFree(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	isPart := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !isPart(before) && (!isPart(after) || clockTime().MatchString(text[end:]) || clockDigit().MatchString(text[end:]))
}

var (
	joinBefore = pattern(`\d[./:\p{Pd}]+$`)
	joinAfter  = pattern(`^[./:\p{Pd}]+\d`)
)

// isJoined says whether a mark joins a place to a number before or behind it.
func isJoined(text string, start, end int) bool {
	return (joinBefore().MatchString(text[:start]) || joinAfter().MatchString(text[end:])) && !clockTime().MatchString(text[end:])
}

// readYearLast reads 4/3/2024 and 04-03-24. With full stops the day comes first,
// wherever such dates are written.
func readYearLast(m []string) []day {
	year := m[5]
	if len(year) == 2 {
		year = "20" + year
	}
	if m[2] != m[4] || !plausible(year) {
		return nil
	}
	days := []day{on(year, m[3], m[1], "dmy")}
	if m[2] != "." {
		days = append(days, on(year, m[1], m[3], "mdy"))
	}
	if len(m[1]) == 2 && len(m[3]) == 2 && len(m[5]) == 2 && m[2] != "/" {
		days = append(days, on("20"+m[1], m[3], m[5], "ymd"))
	}
	if len(m[5]) == 2 && !slices.ContainsFunc(days, func(d day) bool { return exists(d.Date) }) {
		return nil // a time, or a version
	}
	if days[0].Date == days[len(days)-1].Date { // 4/4/2024
		return days[:1]
	}
	return days
}

// readCompact reads digits without marks: 20240304, with a time behind them as in
// 202403041030, and 04032024.
func readCompact(digits string) []day {
	switch {
	case plausible(digits[:4]):
		d := one(digits[:4], digits[4:6], digits[6:8])
		if exists(d[0].Date) && (len(digits) == 8 || number(digits[8:10]) < 24) {
			return d
		}
	case len(digits) == 8 && plausible(digits[4:]):
		return []day{on(digits[4:], digits[2:4], digits[:2], "dmy"), on(digits[4:], digits[:2], digits[2:4], "mdy")}
	}
	return nil
}

// one is a day that can be meant in one order only.
func one(year, month, d string) []day {
	if !plausible(year) {
		return nil
	}
	return []day{on(year, month, d, "")}
}

// named is a day whose month is a word; without a year where that is "".
func named(year, word, d string) []day {
	month := monthOf(word)
	if month == 0 || year != "" && !plausible(year) || year == "" && needsYear(word) {
		return nil
	}
	return []day{on(year, strconv.Itoa(month), d, "")}
}

func on(year, month, d, order string) day {
	return day{logparse.Date{Year: number(year), Month: time.Month(number(month)), Day: number(d)}, order}
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// plausible years are those in which somebody may have typed notes.
func plausible(year string) bool { return 1980 <= number(year) && number(year) < 2100 }

// exists says whether the calendar has the day; without a year, whether any year
// has it.
func exists(d logparse.Date) bool {
	if d.Year == 0 {
		d.Year = 2024
	}
	_, err := logparse.ParseDate(fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day))
	return err == nil
}

var (
	wordBefore = pattern(`[\pL\pM]+[ ,._*\[-]*$`)
	wordAfter  = pattern(`^[ ,._*(\[-]*[\pL\pM]+`)
)

// keepWeekday keeps the meanings of a date that fall on the weekday beside it.
func (w *written) keepWeekday(text string) {
	bare := func(word string) string { return strings.Trim(word, " ,._*([-") }
	if w.weekday = weekdayOf(bare(wordBefore().FindString(text[:w.start]))); w.weekday < 0 {
		w.weekday = weekdayOf(bare(wordAfter().FindString(text[w.end:])))
	}
	if w.weekday >= 0 {
		w.days = slices.DeleteFunc(w.days, func(d day) bool { return d.hasYear() && int(d.Time().Weekday()) != w.weekday })
	}
}

// withoutDates is the text with a bar in the place of each date and of the time
// behind it.
func withoutDates(text string, dates []written) string {
	var out strings.Builder
	at := 0
	for _, w := range dates {
		out.WriteString(text[at:max(at, w.start)] + " | ")
		at = w.end
		at += len(clockTime().FindString(text[at:]))
		at += len(clockDigit().FindString(text[at:]))
	}
	return out.String() + text[at:]
}
