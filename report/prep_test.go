package report

import (
	"math"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

func TestSparkline(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   string
	}{
		{nil, ""},
		{[]float64{400, 390}, ""},
		{[]float64{400, 390, 380}, "█▄▁"},
		{[]float64{70, 71, 72, 50, 74, 75}, "▇▇█▁██"},
		{[]float64{70, 70, 70}, "▄▄▄"},
		{[]float64{1, math.MaxFloat64, 1, -math.MaxFloat64}, "▄█▄▁"},
	} {
		m := MetricTrend{}
		for _, v := range test.values {
			m.Values = append(m.Values, chart.Point{Value: v})
		}
		if got := m.sparkline(); got != test.want {
			t.Errorf("%v: %s, want %s", test.values, got, test.want)
		}
	}
	if got := (MetricTrend{Values: make([]chart.Point, 1000)}).sparkline(); len([]rune(got)) != maxSparks {
		t.Errorf("%d values are drawn", len([]rune(got)))
	}
}

func TestFirstName(t *testing.T) {
	for name, want := range map[string]string{
		"Priya Shah": "Priya", "Priya": "Priya", "rep1": "rep1", "Shah, Priya": "Priya", "van der Berg, Jan Piet": "Jan", "Dr. Ana Sosa": "Ana", "Prof. Dr. Ana Sosa": "Ana",
		"Ms Ana Sosa": "Ana", "J. R. Smith": "J. R. Smith", "J Smith": "J Smith", "山田太郎": "山田太郎", "Jean-Luc Petit": "Jean-Luc", "  Priya  Shah ": "Priya", "Dr.": "Dr.", "Shah,": "Shah,", "": "",
	} {
		if got := firstName(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}

func TestPrepMessage(t *testing.T) {
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("people:\n  josh: {name: \"Josh DATE\"}\n  rep1: {name: \"P \\e[2J\\nShah\", coach: josh}\n"))
	b := plan.New(settings, nil, nil)
	date, by := logparse.Date{Year: 2026, Month: 7, Day: 6}, logparse.Date{Year: 2026, Month: 7, Day: 5}
	for _, test := range []struct{ name, template, subject, body string }{
		{"all words", "<!-- BY -->\n\n# DATE with COACH\n\nCOACHEE, BY\nBYE, DATES\n", "Monday, 6 July 2026 with Josh DATE", `P \x1b[2J Shah, Sunday, 5 July 2026` + "\nBYE, DATES\n"},
		{"without a title", "Hello\n", "Our session on Monday, 6 July 2026", "Hello\n"},
		{"CRLF and a byte-order mark", "\ufeff# A\r\n\r\nB\r\n", "A", "B\n"},
		{"empty", "", "Our session on Monday, 6 July 2026", "\n"},
	} {
		got, err := NewPrepMessage(b, b.Person("rep1"), []byte(test.template), date, by)
		if err != nil || got.Subject != test.subject || got.Body != test.body {
			t.Errorf("%s: got %q (%v)", test.name, got, err)
		}
	}
	if got, err := NewPrepMessage(b, b.Person("rep1"), []byte("WHEN, COACH\n"), date, by); err != nil || got.Body != "Monday, 6 July 2026, Josh DATE\n" {
		t.Errorf("without time and place: %q (%v)", got, err)
	}
	if _, err := NewPrepMessage(b, b.Person("rep1"), []byte("\xff"), date, by); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("the error is %v", err)
	}
}
