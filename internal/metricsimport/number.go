package metricsimport

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// A number is a decimal number as it was written. 1,234 has two readings, and
// only other cells or the mapping can say which one is meant.
type number struct {
	negative bool
	digits   string // with a point; of the reading in which a lone sign is the decimal one
	grouped  string // with a point; of the reading in which it sets thousands apart, or ""
	decimal  byte   // '.' or ',': what the number shows to be its decimal sign, or 0
	lone     byte   // '.' or ',': the sign that could be either, or 0
}

// maxDigits is longer than any figure.
const maxDigits = 24

// scanNumber reads a number with or without thousands set apart, by a point, a
// comma, a blank or an apostrophe.
func scanNumber(text string) (n number, ok bool) {
	if rest, minus := cutAny(text, "-", "−"); minus {
		n.negative, text = true, rest
	} else {
		text = strings.TrimPrefix(text, "+")
	}
	if text == "" || len(text) > maxDigits+maxDigits/2 {
		return n, false
	}
	whole, blanks, ok := joinGroups(text)
	if !ok {
		return n, false
	}
	points, commas := strings.Count(whole, "."), strings.Count(whole, ",")
	switch {
	case points == 0 && commas == 0:
		n.digits = whole
	case points > 0 && commas > 0:
		n.decimal = '.'
		if strings.LastIndexByte(whole, ',') > strings.LastIndexByte(whole, '.') {
			n.decimal = ','
		}
		before, after, _ := strings.Cut(whole, string(n.decimal))
		group := otherSign(n.decimal)
		if strings.IndexByte(after, group) >= 0 || strings.IndexByte(after, n.decimal) >= 0 || blanks || !areGroups(strings.Split(before, string(group))) {
			return n, false
		}
		n.digits = strings.ReplaceAll(before, string(group), "") + "." + after
	case points > 1 || commas > 1:
		sign := byte('.')
		if commas > 1 {
			sign = ','
		}
		if blanks || !areGroups(strings.Split(whole, string(sign))) {
			return n, false
		}
		n.decimal = otherSign(sign)
		n.digits = strings.ReplaceAll(whole, string(sign), "")
	default:
		sign := byte('.')
		if commas == 1 {
			sign = ','
		}
		before, after, _ := strings.Cut(whole, string(sign))
		n.digits = before + "." + after
		if !blanks && areGroups([]string{before, after}) {
			n.lone, n.grouped = sign, before+after
		} else {
			n.decimal = sign
		}
	}
	return n, isDecimal(n.digits)
}

func otherSign(sign byte) byte {
	if sign == '.' {
		return ','
	}
	return '.'
}

func cutAny(text string, prefixes ...string) (rest string, cut bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(text, p); ok {
			return rest, true
		}
	}
	return text, false
}

// joinGroups takes the blanks and apostrophes out that set thousands apart.
func joinGroups(text string) (joined string, blanks, ok bool) {
	whole, rest := text, ""
	if i := strings.IndexAny(text, ".,"); i >= 0 {
		whole, rest = text[:i], text[i:]
	}
	groups := strings.FieldsFunc(whole, isGroupSign)
	switch {
	case len(groups) > 1:
		if strings.ContainsFunc(whole[:1], isGroupSign) || !areGroups(groups) || len(strings.Join(groups, " ")) != len([]rune(whole)) {
			return "", false, false
		}
		return strings.Join(groups, "") + rest, true, !strings.ContainsFunc(rest, isGroupSign)
	case strings.ContainsFunc(text, isGroupSign):
		return "", false, false
	}
	return text, false, true
}

func isGroupSign(r rune) bool {
	return r == '\'' || r == '’' || r != '\t' && r != '\n' && unicode.IsSpace(r)
}

// areGroups says whether the parts are one to three digits, not starting with 0,
// then three each.
func areGroups(parts []string) bool {
	for i, p := range parts {
		if !areDigits(p) || i > 0 && len(p) != 3 || i == 0 && (len(p) > 3 || p[0] == '0') {
			return false
		}
	}
	return len(parts) > 1
}

func areDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func isDecimal(s string) bool {
	before, after, point := strings.Cut(s, ".")
	return len(s) <= maxDigits && (areDigits(before) || before == "" && point) && (!point || areDigits(after))
}

