package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// A Period is a range of civil dates, both ends included.
type Period struct {
	Name     string // as a reader would call it
	From, To logparse.Date
}

// Contains says whether a date lies in the period.
func (p Period) Contains(d logparse.Date) bool { return !d.Before(p.From) && !p.To.Before(d) }

// IsQuarter says whether the period is a quarter of a year.
func (p Period) IsQuarter() bool {
	return p.From.Day == 1 && p.From.Month%3 == 1 && p.To == p.From.AddMonths(3).AddDays(-1)
}

// AllTime contains every date.
var AllTime = Period{"all time", logparse.Date{Year: 1, Month: 1, Day: 1}, logparse.Date{Year: 9999, Month: 12, Day: 31}}

// PeriodForms lists what ParsePeriod reads.
const PeriodForms = "2026-Q3, 2026, 2026-07, this-quarter, last-quarter or 2026-07-01..2026-09-30"

// ParsePeriod reads a quarter, year, month or range; this-quarter and
// last-quarter are seen from today.
func ParsePeriod(text string, today logparse.Date) (Period, error) {
	match := func(form string) []string { return regexp.MustCompile("^" + form + "$").FindStringSubmatch(text) }
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	quarter := (int(today.Month) + 2) / 3
	switch {
	case text == "this-quarter":
		return quarterOf(today.Year, quarter), nil
	case text == "last-quarter" && quarter == 1:
		return quarterOf(today.Year-1, 4), nil
	case text == "last-quarter":
		return quarterOf(today.Year, quarter-1), nil
	}
	if m := match(`(\d{4})-?[Qq]([1-4])`); m != nil && number(m[1]) > 0 {
		return quarterOf(number(m[1]), number(m[2])), nil
	}
	if m := match(`(\d{4})`); m != nil && number(m[1]) > 0 {
		return months(text, number(m[1]), 1, 12), nil
	}
	if m := match(`(\d{4})-(\d\d)`); m != nil && number(m[1]) > 0 && number(m[2]) >= 1 && number(m[2]) <= 12 {
		return months(text, number(m[1]), number(m[2]), 1), nil
	}
	if m := match(`(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)`); m != nil {
		from, errFrom := logparse.ParseDate(m[1])
		to, errTo := logparse.ParseDate(m[2])
		if errFrom == nil && errTo == nil && !to.Before(from) {
			return Period{text, from, to}, nil
		}
	}
	return Period{}, fmt.Errorf("%q is not a period; write %s", text, PeriodForms)
}

func quarterOf(year, quarter int) Period {
	return months(fmt.Sprintf("%04d-Q%d", year, quarter), year, 3*quarter-2, 3)
}

func months(name string, year, month, n int) Period {
	from := logparse.Date{Year: year, Month: time.Month(month), Day: 1}
	return Period{name, from, from.AddMonths(n).AddDays(-1)}
}
