package plan

import (
	"cmp"
	"math"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Trend says whether a metric has changed by more than it varies anyway.
type Trend string

// The trends. Better and worse need a metric with a direction.
const (
	TooFew Trend = "too few values to say"
	Flat   Trend = "no clear change"
	Rising Trend = "rising"
	Fall   Trend = "falling"
	Better Trend = "getting better"
	Worse  Trend = "not better yet"
)

// Trends lists them, in the order in which they are told.
var Trends = []Trend{Better, Flat, Worse, Rising, Fall, TooFew}

// A Spread is where the values of some time lie: their median and, of values enough, the
// natural limits within which nearly all of them lie while nothing changes.
type Spread struct {
	Values int      `json:"values"`
	Median float64  `json:"median"`
	Low    *float64 `json:"low,omitempty"`
	High   *float64 `json:"high,omitempty"`
}

// A Course compares a metric's values up to a day with those since (an XmR chart:
// individuals and moving range).
type Course struct {
	Day    logparse.Date `json:"day"` // the last of before
	Before Spread        `json:"before"`
	Since  Spread        `json:"since"`
	Trend  Trend         `json:"trend"`
}

const (
	mostBefore   = 20   // values of before that count: the last ones
	fewestLimits = 6    // values that limits take
	fewestSince  = 3    // values that a median takes to say that something changed
	runLength    = 8    // values in a row on one side of the median before
	naturalWidth = 2.66 // mean moving ranges from the mean to a limit
)

// CourseOf compares the values up to a day with those since; values are by date. A change
// is clear where the median since lies outside the limits of before, or where the last
// eight values all lie on one side of the median of before. direction is one of
// logparse.Directions, or "".
func CourseOf(values []ValueFact, day logparse.Date, direction string) Course {
	at := slices.IndexFunc(values, func(v ValueFact) bool { return day.Before(v.Date) })
	if at < 0 {
		at = len(values)
	}
	before, since := numbersOf(values[max(0, at-mostBefore):at]), numbersOf(values[at:])
	c := Course{day, spreadOf(before), spreadOf(since), TooFew}
	if c.Before.Low == nil || len(since) < fewestSince {
		return c
	}
	run := 0
	for _, v := range since[max(0, len(since)-runLength):] {
		run += cmp.Compare(v, c.Before.Median)
	}
	change := 0
	switch {
	case c.Since.Median > *c.Before.High, run == runLength:
		change = 1
	case c.Since.Median < *c.Before.Low, run == -runLength:
		change = -1
	}
	c.Trend = trendOf(change, direction)
	return c
}

func trendOf(change int, direction string) Trend {
	good := map[string]int{"higher": 1, "lower": -1}[direction]
	switch {
	case change == 0:
		return Flat
	case good == change:
		return Better
	case good != 0:
		return Worse
	case change > 0:
		return Rising
	}
	return Fall
}

func numbersOf(values []ValueFact) []float64 {
	numbers := make([]float64, len(values))
	for i, v := range values {
		numbers[i] = v.Value
	}
	return numbers
}

func spreadOf(numbers []float64) Spread {
	s := Spread{Values: len(numbers), Median: Median(numbers)}
	if len(numbers) < fewestLimits {
		return s
	}
	sum, moving := 0.0, 0.0
	for i, x := range numbers {
		sum += x
		if i > 0 {
			moving += math.Abs(x - numbers[i-1])
		}
	}
	mean, width := sum/float64(len(numbers)), naturalWidth*moving/float64(len(numbers)-1)
	low, high := mean-width, mean+width
	s.Low, s.High = &low, &high
	return s
}

// Median is the middle number of several, or the mean of the two in the middle; 0 where there
// are none.
func Median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// A Movement compares one rate with that of the period before.
type Movement string

// The movements; "" where the two differ by no more than chance.
const (
	Up   Movement = "up"
	Down Movement = "down"
)

// chance is how many standard errors two rates differ by chance, in 95 of 100 times.
const chance = 1.96

// Move compares a rate with that of the period before (method 42, 47, 48): the test of two
// proportions at 95 %, where either has results enough for a percentage.
func Move(before, now Rate) Movement {
	if before.ShownPercent() == nil || now.ShownPercent() == nil {
		return ""
	}
	share := func(r Rate) float64 { return float64(r.Part) / float64(r.Whole) }
	both := share(Rate{Part: before.Part + now.Part, Whole: before.Whole + now.Whole})
	deviation := math.Sqrt(both * (1 - both) * (1/float64(before.Whole) + 1/float64(now.Whole)))
	switch change := share(now) - share(before); {
	case change > chance*deviation:
		return Up
	case -change > chance*deviation:
		return Down
	}
	return ""
}
