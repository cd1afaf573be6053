package calendar

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // for machines that have no time zones of their own
)

// zonesOf describes every time zone that the meetings name, for their years.
// Outlook takes a meeting's time from there; a calendar without any meeting has
// to hold something, and holds UTC.
func zonesOf(events []*component) ([]*component, error) {
	years := make(map[string][]int)
	for _, e := range events {
		if name := zoneOf(e, "DTSTART"); name != "" {
			years[name] = append(years[name], dayOf(e).Year)
		}
	}
	if len(events) == 0 {
		years["UTC"] = []int{1970}
	}
	var out []*component
	for _, name := range slices.Sorted(maps.Keys(years)) {
		zone, err := Zone(name)
		if err != nil {
			return nil, err
		}
		out = append(out, zoneComponent(zone, slices.Min(years[name]), slices.Max(years[name])))
	}
	return out, nil
}

// A shift is one change of a zone's clocks.
type shift struct {
	at            time.Time
	before, after int // seconds east of UTC
	name          string
}

// local is the moment of the change on the clocks as they were.
func (s shift) local() time.Time { return s.at.In(time.FixedZone("", s.before)) }

// zoneComponent describes a zone from one year to another. A change that comes
// at the same week of each year is written as a rule, since Outlook reads
// nothing else; others one by one.
func zoneComponent(zone *time.Location, first, last int) *component {
	c := newComponent("VTIMEZONE")
	set(c, "TZID", zone.String())
	from, to := first-1, min(last+1, 9999)
	shifts := shiftsOf(zone, from, to)
	if len(shifts) == 0 || shifts[0].at.Year() >= first {
		name, offset := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
		ever := shift{time.Unix(-int64(offset), 0).UTC(), offset, offset, name}
		c.children = append(c.children, ever.component(""))
	}
	alike := make(map[string][]shift)
	for _, s := range shifts {
		alike[s.kind()] = append(alike[s.kind()], s)
	}
	rules := make(map[string]string)
	for kind, all := range alike {
		rules[kind] = yearlyRule(all, to-from+1)
	}
	for _, s := range shifts {
		rule := rules[s.kind()]
		if rule == "" || s == alike[s.kind()][0] {
			c.children = append(c.children, s.component(rule))
		}
	}
	return c
}

// shiftsOf are the changes of a zone's clocks from one year to another, found by
// looking at every day: past its table, ZoneBounds names ends of years where
// nothing changes.
func shiftsOf(zone *time.Location, first, last int) []shift {
	const day = 24 * 60 * 60
	offset := func(unix int64) int {
		_, offset := time.Unix(unix, 0).In(zone).Zone()
		return offset
	}
	var shifts []shift
	start := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	end := time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for from, before := start, offset(start); from < end; from += day {
		after := offset(from + day)
		if before == after {
			continue
		}
		second := sort.Search(day, func(n int) bool { return offset(from+int64(n)) != before })
		at := time.Unix(from+int64(second), 0)
		name, _ := at.In(zone).Zone()
		shifts = append(shifts, shift{at.UTC(), before, after, name})
		before = after
	}
	return shifts
}

// yearlyRule is the rule by which changes of one kind come in each of so many
// years; "" where they follow none.
func yearlyRule(alike []shift, years int) string {
	nth, fromEnd := len(alike) == years, len(alike) == years
	for _, s := range alike {
		nth = nth && week(s) == week(alike[0])
		fromEnd = fromEnd && isLast(s)
	}
	local := alike[0].local()
	day := strings.ToUpper(local.Weekday().String()[:2])
	switch {
	case fromEnd:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=-1%s", local.Month(), day)
	case nth:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", local.Month(), week(alike[0]), day)
	}
	return ""
}

// kind is the same for changes that may be one rule's.
func (s shift) kind() string {
	return fmt.Sprint(s.local().Format("January Monday 15:04:05 "), s.before, s.after, s.name)
}

// week is the week of the month, from 1 on.
func week(s shift) int { return (s.local().Day() + 6) / 7 }

// isLast says whether a change comes on the last such weekday of its month.
func isLast(s shift) bool { return s.local().AddDate(0, 0, 7).Month() != s.local().Month() }

func (s shift) component(rule string) *component {
	name := "STANDARD"
	if s.after > s.before {
		name = "DAYLIGHT" // clocks go forward: so it is called, whatever the zone's own law says
	}
	c := newComponent(name)
	set(c, "DTSTART", s.local().Format(timeForm))
	set(c, "TZOFFSETFROM", offset(s.before))
	set(c, "TZOFFSETTO", offset(s.after))
	setText(c, "TZNAME", s.name)
	if rule != "" {
		set(c, "RRULE", rule)
	}
	return c
}

// offset writes seconds east of UTC as +HHMM, with seconds where there are any.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
