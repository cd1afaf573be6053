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
	weekday    int   // that stands beside it, from Sunday, or -1
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

var (
	yearFirst = pattern(`(\d{4})([-./_ ])(\d{1,2})([-./_ ])(\d{1,2})`)
	eastAsian = pattern(`(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]`)
	yearLast  = pattern(`(\d{1,2})([-./_])(\d{1,2})([-./_])(\d{4}|\d{2})`)
	yearWord  = pattern(`(\d{4})[ ._-]+(\pL{3,10})\.?[ ._-]*(\d{1,2})(?:st|nd|rd|th)?`)
	dayMonth  = pattern(`(\d{1,2})(?i:st|nd|rd|th|er|º|°|\.)?[ \x{a0}._-]*(?i:of |de |d'|the )?(\pL{3,10})`)
	monthDay  = pattern(`(\pL{3,10})\.?[ \x{a0}._-]*(?i:the )?(\d{1,2})(?i:st|nd|rd|th)?`)
	compact   = pattern(`\d{14}|\d{12}|\d{8}`)

	longYear   = pattern(`^[ \x{a0},._'’-]*(?i:de |del |of )?(\d{4})`)
	shortYear  = pattern(`^[ ._-]?[ '’._-](\d{2})`)
	clockTime  = pattern(`^(?:[T_ ]|, | at | um )?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?Z|[+-]\d{2}:?\d{2})?`)
	clockDigit = pattern(`^T\d{4,6}Z?`)
)

// A dateFinder finds the dates of one text.
type dateFinder struct {
	text  string
	found []written
}

// findDates finds every date that a text holds, in its order.
func findDates(text string) []written {
	f := &dateFinder{text: text}
	f.each(yearFirst(), func(at []int, m []string) {
		if m[2] == m[4] && plausible(number(m[1])) {
			f.add(at[0], at[1], on(m[1], m[3], m[5], ""))
		}
	})
	f.each(eastAsian(), func(at []int, m []string) { f.add(at[0], at[1], on(m[1], m[2], m[3], "")) })
	f.each(yearLast(), func(at []int, m []string) { f.addClosed(at[0], at[1], readYearLast(m)...) })
	f.each(yearWord(), func(at []int, m []string) {
		if month := monthOf(m[2]); month > 0 && plausible(number(m[1])) {
			f.add(at[0], at[1], on(m[1], strconv.Itoa(month), m[3], ""))
		}
	})
	for _, withYear := range []bool{true, false} { // "10 March 4, 2024" is the 4th
		f.each(dayMonth(), func(at []int, m []string) { f.named(at, m[1], m[2], withYear) })
		f.each(monthDay(), func(at []int, m []string) { f.named(at, m[2], m[1], withYear) })
	}
	f.each(compact(), func(at []int, m []string) { f.addClosed(at[0], at[1], readCompact(m[0])...) })
	slices.SortFunc(f.found, func(a, b written) int { return a.start - b.start })
	for i := range f.found {
		f.found[i].keepWeekday(text)
	}
	return f.found
}

// each calls read for each match, with its place and its groups.
func (f *dateFinder) each(pattern *regexp.Regexp, read func(at []int, m []string)) {
	for _, at := range pattern.FindAllStringSubmatchIndex(f.text, -1) {
		m := make([]string, len(at)/2)
		for i := range m {
			if at[2*i] >= 0 {
				m[i] = f.text[at[2*i]:at[2*i+1]]
			}
		}
		read(at, m)
	}
}

// add notes a date whose ends no letter or digit touches, but for a time of day.
func (f *dateFinder) add(start, end int, days ...day) {
	overlaps := func(w written) bool { return start < w.end && w.start < end }
	if len(days) == 0 || slices.ContainsFunc(f.found, overlaps) || !f.freeBefore(start) || !f.freeAfter(end) {
		return
	}
	w := written{start, end, f.text[start:end], nil, -1}
	for _, d := range days {
		known := slices.ContainsFunc(w.days, func(o day) bool { return o.Date == d.Date })
		if exists(d.Date) && !known {
			w.days = append(w.days, d)
		}
	}
	f.found = append(f.found, w)
}

// addClosed is add for a form that could be the middle of a longer number, such
// as a version or a span of days.
func (f *dateFinder) addClosed(start, end int, days ...day) {
	before := strings.TrimRightFunc(f.text[:start], isJoin)
	after := strings.TrimLeftFunc(f.text[end:], isJoin)
	joined := len(before) < start && endsInDigit(before) || len(after) < len(f.text)-end && startsWithDigit(after)
	if !joined || clockTime().MatchString(f.text[end:]) {
		f.add(start, end, days...)
	}
}

