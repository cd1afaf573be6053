package metricsimport

import (
	"cmp"
	"math"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A quantity is what a metric measures, by its unit in the catalogue.
type quantity int

const (
	anyNumber quantity = iota
	duration
	share // in percent
)

// A measure is what a metric's values are and can be.
type measure struct {
	quantity  quantity
	unit      string  // as the catalogue has it
	seconds   float64 // of one unit of a duration
	low, high float64 // what is possible, in the unit
	stated    bool    // the catalogue states low and high
	lower     bool    // less is better
}

// measureOf says what is possible for a metric: what its entry states, else what
// its unit allows. Four hours are more than anybody handles one call, a year more
// than a case stays open; NPS has the widest range of what is counted in points.
func measureOf(m logparse.Metric) measure {
	out := measure{unit: m.Unit.V, low: math.Inf(-1), high: math.Inf(1), lower: m.Direction.V == "lower"}
	switch word := strings.ToLower(strings.TrimSpace(m.Unit.V)); {
	case timeUnits[word] > 0:
		out.quantity, out.seconds = duration, timeUnits[word]
		longest := map[float64]float64{timeUnits["h"]: 365 * 24, timeUnits["d"]: 3650}
		out.low, out.high = 0, cmp.Or(longest[out.seconds], 4*timeUnits["h"]/out.seconds)
	case word == "%" || word == "percent" || word == "pct":
		out.quantity, out.low, out.high = share, 0, 100
	case word == "points" || word == "pts":
		out.low, out.high = -100, 100
	}
	if m.Possible.Set {
		out.low, out.high, out.stated = m.Possible.V.Low, m.Possible.V.High, true
	}
	return out
}

func (m measure) holds(v float64) bool { return m.low <= v && v <= m.high }

// possible says what a value can be.
func (m measure) possible() string {
	return logparse.FormatNumber(m.low) + " to " + logparse.FormatNumber(m.high)
}

// fits says whether a metric can be counted in a unit of a file.
func (m measure) fits(fileUnit string) bool {
	switch fileUnit {
	case "%", "fraction", "yes/no", "ratings %":
		return m.quantity == share
	case "ratings":
		return m.quantity != duration
	case "ratings " + logparse.Points:
		return m.quantity == anyNumber
	}
	return m.quantity == duration
}

// bestRatings is how many of the best ratings count as satisfied: 4 and 5 of 5.
const bestRatings = 2

// likelyScale is the scale that ratings from a least to a greatest could be on.
func likelyScale(least, greatest float64) logparse.NumberRange {
	scale := logparse.NumberRange{Low: min(least, 1), High: 5}
	if greatest > 5 {
		scale.High = 10
	}
	return scale
}

func scaleText(s logparse.NumberRange) string {
	return logparse.FormatNumber(s.Low) + "-" + logparse.FormatNumber(s.High)
}

// yesNo is the percentage that a word for yes or no counts for.
var yesNo = map[string]float64{
	"yes": 100, "y": 100, "true": 100, "t": 100, "1": 100, "ja": 100, "oui": 100, "sí": 100, "si": 100,
	"no": 0, "n": 0, "false": 0, "f": 0, "0": 0, "nein": 0, "non": 0,
}

// defaultBlanks are what exports write where there is no value.
var defaultBlanks = []string{"", "-", "--", "—", "–", "n/a", "na", "#n/a", "nan", "null", "none", "#div/0!"}