// value is the number where decimal is the decimal sign, '.' or ',', or 0 where
// nothing says so. ok is false where the number is written with another one.
func (n number) value(decimal byte) (v float64, ok bool) {
	digits := n.digits
	switch {
	case n.decimal != 0 && decimal != 0 && n.decimal != decimal:
		return 0, false
	case n.lone != 0 && n.lone != decimal:
		digits = n.grouped
	}
	v, err := strconv.ParseFloat(digits, 64)
	if n.negative {
		v = -v
	}
	return v, err == nil
}

// A cellForm says how a value is written.
type cellForm int

const (
	notANumber cellForm = iota
	bareNumber          // 398, with a unit that only the mapping knows
	percentage          // 92.5 %
	threeClock          // 0:06:38
	twoClock            // 6:38, minutes and seconds or hours and minutes
	withUnits           // 6 min 38 s
)

// A value is a cell's value as it was written.
type value struct {
	form    cellForm
	number  number  // of a bare number and a percentage
	first   float64 // of a clock of two
	second  float64
	seconds float64 // of a clock of three, and of one with units
}

func scanValue(text string) value {
	if rest, ok := strings.CutSuffix(text, "%"); ok {
		if n, ok := scanNumber(strings.TrimSpace(rest)); ok {
			return value{form: percentage, number: n}
		}
		return value{}
	}
	if n, ok := scanNumber(text); ok {
		return value{form: bareNumber, number: n}
	}
	if strings.IndexByte(text, ':') >= 0 {
		return scanClock(text)
	}
	return scanUnits(text)
}

// scanClock reads hours, minutes and seconds with colons between. A time of day,
// with AM or PM, is none.
func scanClock(text string) value {
	parts := strings.Split(text, ":")
	if len(parts) != 2 && len(parts) != 3 {
		return value{}
	}
	last := strings.Replace(parts[len(parts)-1], ",", ".", 1)
	parts[len(parts)-1], _, _ = strings.Cut(last, ".")
	numbers := make([]float64, len(parts))
	for i, p := range parts {
		if !areDigits(p) || len(p) > 5 || i > 0 && len(p) != 2 {
			return value{}
		}
		numbers[i], _ = strconv.ParseFloat(p, 64)
		if i > 0 && numbers[i] >= 60 {
			return value{}
		}
	}
	if _, fraction, has := strings.Cut(last, "."); has {
		if !areDigits(fraction) || len(fraction) > 9 {
			return value{}
		}
		f, _ := strconv.ParseFloat("0."+fraction, 64)
		numbers[len(numbers)-1] += f
	}
	if len(numbers) == 2 {
		return value{form: twoClock, first: numbers[0], second: numbers[1]}
	}
	return value{form: threeClock, seconds: 3600*numbers[0] + 60*numbers[1] + numbers[2]}
}

// timeUnits are the seconds of each unit of time, by the words for it.
var timeUnits = map[string]float64{
	"ms": 0.001, "msec": 0.001, "millisecond": 0.001, "milliseconds": 0.001,
	"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
	"m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
	"h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
	"d": 86400, "day": 86400, "days": 86400,
}

// scanUnits reads 6m 38s, 6.6 min, 398 sec and PT6M38S. Each unit is smaller than
// the one before it, and only the last number may have a fraction.
func scanUnits(text string) value {
	text = strings.ToLower(text)
	if rest, ok := strings.CutPrefix(text, "pt"); ok {
		text = rest
	}
	total, last := 0.0, 1e9
	for text != "" {
		end := strings.IndexFunc(text, unicode.IsLetter)
		if end <= 0 {
			return value{}
		}
		n, ok := scanNumber(strings.TrimSpace(text[:end]))
		text = text[end:]
		end = strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(text)
		}
		unit := timeUnits[text[:end]]
		text = strings.TrimLeft(strings.TrimPrefix(text[end:], "."), " ,\u00a0")
		v, known := n.value(n.decimal)
		if !ok || !known || n.negative || n.lone != 0 || unit == 0 || unit >= last || n.decimal != 0 && text != "" {
			return value{}
		}
		total, last = total+v*unit, unit
	}
	if last == 1e9 {
		return value{}
	}
	return value{form: withUnits, seconds: total}
}

// roundMean rounds what was worked out: to two decimals, or to four significant
// digits where that keeps more.
func roundMean(v float64) float64 {
	if v == 0 {
		return 0
	}
	return roundTo(v, min(max(2, 3-int(math.Floor(math.Log10(math.Abs(v))))), 12))
}

// roundTo takes the noise of binary fractions away.
func roundTo(v float64, decimals int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	if err != nil || r == 0 {
		return 0
	}
	return r
}
