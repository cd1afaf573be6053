package plan

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Period is a range of civil dates, both ends included.
type Period struct {
	Name string        `json:"name"` // as a reader would call it
	From logparse.Date `json:"from"`
	To   logparse.Date `json:"to"`

	span span // of a period that the calendar has a name for
}

// A span is a length that people have a name for: some months of a year, or a week.
type span struct {
	months int
	fiscal FiscalYears // that it is a part of; none of calendar years
	week   bool
}

// A unit is a length of period that people have a word for.
type unit struct {
	word   string
	months int
	letter string // before its number in the year; "" of years
}

var units = []unit{
	{"month", 1, "M"}, {"quarter", 3, "Q"}, {"half", 6, "H"}, {"year", 12, ""},
}

// Contains says whether a date lies in the period.
func (p Period) Contains(d logparse.Date) bool { return !d.Before(p.From) && !p.To.Before(d) }

// IsQuarter says whether the period is a quarter of a calendar year.
func (p Period) IsQuarter() bool { return p.span == span{months: 3} }

// AllTime contains every date.
var AllTime = Period{Name: "all time", From: logparse.Date{Year: 1, Month: 1, Day: 1}, To: logparse.Date{Year: 9999, Month: 12, Day: 31}}

// PeriodForms lists what ParsePeriod reads.
const PeriodForms = "2026-07, 2026-Q3, 2026-H2, 2026, 2026-W27, FY2026-Q1, FY2026, this-quarter, last-quarter (also week, month, half, year, fiscal-quarter, fiscal-year), or A..B of these or of dates, as in 2026-07-01..2026-09-30"

// ParsePeriod reads a period; "this" and "last" are seen from today.
func ParsePeriod(text string, today logparse.Date, years FiscalYears) (Period, error) {
	if from, to, ok := strings.Cut(text, ".."); ok {
		if rest, ordinal := strings.CutPrefix(to, "."); ordinal { // 1.9...20.9.
			from, to = from+".", rest
		}
		first, errFrom := parseEnd(from, today, years)
		last, errTo := parseEnd(to, today, years)
		switch err := cmp.Or(errFrom, errTo); {
		case err != nil:
			return Period{}, fmt.Errorf("%q is not a period: %w", text, err)
		case last.To.Before(first.From):
			return Period{}, fmt.Errorf("%q is not a period: it ends before it starts", text)
		}
		return Period{Name: first.Name + ".." + last.Name, From: first.From, To: last.To}, nil
	} else if p, ok, err := parseNamed(text, today, years); ok {
		return p, err
	}
	return Period{}, fmt.Errorf("%q is not a period; write %s", text, PeriodForms)
}

// parseEnd reads one end of A..B.
func parseEnd(text string, today logparse.Date, years FiscalYears) (Period, error) {
	if p, ok, err := parseNamed(text, today, years); ok {
		return p, err
	}
	day, err := logparse.SpokenDay(text, today)
	return Period{Name: day.String(), From: day, To: day}, err
}

// parseNamed reads a period of one name; ok is false where it is none.
func parseNamed(text string, today logparse.Date, years FiscalYears) (p Period, ok bool, err error) {
	if which, word, _ := strings.Cut(text, "-"); which == "this" || which == "last" {
		s, ok, err := spanOf(word, years)
		if !ok || err != nil {
			return Period{}, ok, err
		}
		p = s.around(today)
		if which == "last" {
			p = p.Before()
		}
		return p, true, nil
	}
	m := regexp.MustCompile(`^(FY)?(\d{4})(?:-?([QqHh])([1-4])|-?([MmWw])(\d\d?)|-(\d\d))?$`).FindStringSubmatch(text)
	if m == nil {
		return Period{}, false, nil
	}
	year, _ := strconv.Atoi(m[2])
	number, _ := strconv.Atoi(m[4] + m[6] + m[7])
	s, fiscal := span{months: 12}, m[1] != ""
	switch letter := strings.ToUpper(m[3] + m[5]); {
	case year == 0 || m[7] != "" && fiscal:
		return Period{}, false, nil
	case letter == "W":
		p, ok = week(year, number)
		return p, ok && !fiscal, nil
	case m[7] != "":
		s.months = 1
	case letter == "":
		number = 1
	default:
		s.months = units[slices.IndexFunc(units, func(u unit) bool { return u.letter == letter })].months
	}
	if number < 1 || number > 12/s.months || s.months == 1 && m[7] == "" && (!fiscal || years.Weeks == "") {
		return Period{}, false, nil
	}
	if fiscal {
		if err := years.check(); err != nil {
			return Period{}, true, err
		}
		s.fiscal = years
	}
	return s.around(s.fiscal.months(s.fiscal.yearIn(year))[(number-1)*s.months]), true, nil
}

