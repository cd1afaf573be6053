package plan_test

import (
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func TestTrend(t *testing.T) {
	tests := []struct {
		name      string
		values    []float64
		direction string
		want      plan.Trend
	}{
		{"none", nil, "lower", plan.TooFew},
		{"two", []float64{400, 300}, "lower", plan.TooFew},
		{"falling is better", []float64{412, 405, 398, 390}, "lower", plan.Better},
		{"falling is not", []float64{80, 75, 72, 70}, "higher", plan.Worse},
		{"rising is better", []float64{70, 72, 75, 80}, "higher", plan.Better},
		{"one dip at the end", []float64{70, 73, 76, 79, 82, 60}, "higher", plan.Better},
		{"one dip in the middle", []float64{70, 73, 40, 79, 82, 85}, "higher", plan.Better},
		{"one good day among falling ones", []float64{90, 85, 80, 99, 75, 70}, "higher", plan.Worse},
		{"level", []float64{80, 81, 80, 79, 80}, "higher", plan.Flat},
		{"a range has no better", []float64{80, 85, 90}, "range", plan.Rising},
		{"no direction", []float64{90, 85, 80}, "", plan.Fall},
		{"all zero", []float64{0, 0, 0}, "lower", plan.Flat},
		{"negative", []float64{-20, -10, 0, 10}, "higher", plan.Better},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var values []plan.ValueFact
			for i, v := range tt.values {
				values = append(values, plan.ValueFact{Date: logparse.Date{Year: 2026, Month: 7, Day: 6}.AddDays(7 * i), Value: v})
			}
			if got := plan.TrendOf(values, tt.direction); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	same := logparse.Date{Year: 2026, Month: 7, Day: 6}
	if got := plan.TrendOf([]plan.ValueFact{{Date: same, Value: 1}, {Date: same, Value: 2}, {Date: same, Value: 3}}, "higher"); got != plan.TooFew {
		t.Errorf("three values of one day: %q", got)
	}
}
