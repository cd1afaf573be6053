package plan_test

import (
	"strings"
	"testing"

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
	} {
		p, err := plan.ParsePeriod(text, today, 4)
		if got := p.From.String() + ".." + p.To.String(); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", text, got, want, err)
		}
	}
	for _, text := range []string{"", "2026-Q5", "2026-13", "0000", "2026-07-06..2026-07-05", "2026-02-30..2026-03-01", "soon", "2026-H3", "FY2026-07",
		"2026-Q3..2026-Q1", "last-fiscal-month", "this-week", "FY2026..", "2026-00", "last", "this-"} {
		if p, err := plan.ParsePeriod(text, today, 4); err == nil {
			t.Errorf("%q is read as %v", text, p)
		}
	}
}

func TestPeriodNames(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for _, test := range []struct {
		text, name, before string
		starts             int
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
		{"2026-07-06..2026-07-08", "2026-07-06..2026-07-08", "2026-07-03..2026-07-05", 0},
	} {
		p, err := plan.ParsePeriod(test.text, today, test.starts)
		if before := p.Before(); err != nil || p.Name != test.name || before.Name != test.before || before.To != p.From.AddDays(-1) {
			t.Errorf("%s is %s after %s, want %s after %s (%v)", test.text, p.Name, before.Name, test.name, test.before, err)
		}
	}
	if _, err := plan.ParsePeriod("FY2026", today, 0); err == nil || !strings.Contains(err.Error(), "fiscal_year_starts") {
		t.Errorf("without a fiscal year, FY2026 is %v", err)
	}
}
