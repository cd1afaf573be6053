package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func TestPeriods(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for text, want := range map[string]string{
		"2026-Q3":                "2026-07-01..2026-09-30",
		"2026q1":                 "2026-01-01..2026-03-31",
		"2024-02":                "2024-02-01..2024-02-29",
		"2026":                   "2026-01-01..2026-12-31",
		"this-quarter":           "2026-01-01..2026-03-31",
		"last-quarter":           "2025-10-01..2025-12-31",
		"2026-07-06..2026-07-06": "2026-07-06..2026-07-06",
		"2025-Q4..2026-07":       "2025-10-01..2026-07-31",
		"2026-07-06..2026":       "2026-07-06..2026-12-31",
		"2026-H2":                "2026-07-01..2026-12-31",
		"2026h1":                 "2026-01-01..2026-06-30",
		"this-month":             "2026-02-01..2026-02-28",
		"last-month":             "2026-01-01..2026-01-31",
		"last-half":              "2025-07-01..2025-12-31",
		"last-year":              "2025-01-01..2025-12-31",
		"FY2026":                 "2025-04-01..2026-03-31",
		"FY2026-Q1":              "2025-04-01..2025-06-30",
		"FY2026-Q4":              "2026-01-01..2026-03-31",
		"FY2026-H2":              "2025-10-01..2026-03-31",
		"this-fiscal-year":       "2025-04-01..2026-03-31",
		"last-fiscal-quarter":    "2025-10-01..2025-12-31",
		"2026-W27":               "2026-06-29..2026-07-05",
		"2026w1":                 "2025-12-29..2026-01-04", // 1 January is a Thursday
		"2026-W53":               "2026-12-28..2027-01-03",
		"this-week":              "2026-02-09..2026-02-15",
		"last-week":              "2026-02-02..2026-02-08",
		"2026-W05..yesterday":    "2026-01-26..2026-02-09",
		"last-friday..today":     "2026-02-06..2026-02-10",
		"1.2...9.2.":             "2026-02-01..2026-02-09",
		"1.2...yesterday":        "2026-02-01..2026-02-09",
	} {
		p, err := plan.ParsePeriod(text, today, plan.FiscalYears{Starts: 4})
		if got := p.From.String() + ".." + p.To.String(); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", text, got, want, err)
		}
	}
	for _, text := range []string{"", "2026-Q5", "2026-13", "0000", "2026-07-06..2026-07-05", "2026-02-30..2026-03-01", "soon", "2026-H3", "FY2026-07",
		"2026-Q3..2026-Q1", "last-fiscal-month", "2026-W00", "2025-W53", "2026-W54", "FY2026-W27", "FY2026-M3", "2026-M3", "last-fiscal-week", "3/4..5/6", "2026-Q03", "FY2026..", "2026-00", "last", "this-"} {
		if p, err := plan.ParsePeriod(text, today, plan.FiscalYears{Starts: 4}); err == nil {
			t.Errorf("%q is read as %v", text, p)
		}
	}
}

func TestPeriodNames(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for _, test := range []struct {
		text, name, before string
		starts             time.Month
	}{
		{"this-quarter", "2026-Q1", "2025-Q4", 0},
		{"2026-01", "2026-01", "2025-12", 0},
		{"2026-H2", "2026-H2", "2026-H1", 0},
		{"2026", "2026", "2025", 0},
		{"this-fiscal-quarter", "FY2026-Q4", "FY2026-Q3", 4},
		{"FY2026-Q1", "FY2026-Q1", "FY2025-Q4", 4},
		{"FY2026-H1", "FY2026-H1", "FY2025-H2", 4},
		{"FY2026", "FY2026", "FY2025", 1},
		{"FY2026-Q2", "FY2026-Q2", "FY2026-Q1", 2},
		{"2026-07-01..2026-08-31", "2026-07-01..2026-08-31", "2026-05-01..2026-06-30", 0},
		{"2026-W01", "2026-W01", "2025-W52", 0},
		{"last-week", "2026-W06", "2026-W05", 0},
		{"last-friday..today", "2026-02-06..2026-02-10", "2026-02-01..2026-02-05", 0},
		{"2026-07-06..2026-07-08", "2026-07-06..2026-07-08", "2026-07-03..2026-07-05", 0},
	} {
		p, err := plan.ParsePeriod(test.text, today, plan.FiscalYears{Starts: test.starts})
		if before := p.Before(); err != nil || p.Name != test.name || before.Name != test.before || before.To != p.From.AddDays(-1) {
			t.Errorf("%s is %s after %s, want %s after %s (%v)", test.text, p.Name, before.Name, test.name, test.before, err)
		}
	}
	if _, err := plan.ParsePeriod("FY2026", today, plan.FiscalYears{}); err == nil || !strings.Contains(err.Error(), "fiscal_year_starts") {
		t.Errorf("without a fiscal year, FY2026 is %v", err)
	}
}

