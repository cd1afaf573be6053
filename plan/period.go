package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// A Period is a range of civil dates, both ends included.
type Period struct {
	Name string        `json:"name"` // as a reader would call it
	From logparse.Date `json:"from"`
	To   logparse.Date `json:"to"`

	span span // of a period that the calendar has a name for
}

// A span is a length of which a year has a whole number, such as a quarter.
type span struct {
	months int
	starts time.Month // of a fiscal year; 0 for calendar years
}

// A unit is a length of period that people have a word for.
type unit struct {
	word   string
	months int
	letter string // before its number in the year; "" of months and years
}

var units = []unit{
	{"month", 1, ""}, {"quarter", 3, "Q"}, {"half", 6, "H"}, {"year", 12, ""},
}

// Contains says whether a date lies in the period.
func (p Period) Contains(d logparse.Date) bool { return !d.Before(p.From) && !p.To.Before(d) }

// IsQuarter says whether the period is a quarter of a calendar year.
func (p Period) IsQuarter() bool { return p.span == span{months: 3} }

// AllTime contains every date.
var AllTime = Period{Name: "all time", From: logparse.Date{Year: 1, Month: 1, Day: 1}, To: logparse.Date{Year: 9999, Month: 12, Day: 31}}

// PeriodForms lists what ParsePeriod reads.
const PeriodForms = "2026-07, 2026-Q3, 2026-H2, 2026, FY2026-Q1, FY2026, this-quarter, last-quarter (also month, half, year, fiscal-quarter, fiscal-year), or A..B of these or of dates, as in 2026-07-01..2026-09-30"

// ParsePeriod reads a period; "this" and "last" are seen from today. yearStarts is
// the month in which the logbook's fiscal years start; 0 where it has none. A
// fiscal year has the number of the calendar year in which it ends.
func ParsePeriod(text string, today logparse.Date, yearStarts int) (Period, error) {
	if from, to, ok := strings.Cut(text, ".."); ok {
		first, errFrom := parseEnd(from, today, yearStarts)
		last, errTo := parseEnd(to, today, yearStarts)
		if errFrom == nil && errTo == nil && !last.To.Before(first.From) {
			return Period{Name: text, From: first.From, To: last.To}, nil
		}
	} else if p, ok, err := parseNamed(text, today, time.Month(yearStarts)); ok {
		return p, err
	}
	return Period{}, fmt.Errorf("%q is not a period; write %s", text, PeriodForms)
}

// parseEnd reads one end of A..B.
func parseEnd(text string, today logparse.Date, yearStarts int) (Period, error) {
	if day, err := logparse.ParseDate(text); err == nil {
		return Period{From: day, To: day}, nil
	}
	p, ok, err := parseNamed(text, today, time.Month(yearStarts))
	if !ok {
		err = fmt.Errorf("%q is no period", text)
	}
	return p, err
}

// parseNamed reads a period of one name; ok is false where it is none.
func parseNamed(text string, today logparse.Date, starts time.Month) (p Period, ok bool, err error) {
	if which, word, _ := strings.Cut(text, "-"); which == "this" || which == "last" {
		length, fiscal := strings.CutPrefix(word, "fiscal-")
		for _, u := range units {
			if u.word != length || fiscal && u.months < 3 {
				continue
			}
			p = span{u.months, fiscalStart(fiscal, starts)}.around(today)
			if which == "last" {
				p = p.Before()
			}
			return p, true, needsFiscalYear(fiscal, starts)
		}
		return Period{}, false, nil
	}
	m := regexp.MustCompile(`^(FY)?(\d{4})(?:-?([QqHh])([1-4])|-(\d\d))?$`).FindStringSubmatch(text)
	if m == nil {
		return Period{}, false, nil
	}
	fiscal := m[1] != ""
	year, _ := strconv.Atoi(m[2])
	number, _ := strconv.Atoi(m[4] + m[5])
	s := span{12, fiscalStart(fiscal, starts)}
	switch letter := strings.ToUpper(m[3]); {
	case letter == "Q":
		s.months = 3
	case letter == "H":
		s.months = 6
	case m[5] != "" && !fiscal:
		s.months = 1
	case m[5] != "":
		return Period{}, false, nil
	default:
		number = 1
	}
	if year == 0 || number < 1 || number > 12/s.months {
		return Period{}, false, nil
	}
	if s.starts > time.January {
		year--
	}
	first := logparse.Date{Year: year, Month: max(s.starts, time.January), Day: 1}
	return s.around(first.AddMonths((number - 1) * s.months)), true, needsFiscalYear(fiscal, starts)
}

func fiscalStart(fiscal bool, starts time.Month) time.Month {
	if fiscal {
		return starts
	}
	return 0
}

func needsFiscalYear(fiscal bool, starts time.Month) error {
	if fiscal && starts == 0 {
		return fmt.Errorf("coachlog.yaml doesn't say when the fiscal year starts; write the month's number, as in `fiscal_year_starts: 4`")
	}
	return nil
}

// around is the period of this length in which a day lies.
func (s span) around(day logparse.Date) Period {
	first := int(max(s.starts, time.January)) - 1
	months := 12*day.Year + int(day.Month) - 1 - first // since the start of year 0
	index := months / s.months
	at := index*s.months + first
	from := logparse.Date{Year: at / 12, Month: time.Month(at%12 + 1), Day: 1}
	year := index * s.months / 12
	name := fmt.Sprintf("%04d", year)
	if s.starts > 0 {
		if s.starts > time.January {
			year++
		}
		name = fmt.Sprintf("FY%04d", year)
	}
	of := units[slices.IndexFunc(units, func(u unit) bool { return u.months == s.months })]
	switch {
	case of.letter != "":
		name += fmt.Sprintf("-%s%d", of.letter, index%(12/s.months)+1)
	case s.months == 1:
		name = fmt.Sprintf("%04d-%02d", from.Year, from.Month)
	}
	return Period{name, from, from.AddMonths(s.months).AddDays(-1), s}
}

// QuarterOf is the quarter of a calendar year in which a day lies.
func QuarterOf(day logparse.Date) Period { return span{months: 3}.around(day) }

// FourQuarters are the four quarters that end with the period; ok is false where it is as
// long itself.
func (p Period) FourQuarters() (year Period, ok bool) {
	from := p.To.AddDays(1).AddMonths(-12)
	return Period{Name: "last four quarters", From: from, To: p.To}, from.Before(p.From)
}

// Before is the period of the same kind that ends the day before this one
// starts: of whole months, as many months.
func (p Period) Before() Period {
	to := p.From.AddDays(-1)
	if p.span.months > 0 {
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
