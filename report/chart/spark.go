package chart

import (
	"slices"
	"strings"
)

// Spark draws the last values, at most so many, in one line of text, lowest to
// highest.
func Spark(values []float64, most int) string {
	values = values[max(0, len(values)-most):]
	if len(values) == 0 {
		return ""
	}
	low, high := slices.Min(values), slices.Max(values)
	var out strings.Builder
	sparks := []rune("▁▂▃▄▅▆▇█")
	for _, v := range values {
		at := 3
		if low < high {
			at = int(share(low, high, v) * 7.999)
		}
		out.WriteRune(sparks[min(max(at, 0), 7)])
	}
	return out.String()
}

// share is where a value lies between two others, from 0 to 1, however far apart
// these are.
func share(low, high, v float64) float64 { return (v/2 - low/2) / (high/2 - low/2) }
