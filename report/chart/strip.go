package chart

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// A Strip shows sessions on a calendar: a column for each week, a row for each
// day of the week.
type Strip struct {
	From, To logparse.Date
	Sessions []Session // by date
}

// A Session is one on the calendar.
type Session struct {
	Date   logparse.Date
	Status logparse.Status
}

// Title says what the chart is.
func (s *Strip) Title() string { return "Sessions" }

// Alt tells the days, by what became of the sessions.
func (s *Strip) Alt() string {
	var parts []string
	for _, status := range statuses {
		var days []string
		for _, session := range s.Sessions {
			if session.Status == status {
				days = append(days, shortDay(session.Date))
			}
		}
		if len(days) > 0 {
			parts = append(parts, fmt.Sprintf("%s on %s", status, strings.Join(days, ", ")))
		}
	}
	if len(parts) == 0 {
		return "No sessions."
	}
	return strings.ToUpper(parts[0][:1]) + strings.Join(parts, "; ")[1:] + "."
}

var (
	statuses = []logparse.Status{logparse.Held, logparse.Missed, logparse.Cancelled, logparse.Planned}
	signs    = map[logparse.Status]string{logparse.Held: "●", logparse.Missed: "○", logparse.Cancelled: "×", logparse.Planned: "◌"}
)

// Text is a sign for each session, by month, with what the signs mean.
func (s *Strip) Text(width int) string {
	var parts, legend []string
	month := ""
	for _, session := range s.Sessions {
		if m := session.Date.Time().Format("Jan"); m != month {
			month = m
			parts = append(parts, m+" ")
		}
		parts[len(parts)-1] += signs[session.Status]
	}
	for _, status := range statuses {
		if slices.ContainsFunc(s.Sessions, func(session Session) bool { return session.Status == status }) {
			legend = append(legend, signs[status]+" "+string(status))
		}
	}
	return terminal.Wrap(strings.Join(parts, "  ")+"   "+strings.Join(legend, ", "), width, "")
}

const (
	stripLeft  = 8.0
	stripWeeks = 27 // in one band; a year has two
)

type stripDay struct {
	X, Y, Size     float64
	Status         logparse.Status
	Count          int // of sessions on that day
	X2, Y2, CX, CY float64
}

type stripDrawing struct {
	Grid   []stripDay
	Days   []stripDay
	Months []mark
	Legend float64
}

func (s *Strip) drawing() (template string, height int, values any) {
	first := s.From.AddDays(-weekday(s.From))
	weeks := first.DaysUntil(s.To)/7 + 1
	bandWeeks := min(weeks, stripWeeks)
	days := 5
	for _, session := range s.Sessions {
		days = max(days, weekday(session.Date)+1)
	}
	size := min(22, (width-2*stripLeft)/float64(bandWeeks))
	band := size*float64(days) + 22
	place := func(d logparse.Date) stripDay {
		week := first.DaysUntil(d) / 7
		x := stripLeft + size*float64(week%bandWeeks)
		y := 16 + band*float64(week/bandWeeks) + size*float64(weekday(d))
		return stripDay{X: x + 1, Y: y + 1, Size: size - 2, X2: x + size - 1, Y2: y + size - 1, CX: x + size/2, CY: y + size/2}
	}
	var d stripDrawing
	for day := s.From; !s.To.Before(day); day = day.AddDays(1) {
		if weekday(day) < days {
			d.Grid = append(d.Grid, place(day))
		}
		if day.Day == 1 || day == s.From && day.Day < 20 {
			monday := day.AddDays(-weekday(day))
			if weekday(day) >= days && !s.To.Before(monday.AddDays(7)) {
				monday = monday.AddDays(7) // the month starts on a weekend that isn't shown
			}
			at := place(monday)
			d.Months = append(d.Months, mark{at.X, at.Y - 6, day.Time().Format("Jan")})
		}
	}
	for i, session := range s.Sessions {
		if n := len(d.Days); i > 0 && n > 0 && s.Sessions[i-1].Date == session.Date {
			d.Days[n-1].Count++ // one square for a day, of its best session
			if slices.Index(statuses, session.Status) < slices.Index(statuses, d.Days[n-1].Status) {
				d.Days[n-1].Status = session.Status
			}
			continue
		}
		at := place(session.Date)
		at.Status, at.Count = session.Status, 1
		d.Days = append(d.Days, at)
	}
	bands := (weeks + bandWeeks - 1) / bandWeeks
	d.Legend = 16 + band*float64(bands)
	return "strip", int(d.Legend) + 18, d
}
