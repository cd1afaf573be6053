package plan

import "slices"

// A Trend says where a metric's values go, all of them taken together: one dip
// is never a failure (method 11).
type Trend string

// The trends. Better and worse need a metric with a direction.
const (
	TooFew Trend = "too few values to say"
	Flat   Trend = "about the same"
	Rising Trend = "rising"
	Fall   Trend = "falling"
	Better Trend = "getting better"
	Worse  Trend = "not better yet"
)

// Values that a trend takes, and the share of the middle value that counts as a
// change.
const (
	trendValues = 3
	trendShare  = 0.02
)

// TrendOf is the trend of a metric's values, which are in order of their days.
// It is the median of the slopes between all pairs of values (Theil and Sen), so
// that a single value, however far out, doesn't turn it. direction is of
// logparse.Directions, or "".
func TrendOf(values []ValueFact, direction string) Trend {
	if len(values) < trendValues {
		return TooFew
	}
	var slopes, heights []float64
	for i, v := range values {
		heights = append(heights, v.Value)
		for _, later := range values[i+1:] {
			if days := v.Date.DaysUntil(later.Date); days > 0 {
				slopes = append(slopes, (later.Value-v.Value)/float64(days))
			}
		}
	}
	if len(slopes) == 0 {
		return TooFew
	}
	days := values[0].Date.DaysUntil(values[len(values)-1].Date)
	change, middle := median(slopes)*float64(days), median(heights)
	switch up := change > 0; {
	case abs(change) <= trendShare*abs(middle):
		return Flat
	case up == (direction == "higher") && (direction == "higher" || direction == "lower"):
		return Better
	case direction == "higher" || direction == "lower":
		return Worse
	case up:
		return Rising
	}
	return Fall
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

func abs(x float64) float64 { return max(x, -x) }
