package metricsimport

import (
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
		longest := 4 * timeUnits["h"]
		switch {
		case out.seconds == timeUnits["h"]:
			longest = 365 * timeUnits["d"]
		case out.seconds == timeUnits["d"]:
			longest = 3650 * timeUnits["d"]
		}
		out.low, out.high = 0, longest/out.seconds
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

// fromSeconds turns seconds into the metric's unit; exact says that it is only a
// shift of the decimal sign.
func (m measure) fromSeconds(v, unit float64) (out float64, exact bool) {
	ratio := unit / m.seconds
	shift := math.Log10(ratio)
	return v * unit / m.seconds, math.Abs(shift-math.Round(shift)) < 1e-9
}

// fits says whether a metric can be counted in a unit of a file.
func (m measure) fits(fileUnit string) bool {
	switch fileUnit {
	case "%", "fraction", "yes/no":
		return m.quantity == share
	case "m:ss", "h:mm":
		return m.quantity == duration
	}
	return m.quantity == duration && timeUnits[fileUnit] > 0
}

// bareUnits are the units that a bare number of a duration can have.
var bareUnits = []string{"s", "min", "ms", "h", "d"}

// likely are the units in which a bare number would be possible.
func (m measure) likely(v float64) []string {
	var units []string
	switch m.quantity {
	case duration:
		for _, unit := range bareUnits {
			if in, _ := m.fromSeconds(v, timeUnits[unit]); v > 0 && in >= 1 && m.holds(in) {
				units = append(units, unit)
			}
		}
	case share:
		if m.holds(v) && v > 1 {
			units = append(units, "%")
		}
		if m.holds(100*v) && v <= 1 {
			units = append(units, "fraction")
		}
	}
	return units
}

var yesNo = map[string]float64{
	"yes": 100, "y": 100, "true": 100, "t": 100, "1": 100, "ja": 100, "oui": 100, "sí": 100, "si": 100,
	"no": 0, "n": 0, "false": 0, "f": 0, "0": 0, "nein": 0, "non": 0,
}

// defaultBlanks are what exports write where there is no value.
var defaultBlanks = []string{"", "-", "--", "—", "–", "n/a", "na", "#n/a", "nan", "null", "none", "#div/0!"}
