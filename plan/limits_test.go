package plan_test

import (
	"fmt"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Up to the day there are 400, 410, 400, 410, 400, 410: mean 405, moving ranges of 10, so
// limits of 405 - 26.6 and 405 + 26.6.
func TestCourse(t *testing.T) {
	before := []float64{400, 410, 400, 410, 400, 410}
	day := logparse.Date{Year: 2026, Month: 7, Day: 6}
	for _, test := range []struct {
		name          string
		before, since []float64
		direction     string
		want          plan.Trend
	}{
		{"nothing", nil, nil, "lower", plan.TooFew},
		{"five before", before[1:], []float64{300, 300, 300}, "lower", plan.TooFew},
		{"two since", before, []float64{300, 300}, "lower", plan.TooFew},
		{"within the limits", before, []float64{380, 380, 380}, "lower", plan.Flat},
		{"below the limits", before, []float64{378, 378, 378}, "lower", plan.Better},
		{"above the limits", before, []float64{432, 432, 432}, "lower", plan.Worse},
		{"one day outside decides nothing", before, []float64{405, 300, 405, 405}, "lower", plan.Flat},
		{"higher is better", before, []float64{432, 432, 432}, "higher", plan.Better},
		{"no direction", before, []float64{432, 432, 432}, "", plan.Rising},
		{"a range has no better", before, []float64{378, 378, 378}, "range", plan.Fall},
		{"seven in a row", before, []float64{404, 404, 404, 404, 404, 404, 404}, "lower", plan.Flat},
		{"eight in a row", before, []float64{404, 404, 404, 404, 404, 404, 404, 404}, "lower", plan.Better},
		{"eight in a row and back", before, []float64{404, 404, 404, 404, 404, 404, 404, 404, 406}, "lower", plan.Flat},
		{"only the last twenty before", append([]float64{9000}, append(append(append(before, before...), before...), 400, 410)...), []float64{378, 378, 378}, "lower", plan.Better},
		{"nothing varies", []float64{5, 5, 5, 5, 5, 5}, []float64{5, 5, 5}, "lower", plan.Flat},
	} {
		var values []plan.ValueFact
		for i, v := range test.before {
			values = append(values, plan.ValueFact{Date: day.AddDays(i + 1 - len(test.before)), Value: v})
		}
		for i, v := range test.since {
			values = append(values, plan.ValueFact{Date: day.AddDays(i + 1), Value: v})
		}
		c := plan.CourseOf(values, day, test.direction)
		if c.Trend != test.want || c.Since.Values != len(test.since) {
			t.Errorf("%s: %q of %d values since, want %q", test.name, c.Trend, c.Since.Values, test.want)
		}
		if test.name == "below the limits" {
			if got := fmt.Sprintf("%v %.1f %.1f, %v", c.Before.Median, *c.Before.Low, *c.Before.High, c.Since.Low == nil); got != "405 378.4 431.6, true" {
				t.Errorf("limits are %s", got)
			}
		}
	}
}

// A movement is named only where it is more than chance, of twenty results and more.
func TestMove(t *testing.T) {
	for _, test := range []struct {
		before, now plan.Rate
		want        plan.Movement
	}{
		{plan.Rate{Part: 10, Whole: 19}, plan.Rate{Part: 19, Whole: 19}, ""},
		{plan.Rate{Part: 10, Whole: 20}, plan.Rate{Part: 20, Whole: 20}, plan.Up},
		{plan.Rate{Part: 10, Whole: 20}, plan.Rate{Part: 15, Whole: 20}, ""},        // z = 1.63
		{plan.Rate{Part: 50, Whole: 100}, plan.Rate{Part: 64, Whole: 100}, plan.Up}, // z = 2.00
		{plan.Rate{Part: 50, Whole: 100}, plan.Rate{Part: 63, Whole: 100}, ""},      // z = 1.85
		{plan.Rate{Part: 64, Whole: 100}, plan.Rate{Part: 50, Whole: 100}, plan.Down},
		{plan.Rate{Part: 20, Whole: 20}, plan.Rate{Part: 20, Whole: 20}, ""},
		{plan.Rate{}, plan.Rate{Part: 20, Whole: 20}, ""},
	} {
		if got := plan.Move(test.before, test.now); got != test.want {
			t.Errorf("from %v to %v: %q, want %q", test.before, test.now, got, test.want)
		}
	}
}
