package report

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/calendar"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// usualMinutes is how long a session takes where the settings say nothing.
const usualMinutes = 30

// howToPrepare is all that a calendar says of what a session is about. No text
// of a log is in it: calendars are shared more widely than logbooks.
const howToPrepare = `To prepare, at least a day ahead:
- what became of the actions that were agreed
- what went well, and what was hard
- what this session should be for`

// NewCalendar makes a calendar of the sessions, past and to come, of those whom
// a filter chooses; its Until counts for nothing. settings is coachlog.yaml. The
// error names each time zone that nobody knows and where it stands.
func NewCalendar(e *plan.Everybody, settings *logparse.Document, today logparse.Date, filter ScheduleFilter, alarms bool) (calendar.Calendar, error) {
	c := calendar.Calendar{Name: cmp.Or(e.Settings.Name.V, "Coaching"), Scope: calendarScope(e, filter)}
	for _, id := range filter.People {
		c.Name += ", " + e.Someone(id).Name
	}
	if filter.Coach != "" {
		c.Name += ", coached by " + e.Someone(filter.Coach).Name
	}
	filter.Until = logparse.Date{}
	var errs []error
	for _, s := range e.Schedule(today) {
		if !filter.keeps(s) {
			continue
		}
		person := e.Someone(s.ID)
		event, err := meetingOf(e.Settings, settings, person)
		if err != nil && !slices.ContainsFunc(errs, func(e error) bool { return e.Error() == err.Error() }) {
			errs = append(errs, err)
		}
		event.Alarms = alarms
		for _, k := range e.Bookings(e.Facts(s.ID)) {
			if person.HasLeft(k.Date) {
				continue
			}
			c.Events = append(c.Events, booked(e, event, k))
		}
	}
	return c, errors.Join(errs...)
}

// calendarScope says what a calendar is of: in words, so that a file tells it.
func calendarScope(e *plan.Everybody, filter ScheduleFilter) string {
	scope := "everybody"
	if len(filter.People) > 0 {
		people := slices.Clone(filter.People)
		slices.Sort(people)
		scope = strings.Join(slices.Compact(people), ", ")
	}
	return scope + with(", coached by ", filter.Coach) + with(", in ", e.Settings.Name.V)
}

// meetingOf is what is the same for all sessions of one person: the time of day,
// the place and the length, by the plan, else by the settings.
func meetingOf(s *logparse.Settings, settings *logparse.Document, p *plan.Person) (calendar.Event, error) {
	e := calendar.Event{Minutes: cmp.Or(s.Minutes.V, usualMinutes), Description: howToPrepare}
	at, zone, doc := s.Time, s.TimeZone, settings
	if p.Plan != nil {
		e.Place = p.Plan.Place.V
		if p.Plan.Time.Set {
			at = p.Plan.Time
		}
		if p.Plan.TimeZone.Set {
			zone, doc = p.Plan.TimeZone, p.PlanDoc
		}
	}
	if !at.Set {
		return e, nil
	}
	e.At = &at.V
	if !zone.Set {
		return e, nil
	}
	found, err := calendar.Zone(zone.V)
	if err != nil {
		place := doc.Position(zone.Span.Start)
		return e, fmt.Errorf("%s:%d:%d: %w", doc.Path, place.Line, place.Column, err)
	}
	e.Zone = found
	return e, nil
}

// booked is one session as a calendar has it.
func booked(everybody *plan.Everybody, e calendar.Event, k plan.Booking) calendar.Event {
	e.UID = fmt.Sprintf("%x@coachlog", sha256.Sum256([]byte(everybody.Settings.Name.V+"\x00"+k.Key())))
	e.UID = e.UID[:32] + e.UID[64:]
	e.Day = k.Date
	if k.Log != nil && k.Log.Time != nil {
		e.At = k.Log.Time
	}
	e.Summary = "Coaching: " + everybody.Someone(k.ID).Name
	if k.Coach != "" {
		e.Summary += " and " + everybody.Someone(k.Coach).Name
	}
	e.Cancelled = k.Status == logparse.Cancelled
	return e
}

// CalendarChanges says what an update made of a calendar.
func CalendarChanges(c calendar.Changes) string {
	if c.New+c.Changed+c.Cancelled == 0 {
		return "nothing has changed"
	}
	return counts([]counted{{c.New, "new"}, {c.Changed, "changed"}, {c.Cancelled, "cancelled"}, {c.Unchanged, "as before"}})
}
