package plan

import (
	"errors"
	"fmt"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// FiscalYears are a logbook's fiscal years; the zero value where it has none, which are the
// calendar's.
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

// name is that of the year that starts in a calendar year.
func (f FiscalYears) name(year int) string {
	if f.Starts == 0 {
		return fmt.Sprintf("%04d", year)
	}
	return fmt.Sprintf("FY%04d", 2*year-f.yearIn(year))
}

// start is the first day of a year: where it has whole weeks, of the week in which its month starts.
func (f FiscalYears) start(year int) logparse.Date {
	day := logparse.Date{Year: year, Month: max(f.Starts, time.January), Day: 1}
	if f.Weeks != "" {
		return weekOf(day)
	}
	return day
}

// months are the first days of a year's months, and of the next year. A 53rd week belongs to the
// last month.
func (f FiscalYears) months(year int) (starts [13]logparse.Date) {
	day := f.start(year)
	for i := range 12 {
		starts[i] = day
		if f.Weeks != "" {
			day = day.AddDays(7 * int(f.Weeks[i%3*2]-'0'))
		} else {
			day = day.AddMonths(1)
		}
	}
	starts[12] = f.start(year + 1)
	return starts
}