// TestFiscalYears: the years of 4-4-5 calendars start in the week of their month's first day, and
// every fifth or sixth has a 53rd week, in its last month.
func TestFiscalYears(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for _, test := range []struct {
		years            plan.FiscalYears
		text, name, want string
	}{
		{plan.FiscalYears{Starts: 4, NamedByStart: true}, "FY2026", "FY2026", "2026-04-01..2027-03-31"},
		{plan.FiscalYears{Starts: 4, NamedByStart: true}, "this-fiscal-quarter", "FY2025-Q4", "2026-01-01..2026-03-31"},
		{plan.FiscalYears{Starts: 1, NamedByStart: true}, "FY2026-Q1", "FY2026-Q1", "2026-01-01..2026-03-31"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026", "FY2026", "2026-01-26..2027-01-31"}, // 53 weeks
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026-Q1", "FY2026-Q1", "2026-01-26..2026-04-26"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026-Q4", "FY2026-Q4", "2026-10-26..2027-01-31"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026-H2", "FY2026-H2", "2026-07-27..2027-01-31"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026-M1", "FY2026-M1", "2026-01-26..2026-02-22"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2026-M12", "FY2026-M12", "2026-12-21..2027-01-31"}, // six weeks
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5", NamedByStart: true}, "FY2027", "FY2027", "2027-02-01..2028-01-30"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-4-5"}, "FY2027", "FY2027", "2026-01-26..2027-01-31"},
		{plan.FiscalYears{Starts: 2, Weeks: "4-5-4"}, "FY2027-M2", "FY2027-M2", "2026-02-23..2026-03-29"},
		{plan.FiscalYears{Starts: 2, Weeks: "5-4-4"}, "FY2027-M1", "FY2027-M1", "2026-01-26..2026-03-01"},
		{plan.FiscalYears{Starts: 2, Weeks: "5-4-4"}, "this-fiscal-month", "FY2027-M1", "2026-01-26..2026-03-01"},
		{plan.FiscalYears{Starts: 2, Weeks: "5-4-4"}, "last-fiscal-month", "FY2026-M12", "2025-12-29..2026-01-25"},
		{plan.FiscalYears{Starts: 1, Weeks: "4-4-5"}, "FY2026-Q1", "FY2026-Q1", "2025-12-29..2026-03-29"},
	} {
		p, err := plan.ParsePeriod(test.text, today, test.years)
		if got := p.From.String() + ".." + p.To.String(); err != nil || got != test.want || p.Name != test.name {
			t.Errorf("%v: %s is %s, %s; want %s, %s (%v)", test.years, test.text, p.Name, got, test.name, test.want, err)
		}
	}
	p, _ := plan.ParsePeriod("FY2027-Q1", today, plan.FiscalYears{Starts: 2, Weeks: "4-4-5"})
	if year, ok := p.FourQuarters(); !ok || year.From.String() != "2025-04-28" || year.To != p.To {
		t.Errorf("four quarters are %s to %s", year.From, year.To)
	}
	if _, err := plan.ParsePeriod("FY2027-Q1", today, plan.FiscalYears{Weeks: "4-4-5"}); err == nil || !strings.Contains(err.Error(), "fiscal_year_starts") {
		t.Errorf("without a month, FY2027-Q1 is %v", err)
	}
}

// TestFiscalWeeks: of any calendar of weeks, the years follow each other in 52 or 53 whole weeks, the
// periods of a year fill it, and each day's period has that day.
func TestFiscalWeeks(t *testing.T) {
	long := 0
	for _, weeks := range logparse.FiscalWeeks {
		for month := time.January; month <= time.December; month++ {
			years := plan.FiscalYears{Starts: month, Weeks: weeks}
			for year := 2010; year < 2040; year++ {
				whole, err := plan.ParsePeriod(fmt.Sprintf("FY%d", year), logparse.Date{}, years)
				days := whole.From.DaysUntil(whole.To) + 1
				if err != nil || days != 364 && days != 371 || whole.From.Time().Weekday() != time.Monday || whole.Before().To != whole.From.AddDays(-1) {
					t.Fatalf("%v %s has %d days from %s (%v)", years, whole.Name, days, whole.From, err)
				}
				long += days % 364 / 7
				for _, form := range []struct {
					letter string
					count  int
				}{{"M", 12}, {"Q", 4}, {"H", 2}} {
					next := whole.From
					for n := 1; n <= form.count; n++ {
						name := fmt.Sprintf("FY%d-%s%d", year, form.letter, n)
						p, err := plan.ParsePeriod(name, logparse.Date{}, years)
						if err != nil || p.From != next || p.Name != name {
							t.Fatalf("%v: %s is %v (%v)", years, name, p, err)
						}
						next = p.To.AddDays(1)
					}
					if next != whole.To.AddDays(1) {
						t.Fatalf("%v: the periods of %s end before %s", years, whole.Name, next)
					}
				}
			}
		}
	}
	if long == 0 {
		t.Error("no year has 53 weeks")
	}
}
