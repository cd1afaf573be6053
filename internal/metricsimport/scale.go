package metricsimport

import (
	"fmt"
	"math"

	"github.com/coachlog/coachlog/logparse"
)

// bestRatings is how many of the best ratings count as satisfied: 4 and 5 of 5.
const bestRatings = 2

// rate is what a rating counts for: in percent, 100 for one of the best and 0 for any
// other, so that the mean is their share; in points, itself.
func (c *column) rate(v value, number float64, readable bool) (float64, bool) {
	low, high := c.Scale.V.Low, c.Scale.V.High
	if v.form != bareNumber || !readable || number < low || number > high {
		return 0, false
	}
	if c.quantity != share {
		return number, true
	}
	if number != math.Trunc(number) {
		return 0, false // a mean of ratings says nothing of the best
	}
	if number > high-bestRatings {
		return 100, true
	}
	return 0, true
}

// likelyScale is the scale that ratings from a least to a greatest could be on.
func likelyScale(least, greatest float64) logparse.NumberRange {
	if greatest > 5 {
		return logparse.NumberRange{Low: min(least, 1), High: 10}
	}
	return logparse.NumberRange{Low: min(least, 1), High: 5}
}

func scaleText(s logparse.NumberRange) string {
	return logparse.FormatNumber(s.Low) + "-" + logparse.FormatNumber(s.High)
}

// checkScale says why ratings can't become a metric.
func (r *reader) checkScale(c *column) {
	change := "change one of the two in coachlog.yaml"
	switch {
	case !c.Scale.Set:
	case c.quantity == duration:
		r.add("scale", 0, 0, fmt.Sprintf("the import %s reads %s as ratings, and %s is counted in %s", r.in.Name, c.Key, c.Key, c.unit), change)
	case c.Unit.Set && (c.Unit.V == "%") != (c.quantity == share) || c.Unit.Set && c.Unit.V != "%" && c.Unit.V != logparse.Points:
		r.add("scale", 0, 0, fmt.Sprintf("the import %s reads the ratings of %s as %s, and %s is counted in %s", r.in.Name, c.Key, c.Unit.V, c.Key, c.unit), change)
	case c.Key == "nps":
		r.add("scale", 0, 0, "an NPS is the share of 9 and 10 less that of 0 to 6, and no rating", "give the ratings a metric of their own, in points")
	case c.quantity == share && c.Aggregate.Set && c.Aggregate.V != "mean":
		r.add("scale", 0, 0, fmt.Sprintf("the share of the best ratings is a mean, and the aggregate of %s is %s", c.Key, c.Aggregate.V), "take `aggregate` away, or write `aggregate: mean`")
	}
}
