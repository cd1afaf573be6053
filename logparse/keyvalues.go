package logparse

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// signOffs reads `agreed: {priya: 2026-07-01, josh: 2026-07-01}`.
func (r *keyReader) signOffs(key string) []SignOff {
	r.takes(key, KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: DayKey}})
	var signed []SignOff
	of := r.below(key)
	for _, e := range of.entries() {
		person := checkedID(key, Value[string]{e.key, e.keySpan, true}, r.report)
		if date := of.date(e.key); person.Set && date.Set {
			signed = append(signed, SignOff{person, date.V})
		}
	}
	return signed
}

// ids reads one id or a list of ids.
func (r *keyReader) ids(key string) []Value[string] {
	var ids []Value[string]
	for _, v := range r.texts(key) {
		if v = checkedID(key, v, r.report); v.Set {
			ids = append(ids, v)
		}
	}
	return ids
}

// dates reads one date or a list of dates.
func (r *keyReader) dates(key string) []Value[Date] {
	r.takes(key, KeyForm{Kind: ListKey, Each: &KeyForm{Kind: DayKey}, OrText: true})
	var dates []Value[Date]
	for _, v := range r.texts(key) {
		if date := r.day(key, v); date.Set {
			dates = append(dates, date)
		}
	}
	return dates
}

// A DateRange is a range of days, both ends included.
type DateRange struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// dateRange reads FROM..TO.
func (r *keyReader) dateRange(key string) Value[DateRange] {
	r.takes(key, KeyForm{Kind: DaysKey})
	return r.rangeOf(key, r.text(key))
}

// dateRanges reads one range of days or a list of them; a day alone is one.
func (r *keyReader) dateRanges(key string) []Value[DateRange] {
	r.takes(key, KeyForm{Kind: ListKey, Each: &KeyForm{Kind: DaysKey}, OrText: true})
	var ranges []Value[DateRange]
	for _, v := range r.texts(key) {
		if day, ok := r.reading.day(v.V); ok {
			ranges = append(ranges, Value[DateRange]{DateRange{day, day}, v.Span, true})
		} else if v := r.rangeOf(key, v); v.Set {
			ranges = append(ranges, v)
		}
	}
	return ranges
}

func (r *keyReader) rangeOf(key string, v Value[string]) Value[DateRange] {
	if !v.Set {
		return Value[DateRange]{}
	}
	fromText, toText, _ := strings.Cut(v.V, "..")
	from, fromOK := r.reading.day(fromText)
	to, toOK := r.reading.day(toText)
	if !fromOK || !toOK || to.Before(from) {
		r.report(Diagnostic{Code: "bad-date", Span: v.Span,
			Message: fmt.Sprintf("`%s: %s` is not a range of days", key, v.V),
			Remedy:  "write the first and the last day, as in 2026-07-01..2026-12-31"})
		return Value[DateRange]{}
	}
	return Value[DateRange]{DateRange{from, to}, v.Span, true}
}

// A Clock is a time of day.
type Clock struct{ Hour, Minute int }

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute) }

// MarshalText writes the time as a file has it.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

var clockForm = pattern.Of(`^([01]?\d|2[0-3]):([0-5]\d)$`)

// ParseClock reads a time of day, as in 10:30.
func ParseClock(text string) (Clock, bool) {
	m := clockForm().FindStringSubmatch(text)
	if m == nil {
		return Clock{}, false
	}
	return Clock{number(m[1]), number(m[2])}, true
}

// ClockRemedy says how to write a time of day.
const ClockRemedy = "write hours and minutes, from 00:00 to 23:59, as in 14:30"

func (r *keyReader) clock(key string) Value[Clock] {
	r.takes(key, KeyForm{Kind: ClockKey})
	v := r.text(key)
	if !v.Set {
		return Value[Clock]{}
	}
	clock, ok := ParseClock(plainBlanks(v.V))
	if !ok {
		r.report(Diagnostic{Code: "bad-time", Span: v.Span,
			Message: fmt.Sprintf("`%s: %s` is not a time of day", key, v.V), Remedy: ClockRemedy})
		return Value[Clock]{}
	}
	return Value[Clock]{clock, v.Span, true}
}

var timeZoneForm = pattern.Of(`^(?:UTC|[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*(?:/[A-Za-z0-9]+(?:[_+-][A-Za-z0-9]+)*)+)$`)

// timeZone reads the name of a time zone. Whether there is one of that name only
// the machine's own data can say.
func (r *keyReader) timeZone(key string) Value[string] {
	v := r.text(key)
	if v.Set && !timeZoneForm().MatchString(v.V) {
		r.report(Diagnostic{Code: "bad-time", Span: v.Span,
			Message: fmt.Sprintf("`%s: %s` is not the name of a time zone", key, v.V),
			Remedy:  "write continent and city, as in Europe/Berlin, or UTC"})
		return Value[string]{}
	}
	return v
}

// A NumberRange is a range of numbers, both ends included.
type NumberRange struct{ Low, High float64 }

// numberRange reads [LOW, HIGH].
func (r *keyReader) numberRange(key string) Value[NumberRange] {
	n := r.value(key, yamlList)
	if n == nil {
		return Value[NumberRange]{}
	}
	var ends []float64
	for _, item := range n.items {
		if end, ok := parseNumber(item.text); ok && item.kind == yamlScalar {
			ends = append(ends, end)
		}
	}
	if len(n.items) != 2 || len(ends) != 2 || ends[0] >= ends[1] {
		r.report(Diagnostic{Code: "bad-number", Span: n.span,
			Message: fmt.Sprintf("`%s` is not a range of numbers", key),
			Remedy:  fmt.Sprintf("write the least and the greatest, as in `%s: [0, 100]`", key)})
		return Value[NumberRange]{}
	}
	return Value[NumberRange]{NumberRange{ends[0], ends[1]}, n.span, true}
}

// parseNumber reads a plain decimal number: no exponent, no unit, no other base.
func parseNumber(s string) (float64, bool) {
	unsigned := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		unsigned = s[1:]
	}
	whole, fraction, hasPoint := strings.Cut(unsigned, ".")
	if !isNumber(whole) || hasPoint && !isNumber(fraction) {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}
