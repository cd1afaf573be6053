// Package calendar writes meetings as an iCalendar file (RFC 5545) that mail and
// calendar programs read, and brings an earlier one of its own up to date. It
// knows nothing of coaching and has no clock: the time of writing is passed in.
package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// productID says who wrote a calendar. Only such ones are ever written over.
const productID = "-//coachlog//schedule//EN"

// scopeProperty says what a calendar is of, so that one of something else is not
// taken for an earlier one of the same.
const scopeProperty = "X-COACHLOG-SCOPE"

// kept is how many days a meeting stays in the file after its day.
const kept = 31

// A Calendar is meetings to be written.
type Calendar struct {
	Name   string // as a calendar program lists it
	Scope  string // what the calendar is of; stays the same from one writing to the next
	Events []Event
}

// An Event is one meeting. Texts may hold anything: they come out as text.
type Event struct {
	UID         string // stays the same when the day is moved
	Day         logparse.Date
	At          *logparse.Clock // nil: some time that day
	Zone        *time.Location  // of At; nil: wherever the reader is
	Minutes     int             // from At on
	Summary     string
	Place       string
	Description string // its lines stay lines
	Cancelled   bool
	Alarms      bool // a day before, and a quarter of an hour before
}

// Changes counts what an update made of a calendar's meetings.
type Changes struct {
	New, Changed, Cancelled, Unchanged int
}

// ErrNotOurs says that a file is not a calendar that coachlog wrote, or that
// somebody else has changed it since. It is not to be written over.
var ErrNotOurs = errors.New("it isn't a calendar that coachlog wrote, or something else has changed it since")

// ErrOtherScope says that a file is coachlog's calendar of something else, whose
// meetings would all be cancelled.
var ErrOtherScope = errors.New("it is coachlog's calendar for something else")

// Zone finds a time zone by its name, as in Europe/Berlin.
func Zone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("there is no time zone %q; write continent and city, as in Europe/Berlin, or UTC", name)
	}
	return zone, nil
}

// Write is the calendar from today on as a file, written at the moment now.
func (c Calendar) Write(today logparse.Date, now time.Time) ([]byte, error) {
	text, _, err := c.merge(nil, today, now)
	return text, err
}

// Update is the calendar as a file that takes the place of old, an earlier one.
// A meeting keeps its stamp where nothing about it has changed, so that the
// same calendar gives the same bytes; else it gets the next sequence number.
// Meetings to come that are no longer there stay, as cancelled ones. Those whose
// day has passed stay as they are for a month. The errors are ErrNotOurs and
// ErrOtherScope.
func (c Calendar) Update(old []byte, today logparse.Date, now time.Time) ([]byte, Changes, error) {
	before, err := read(old)
	if err != nil {
		return nil, Changes{}, err
	}
	if scope := textOf(before, scopeProperty); scope != line(c.Scope) {
		return nil, Changes{}, fmt.Errorf("%w: of %s, and this one is of %s", ErrOtherScope, scope, line(c.Scope))
	}
	return c.merge(before.children, today, now)
}

func (c Calendar) merge(before []*component, today logparse.Date, now time.Time) ([]byte, Changes, error) {
	var changes Changes
	var events []*component
	old := make(map[string]*component)
	for _, was := range before {
		if was.name == "VEVENT" {
			old[textOf(was, "UID")] = was
		}
	}
	for _, e := range c.Events {
		was := old[e.UID]
		if e.Day.Before(today) && (was == nil || dayOf(was).Before(today)) {
			continue // over before anybody's calendar had it; else it stays as it is, below
		}
		delete(old, e.UID)
		e.Alarms = e.Alarms && !e.Day.Before(today)
		event, err := e.inPlaceOf(was, now, &changes)
		if err != nil {
			return nil, changes, err
		}
		events = append(events, event)
	}
	for _, was := range old {
		day := dayOf(was)
		switch {
		case day.AddDays(kept).Before(today):
			continue
		case !day.Before(today) && !isCancelled(was):
			cancel(was, stampOf(was).next(now))
			changes.Cancelled++
		default:
			changes.Unchanged++
		}
		events = append(events, was)
	}
	slices.SortFunc(events, func(x, y *component) int {
		return cmp.Or(cmp.Compare(valueOf(x, "DTSTART"), valueOf(y, "DTSTART")),
			cmp.Compare(textOf(x, "UID"), textOf(y, "UID")))
	})
	text, err := c.write(events)
	return text, changes, err
}

// inPlaceOf is a meeting as it takes the place of what it was, which may be nothing.
func (e Event) inPlaceOf(was *component, now time.Time, changes *Changes) (*component, error) {
	if was == nil {
		if e.Cancelled {
			changes.Cancelled++
		} else {
			changes.New++
		}
		return e.component(stamp{at: now}), nil
	}
	last := stampOf(was)
	same := e.component(last)
	switch {
	case reflect.DeepEqual(same, was):
		changes.Unchanged++
		return was, nil
	case e.Cancelled && !isCancelled(was):
		changes.Cancelled++
	default:
		changes.Changed++
	}
	return e.component(last.next(now)), nil
}

