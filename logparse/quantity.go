package logparse

import (
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

var (
	minutesForm = pattern.Of(`(?i)^(\d+(?:\.\d+)?) ?(?:m|min|mins|minutes?|minuten|minutos?|'|′)\.?$`)
	hoursForm   = pattern.Of(`(?i)^(\d+(?:[.,]\d{1,2})?) ?(?:h|hrs?|hours?|std|stunden?|horas?)\.?$`)
	bothForm    = pattern.Of(`(?i)^(\d+) ?(?:h|hrs?|hours?|std|stunden?|horas?)\.? ?(?:and |und |y )?([0-5]?\d) ?(?:m|min|mins|minutes?|minuten|minutos?|'|′)?\.?$`)
	percentForm = pattern.Of(`(?i)^([+-]?\d+(?:\.\d+)?) ?(?:%|％|percent|per cent|pct\.?|prozent)$`)
)

// Minutes reads a length in minutes: 30, 30 min, 1 h, 1h30.
func Minutes(text string) (float64, bool) {
	text = plainBlanks(text)
	if n, ok := parseNumber(text); ok {
		return n, true
	}
	if m := minutesForm().FindStringSubmatch(text); m != nil {
		return parseNumber(m[1])
	}
	if m := hoursForm().FindStringSubmatch(text); m != nil {
		hours, ok := parseNumber(strings.Replace(m[1], ",", ".", 1))
		return hours * 60, ok
	}
	if m := bothForm().FindStringSubmatch(text); m != nil {
		return float64(60*number(m[1]) + number(m[2])), true
	}
	return 0, false
}

// percentIn reads a number of percent: 65, 65%, 65 percent.
func percentIn(text string) (float64, bool) {
	text = plainBlanks(text)
	if m := percentForm().FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return parseNumber(text)
}

// unitsOfValues are the units that a metric of no known unit can have behind its values.
var unitsOfValues = map[string]bool{"s": true, "min": true, "h": true, "%": true}

var numberAndUnit = pattern.Of(`^([+-]?\d+(?:\.\d+)?) ?(\S.*)$`)

// metricNumber reads a metric's value, with the metric's own unit behind it or
// none. remedy says what to write where it can't be read.
func (h Headings) metricNumber(metric, text string) (n float64, ok bool, remedy string) {
	text = plainBlanks(text)
	if n, ok := parseNumber(text); ok {
		return n, true, ""
	}
	remedy = "write digits, with a decimal point if needed and no unit, as in `aht: 398`"
	if whole, fraction, ok := strings.Cut(text, ","); ok && isNumber(strings.TrimLeft(whole, "+-")) && isNumber(fraction) && len(fraction) != 3 {
		return 0, false, "write the decimals after a point: " + whole + "." + fraction
	}
	m := numberAndUnit().FindStringSubmatch(text)
	if m == nil {
		return 0, false, remedy
	}
	unit, own := m[2], h.units[NormalID(metric)]
	if own == "%" || own == "" {
		if n, ok := percentIn(text); ok {
			return n, true, ""
		}
	}
	switch {
	case own == "" && unitsOfValues[unit], own != "" && strings.EqualFold(unit, own), own != "" && unitWords[strings.TrimSuffix(strings.ToLower(unit), ".")] == own:
		n, err := strconv.ParseFloat(m[1], 64)
		return n, err == nil, remedy
	case own != "":
		remedy = "write the number alone; coachlog.yaml says that `" + metric + "` is in " + own
	}
	return 0, false, remedy
}

// unitWords are the words for units that have a short form.
var unitWords = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "sek": "s", "mins": "min", "minute": "min", "minutes": "min",
	"hr": "h", "hrs": "h", "hour": "h", "hours": "h", "std": "h", "point": "points", "pt": "points", "pts": "points",
}