func isJoin(r rune) bool { return r == '.' || r == '/' || r == ':' || unicode.Is(unicode.Pd, r) }

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r)
}

func (f *dateFinder) freeBefore(at int) bool {
	r, _ := utf8.DecodeLastRuneInString(f.text[:at])
	return at == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func (f *dateFinder) freeAfter(at int) bool {
	rest := f.text[at:]
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) || clockTime().MatchString(rest) || clockDigit().MatchString(rest)
}

// named notes a date whose month is a word, with the year behind it or without.
func (f *dateFinder) named(at []int, number, word string, withYear bool) {
	month := monthOf(word)
	if month == 0 {
		return
	}
	end := at[1]
	year := ""
	rest := f.text[end:]
	if m := longYear().FindStringSubmatchIndex(rest); m != nil && plausibleText(rest[m[2]:m[3]]) && !startsWithDigit(rest[m[1]:]) {
		year, end = rest[m[2]:m[3]], end+m[1]
	} else if m := shortYear().FindStringSubmatchIndex(rest); m != nil && !startsWithDigit(rest[m[1]:]) && !clockTime().MatchString(rest[m[2]:]) {
		year, end = "20"+rest[m[2]:m[3]], end+m[1]
	}
	if withYear != (year != "") || year == "" && needsYear(word) {
		return
	}
	f.addClosed(at[0], end, on(year, strconv.Itoa(month), number, ""))
}

// readYearLast reads 4/3/2024 and 04-03-24. With full stops the day comes first,
// wherever such dates are written.
func readYearLast(m []string) []day {
	year := m[5]
	if len(year) == 2 {
		year = "20" + year
	}
	if m[2] != m[4] || !plausibleText(year) {
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
	return days
}

// readCompact reads digits without marks: 20240304, with a time behind them as in
// 202403041030, and 04032024.
func readCompact(digits string) []day {
	switch {
	case plausibleText(digits[:4]):
		d := on(digits[:4], digits[4:6], digits[6:8], "")
		if exists(d.Date) && (len(digits) == 8 || number(digits[8:10]) < 24) {
			return []day{d}
		}
	case len(digits) == 8 && plausibleText(digits[4:]):
		return []day{on(digits[4:], digits[2:4], digits[:2], "dmy"), on(digits[4:], digits[:2], digits[2:4], "mdy")}
	}
	return nil
}

func on(year, month, d, order string) day {
	return day{logparse.Date{Year: number(year), Month: time.Month(number(month)), Day: number(d)}, order}
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// plausible years are those in which somebody may have typed notes.
func plausible(year int) bool { return 1980 <= year && year < 2100 }

func plausibleText(year string) bool { return plausible(number(year)) }

// exists says whether the calendar has the day; without a year, whether any year
// has it.
func exists(d logparse.Date) bool {
	if d.Year == 0 {
		d.Year = 2024
	}
	_, err := logparse.ParseDate(fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day))
	return err == nil
}

// keepWeekday keeps the meanings of a date that fall on the weekday beside it.
func (w *written) keepWeekday(text string) {
	name := weekdayBefore(text[:w.start])
	if name < 0 {
		name = weekdayAfter(text[w.end:])
	}
	if w.weekday = name; name < 0 {
		return
	}
	w.days = slices.DeleteFunc(w.days, func(d day) bool { return d.hasYear() && int(d.Time().Weekday()) != name })
}

// weekdayBefore is the weekday that the text ends with, from Sunday, 0, or -1.
func weekdayBefore(text string) int {
	text = strings.TrimRight(text, " ,._-*[")
	start := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	_, size := utf8.DecodeRuneInString(text[max(start, 0):])
	if start < 0 {
		start, size = 0, 0
	}
	return weekdayOf(text[start+size:])
}

func weekdayAfter(text string) int {
	text = strings.TrimLeft(text, " ,._-*([")
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }); end >= 0 {
		text = text[:end]
	}
	return weekdayOf(text)
}

// withoutDates is the text with a bar in the place of each date and of the time
// behind it.
func withoutDates(text string, dates []written) string {
	var out strings.Builder
	at := 0
	for _, w := range dates {
		out.WriteString(text[at:max(at, w.start)])
		out.WriteString(" | ")
		at = w.end
		at += len(clockTime().FindString(text[at:]))
		at += len(clockDigit().FindString(text[at:]))
	}
	out.WriteString(text[at:])
	return out.String()
}