// write is the calendar with some meetings as a file.
func (c Calendar) write(events []*component) ([]byte, error) {
	zones, err := zonesOf(events)
	if err != nil {
		return nil, err
	}
	out := newComponent("VCALENDAR")
	set(out, "VERSION", "2.0")
	set(out, "PRODID", productID)
	set(out, "CALSCALE", "GREGORIAN")
	setText(out, scopeProperty, line(c.Scope))
	setText(out, "X-WR-CALNAME", line(c.Name))
	set(out, "X-PUBLISHED-TTL", "PT6H")
	out.children = slices.Concat(zones, events)
	return encode(out), nil
}

// A stamp says which version of a meeting a file has.
type stamp struct {
	sequence int
	at       time.Time // of that version
}

func stampOf(e *component) stamp {
	sequence, _ := strconv.Atoi(valueOf(e, "SEQUENCE"))
	at, _ := time.Parse(utcForm, valueOf(e, "DTSTAMP"))
	return stamp{sequence, at}
}

func (s stamp) next(now time.Time) stamp {
	return stamp{min(max(s.sequence, 0)+1, math.MaxInt32), now}
}

func (s stamp) set(e *component) {
	set(e, "SEQUENCE", strconv.Itoa(s.sequence))
	set(e, "DTSTAMP", s.at.UTC().Format(utcForm))
	set(e, "LAST-MODIFIED", s.at.UTC().Format(utcForm))
}

const (
	dayForm  = "20060102"
	timeForm = "20060102T150405"
	utcForm  = "20060102T150405Z"
)

// component is the meeting as iCalendar has it.
func (e Event) component(s stamp) *component {
	c := newComponent("VEVENT")
	s.set(c)
	setText(c, "UID", line(e.UID))
	setText(c, "SUMMARY", line(e.Summary))
	if e.Place != "" {
		setText(c, "LOCATION", line(e.Place))
	}
	setText(c, "DESCRIPTION", paragraphs(e.Description))
	e.setTimes(c)
	set(c, "STATUS", "CONFIRMED")
	if e.Alarms {
		c.children = e.alarms()
	}
	if e.Cancelled {
		cancel(c, s)
	}
	return c
}

// setTimes says from when to when. An end is the first moment after, so that of
// a whole day is the next day; a whole day is not blocked, a time is (method 22).
func (e Event) setTimes(c *component) {
	if e.At == nil {
		setDay(c, "DTSTART", e.Day)
		setDay(c, "DTEND", e.Day.AddDays(1))
		set(c, "TRANSP", "TRANSPARENT")
		return
	}
	start := time.Date(e.Day.Year, e.Day.Month, e.Day.Day, e.At.Hour, e.At.Minute, 0, 0, cmp.Or(e.Zone, time.UTC))
	for name, at := range map[string]time.Time{
		"DTSTART": start, "DTEND": start.Add(time.Duration(e.Minutes) * time.Minute),
	} {
		p := prop{value: at.Format(timeForm)}
		if e.Zone != nil {
			p.params = "TZID=" + e.Zone.String()
		}
		c.props[name] = p
	}
	set(c, "TRANSP", "OPAQUE")
}

func setDay(c *component, name string, day logparse.Date) {
	c.props[name] = prop{"VALUE=DATE", day.Time().Format(dayForm)}
}

// alarms ring a day before, in time to prepare (method 63), and shortly before.
// A whole day starts at midnight, so that its alarm is meant for nine in the
// morning of the day before.
func (e Event) alarms() []*component {
	triggers := []string{"-P1D", "-PT15M"}
	if e.At == nil {
		triggers = []string{"-PT15H"}
	}
	var alarms []*component
	for _, trigger := range triggers {
		alarm := newComponent("VALARM")
		set(alarm, "ACTION", "DISPLAY")
		set(alarm, "TRIGGER", trigger)
		setText(alarm, "DESCRIPTION", line(e.Summary))
		alarms = append(alarms, alarm)
	}
	return alarms
}

// cancelledPrefix is for programs that show cancelled meetings like others.
const cancelledPrefix = "Cancelled: "

// cancel calls a meeting off: it rings no more and blocks no time.
func cancel(c *component, s stamp) {
	s.set(c)
	setText(c, "SUMMARY", cancelledPrefix+textOf(c, "SUMMARY"))
	set(c, "STATUS", "CANCELLED")
	set(c, "TRANSP", "TRANSPARENT")
	c.children = nil
}

func isCancelled(c *component) bool { return valueOf(c, "STATUS") == "CANCELLED" }

// dayOf is the day on which a meeting starts, where it takes place.
func dayOf(c *component) logparse.Date {
	value := valueOf(c, "DTSTART")
	day, err := time.Parse(dayForm, value[:min(len(value), len(dayForm))])
	if err != nil {
		return logparse.Date{}
	}
	return logparse.DateOf(day)
}
