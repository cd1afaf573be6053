package plan

import (
	"errors"
	"fmt"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// FiscalYears are a logbook's fiscal years; the zero value where it has none.
type FiscalYears struct {
	Starts       time.Month
	NamedByStart bool   // FY2026 is the one that starts in 2026, and not the one that ends then
	Weeks        string // of the three months of a quarter, as in 4-4-5; "" where they are those of the calendar
}

// FiscalYearsOf are the fiscal years of a logbook's settings.
func FiscalYearsOf(s *logparse.Settings) FiscalYears {
	return FiscalYears{
		Starts:       time.Month(s.FiscalYearStarts.V),
		NamedByStart: s.FiscalYearNamed.V == logparse.NamedByStart,
		Weeks:        s.FiscalWeeks.V,
	}
}

// check refuses fiscal years of which nothing says when they start.
func (f FiscalYears) check() error {
	if f.Starts == 0 {
		return errors.New("coachlog.yaml doesn't say when the fiscal year starts; write the month's number, as in `fiscal_year_starts: 4`")
	}
	return nil
}

// yearIn is the calendar year in whose month a fiscal year starts.
func (f FiscalYears) yearIn(name int) int {
	if f.Starts > time.January && !f.NamedByStart {
		return name - 1
	}
	return name
}

// name is that of the fiscal year that starts in a calendar year.
func (f FiscalYears) name(year int) string { return fmt.Sprintf("FY%04d", 2*year-f.yearIn(year)) }

// start is the first day of a fiscal year of whole weeks: of the week in which its month starts.
func (f FiscalYears) start(year int) logparse.Date {
	return weekOf(logparse.Date{Year: year, Month: f.Starts, Day: 1})
}

// first is the first day of a fiscal year's month, from 0.
func (f FiscalYears) first(name, month int) logparse.Date {
	if f.Weeks != "" {
		return f.months(f.yearIn(name))[month]
	}
	return logparse.Date{Year: f.yearIn(name), Month: f.Starts, Day: 1}.AddMonths(month)
}

// months are the first days of a year's months of whole weeks, and of the next year. A 53rd week
// belongs to the last month.
func (f FiscalYears) months(year int) (starts [13]logparse.Date) {
	day := f.start(year)
	for i := range 12 {
		starts[i] = day
		day = day.AddDays(7 * int(f.Weeks[i%3*2]-'0'))
	}
	starts[12] = f.start(year + 1)
	return starts
}

// around is the period of some of these months in which a day lies.
func (f FiscalYears) around(day logparse.Date, s span) Period {
	year := day.Year + 1
	for day.Before(f.start(year)) {
		year--
	}
	starts := f.months(year)
	first := 0
	for !day.Before(starts[first+s.months]) {
		first += s.months
	}
	return Period{f.name(year) + s.number(first/s.months), starts[first], starts[first+s.months].AddDays(-1), s}
}