// spanOf is the span that has a word; ok is false where it is none.
func spanOf(word string, years FiscalYears) (s span, ok bool, err error) {
	if word == "week" {
		return span{week: true}, true, nil
	}
	length, fiscal := strings.CutPrefix(word, "fiscal-")
	for _, u := range units {
		switch {
		case u.word != length || fiscal && u.months == 1 && years.Weeks == "":
		case fiscal:
			return span{months: u.months, fiscal: years}, true, years.check()
		default:
			return span{months: u.months}, true, nil
		}
	}
	return span{}, false, nil
}

// week is a week of the calendar by its number (ISO 8601); ok is false where the year has none of it.
func week(year, number int) (p Period, ok bool) {
	p = span{week: true}.around(logparse.Date{Year: year, Month: 1, Day: 4}.AddDays(7 * (number - 1)))
	of, n := p.From.Time().ISOWeek()
	return p, of == year && n == number
}

// around is the period of this length in which a day lies.
func (s span) around(day logparse.Date) Period {
	if s.week {
		monday := weekOf(day)
		year, number := monday.Time().ISOWeek()
		return Period{fmt.Sprintf("%04d-W%02d", year, number), monday, monday.AddDays(6), s}
	}
	year := day.Year + 1
	for day.Before(s.fiscal.start(year)) {
		year--
	}
	starts := s.fiscal.months(year)
	at := 0
	for !day.Before(starts[at+s.months]) {
		at += s.months
	}
	p := Period{s.fiscal.name(year) + s.number(at/s.months), starts[at], starts[at+s.months].AddDays(-1), s}
	if s.months == 1 && s.fiscal.Weeks == "" {
		p.Name = fmt.Sprintf("%04d-%02d", p.From.Year, p.From.Month)
	}
	return p
}

// number is the end of a period's name: which of its year it is, from 0.
func (s span) number(index int) string {
	of := units[slices.IndexFunc(units, func(u unit) bool { return u.months == s.months })]
	if of.letter == "" {
		return ""
	}
	return fmt.Sprintf("-%s%d", of.letter, index+1)
}

// QuarterOf is the quarter of a calendar year in which a day lies.
func QuarterOf(day logparse.Date) Period { return span{months: 3}.around(day) }

// FourQuarters are the four quarters that end with the period; ok is false where it is as
// long itself.
func (p Period) FourQuarters() (year Period, ok bool) {
	from := p.To.AddDays(1).AddMonths(-12)
	if p.span.fiscal.Weeks != "" {
		first := p
		for range 12/p.span.months - 1 {
			first = first.Before()
		}
		from = first.From
	}
	return Period{Name: "last four quarters", From: from, To: p.To}, from.Before(p.From)
}

// Before is the period of the same kind that ends the day before this one
// starts: of whole months, as many months.
func (p Period) Before() Period {
	to := p.From.AddDays(-1)
	if p.span != (span{}) {
		return p.span.around(to)
	}
	after := p.To.AddDays(1)
	from := p.From.AddDays(-(p.From.DaysUntil(p.To) + 1))
	if p.From.Day == 1 && after.Day == 1 {
		months := 12*(after.Year-p.From.Year) + int(after.Month) - int(p.From.Month)
		from = p.From.AddMonths(-months)
	}
	return Period{Name: from.String() + ".." + to.String(), From: from, To: to}
}
