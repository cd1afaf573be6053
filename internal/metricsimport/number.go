package metricsimport

import (
	"math"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A cellForm says how a value is written.
type cellForm int

const (
	notANumber cellForm = iota
	bareNumber          // 398, with a unit that only the mapping knows
	percentage          // 92.5 %
	twoClock            // 6:38, minutes and seconds or hours and minutes
	threeClock          // 0:06:38
	withUnits           // 6 min 38 s
)

// A value is a cell's value as it was written. 1,234 is another number with each
// decimal sign, and only other cells or the mapping can say which one is meant.
type value struct {
	form         cellForm
	point, comma float64 // of a bare number and a percentage, with either sign; NaN where it can't be
	seconds      float64 // of a time; of a clock of two, taken for minutes and seconds
}

// number is the number with a decimal sign, NaN where it is written with another.
func (v value) number(decimal byte) float64 {
	if decimal == ',' {
		return v.comma
	}
	return v.point
}

// maxDigits is longer than any figure.
const maxDigits = 36

// A number has its thousands set apart or not, by a comma (a point where the comma
// is the decimal sign), a blank or an apostrophe.
const numberForm = `^[+−-]?(?:\d+|[1-9]\d{0,2}(?:(?:,\d{3})+|(?:['’]\d{3})+|(?:[ \x{a0}\x{2009}\x{202f}]\d{3})+))?(?:\.\d+)?$`

var (
	swapSigns = strings.NewReplacer(",", ".", ".", ",")
	plainSign = strings.NewReplacer("−", "-", ",", "", "'", "", "’", "", " ", "", "\u00a0", "", "\u2009", "", "\u202f", "")
	pointForm = pattern.Of(numberForm)
)

func scanNumber(text string) value {
	read := func(text string) float64 {
		if len(text) <= maxDigits && pointForm().MatchString(text) {
			if v, err := strconv.ParseFloat(plainSign.Replace(text), 64); err == nil {
				return v
			}
		}
		return math.NaN()
	}
	v := value{form: bareNumber, point: read(text), comma: read(swapSigns.Replace(text))}
	if math.IsNaN(v.point) && math.IsNaN(v.comma) {
		return value{}
	}
	return v
}

// decimal is the decimal sign that a number shows: '.' or ','; 0 where it shows
// none, and '?' where it has a sign that can be either.
func (v value) decimal() byte {
	switch {
	case v.form != bareNumber && v.form != percentage || v.point == v.comma:
		return 0
	case math.IsNaN(v.comma):
		return '.'
	case math.IsNaN(v.point):
		return ','
	}
	return '?'
}

func scanValue(text string) value {
	if rest, ok := strings.CutSuffix(text, "%"); ok {
		v := scanNumber(strings.TrimSpace(rest))
		if v.form == bareNumber {
			v.form = percentage
		}
		return v
	}
	if v := scanNumber(text); v.form == bareNumber {
		return v
	}
	return scanDuration(strings.ToLower(text))
}

// timeUnits are the seconds of each unit of time, by the words for it.
var timeUnits = map[string]float64{
	"ms": 0.001, "msec": 0.001, "millisecond": 0.001, "milliseconds": 0.001,
	"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
	"m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
	"h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
	"d": 86400, "day": 86400, "days": 86400,
}

var (
	clockForm = pattern.Of(`^(?:(\d{1,5}):([0-5]\d)|(\d{1,5})):([0-5]\d(?:[.,]\d{1,9})?)$`)
	unitForm  = pattern.Of(`^([^a-z]+)([a-z]+)\.?,?`)
)

// scanDuration reads 0:06:38, 6:38, 6m 38s, 6.6 min, 398 sec and PT6M38S.
func scanDuration(text string) value {
	if p := clockForm().FindStringSubmatch(text); p != nil {
		form := threeClock
		if p[3] != "" {
			form = twoClock
		}
		hours, _ := strconv.ParseFloat("0"+p[1], 64)
		minutes, _ := strconv.ParseFloat("0"+p[2]+p[3], 64)
		seconds, _ := strconv.ParseFloat(strings.Replace(p[4], ",", ".", 1), 64)
		return value{form: form, seconds: 3600*hours + 60*minutes + seconds}
	}
	v := value{form: withUnits}
	text = strings.TrimPrefix(text, "pt")
	for last := math.Inf(1); text != "" || math.IsInf(last, 1); {
		p := unitForm().FindStringSubmatch(text)
		if p == nil {
			return value{}
		}
		n, unit := scanNumber(strings.TrimSpace(p[1])), timeUnits[p[2]]
		number := n.number(n.decimal())
		if unit == 0 || unit >= last || n.form != bareNumber || n.decimal() == '?' || number < 0 {
			return value{}
		}
		v.seconds += number * unit
		text, last = text[len(p[0]):], unit
	}
	return v
}

// rounded keeps the digits of the file. What was worked out has two decimals, or four
// significant digits where that keeps more.
func rounded(v float64, workedOut bool) float64 {
	exact := roundTo(v, 6)
	if v == 0 || !workedOut && math.Abs(v-exact) < 1e-9*max(1, math.Abs(v)) {
		return exact
	}
	return roundTo(v, min(max(2, 3-int(math.Floor(math.Log10(math.Abs(v))))), 12))
}

// roundTo takes the noise of binary fractions away.
func roundTo(v float64, decimals int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	if err != nil || r == 0 {
		return 0 // never -0
	}
	return r
}
