package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A ScheduleFilter chooses among coachees. Empty fields choose all.
type ScheduleFilter struct {
	People []string // ids of coachees
	Coach  string
	Until  logparse.Date // only those who are to meet by then, and those with no day at all
}

// A Schedule is how everybody's next session stands on one day.
type Schedule struct {
	Today      logparse.Date         `json:"today"`
	People     []ScheduledPerson     `json:"people"`               // by coach, the most pressing first
	Standings  map[plan.Standing]int `json:"standings"`            // how many people have each; all of plan.Standings
	Unreadable []string              `json:"unreadable,omitempty"` // files that could not be counted
}

// A ScheduledPerson is one coachee's part of a Schedule.
type ScheduledPerson struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Coach     string        `json:"coach"` // id; empty where nothing says
	CoachName string        `json:"coach_name"`
	Cadence   string        `json:"cadence"`
	Standing  plan.Standing `json:"standing"`
	Last      logparse.Date `json:"last"` // the last held session; empty where there was none
	LastFile  string        `json:"last_file"`
	Next      logparse.Date `json:"next"`      // the agreed day, also one that has passed without a word; empty where none is agreed
	NextFile  string        `json:"next_file"` // the planned log; empty where only the day is agreed
	Due       logparse.Date `json:"due"`       // by the cadence; empty where nothing says
	Unfilled  []string      `json:"unfilled"`  // planned logs whose day has passed
}

// NewSchedule gathers how the sessions stand.
func NewSchedule(e *plan.Everybody, today logparse.Date, filter ScheduleFilter) *Schedule {
	s := &Schedule{Today: today, People: []ScheduledPerson{}, Standings: make(map[plan.Standing]int)}
	for _, standing := range plan.Standings {
		s.Standings[standing] = 0
	}
	for _, scheduled := range e.Schedule(today) {
		if filter.keeps(scheduled) {
			s.People = append(s.People, scheduledPerson(e, scheduled))
			s.Standings[scheduled.Standing]++
		}
	}
	slices.SortStableFunc(s.People, func(x, y ScheduledPerson) int {
		if (x.Coach == "") != (y.Coach == "") {
			return strings.Compare(y.Coach, x.Coach) // those without a coach come last
		}
		return strings.Compare(x.Coach, y.Coach)
	})
	return s
}

func (f ScheduleFilter) keeps(s plan.Scheduled) bool {
	return (len(f.People) == 0 || slices.Contains(f.People, s.ID)) &&
		(f.Coach == "" || f.Coach == s.Coach) &&
		(f.Until.IsZero() || !f.Until.Before(s.By()))
}

func scheduledPerson(e *plan.Everybody, s plan.Scheduled) ScheduledPerson {
	p := ScheduledPerson{ID: s.ID, Name: e.Someone(s.ID).Name, Coach: s.Coach, CoachName: e.Someone(s.Coach).Name,
		Cadence: s.Cadence, Standing: s.Standing, Due: s.Due, Unfilled: []string{}}
	if s.Last != nil {
		p.Last, p.LastFile = s.Last.Date, s.Last.Path
	}
	if s.Next != nil {
		p.Next = s.Next.Date
		if s.Next.Log != nil {
			p.NextFile = s.Next.Log.Path
		}
	}
	for _, log := range s.Unfilled {
		p.Unfilled = append(p.Unfilled, log.Path)
	}
	return p
}

// JSON writes the schedule for programs.
func (s *Schedule) JSON(w io.Writer) error { return writeJSON(w, s) }

// Text writes the schedule for people: by coach, the most pressing first.
func (s *Schedule) Text(w io.Writer, style terminal.Style) error {
	var out strings.Builder
	for i, p := range s.People {
		if i == 0 || p.Coach != s.People[i-1].Coach {
			if i > 0 {
				out.WriteString("\n")
			}
			out.WriteString(style.Bold(p.coachedBy()) + "\n\n")
		}
		p.text(&out, style, s.Today)
	}
	if len(s.People) > 0 {
		out.WriteString("\n")
	}
	out.WriteString(s.summary() + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func (p ScheduledPerson) coachedBy() string {
	switch {
	case p.Coach == "":
		return "With no coach named"
	case p.CoachName == p.Coach:
		return "Coached by " + terminal.Escape(p.Coach)
	}
	return fmt.Sprintf("Coached by %s (%s)", terminal.Escape(p.CoachName), terminal.Escape(p.Coach))
}

// standingLabels are the first column of the text.
var standingLabels = map[plan.Standing]string{
	plan.CadenceLapsed: "lapsed", plan.SessionOverdue: "overdue", plan.SessionDue: "today",
	plan.NoNextDate: "no date", plan.NeverMet: "to begin", plan.SessionBooked: "booked",
}

func (p ScheduledPerson) text(out *strings.Builder, style terminal.Style, today logparse.Date) {
	label := terminal.Pad(standingLabels[p.Standing], labelWidth)
	switch p.Standing {
	case plan.CadenceLapsed, plan.SessionOverdue, plan.SessionDue:
		label = style.Yellow(label)
	case plan.SessionBooked:
		label = style.Green(label)
	}
	name := terminal.Escape(p.Name)
	if p.Name != p.ID {
		name += " " + style.Faint("("+terminal.Escape(p.ID)+")")
	}
	small := []string{p.sofar(today)}
	if help := p.help(); help != "" {
		small = append(small, help)
	}
	entry(out, style, label, name+": "+p.when(), small...)
}

// when says on which day the next session is, or is meant to be.
func (p ScheduledPerson) when() string {
	agreed := !p.Next.IsZero()
	switch p.Standing {
	case plan.NeverMet:
		return "no session yet, and no day is agreed"
	case plan.SessionBooked, plan.SessionDue:
		if agreed {
			return weekday(p.Next)
		}
		return "due by the cadence, and no day is agreed"
	case plan.NoNextDate:
		if p.Due.IsZero() {
			return "no day is agreed"
		}
		return "due " + weekday(p.Due) + ", and no day is agreed"
	}
	if agreed {
		return weekday(p.Next) + " has passed, and nothing says what became of it"
	}
	return "was due " + weekday(p.Due) + ", and no day is agreed"
}

// sofar says when the two last met and how often they mean to.
func (p ScheduledPerson) sofar(today logparse.Date) string {
	var parts []string
	if days := p.Last.DaysUntil(today); !p.Last.IsZero() {
		ago := "today"
		if days > 0 {
			ago = fmt.Sprintf("%s, %s ago", p.Last, count(days, "day"))
		}
		parts = append(parts, "last met "+ago)
	}
	if p.Cadence == "" {
		return strings.Join(append(parts, "no cadence is declared"), "; ")
	}
	return strings.Join(append(parts, p.Cadence), "; ")
}

// help says what the coach can do next; nothing where a day to come is agreed
// and all is said of those that have passed.
func (p ScheduledPerson) help() string {
	id := terminal.Escape(p.ID)
	switch {
	case len(p.Unfilled) > 0:
		say := "says"
		if len(p.Unfilled) > 1 {
			say = "say"
		}
		return fmt.Sprintf("%s still %s planned: write held, missed or cancelled as the status", terminal.Escape(strings.Join(p.Unfilled, ", ")), say)
	case p.Standing == plan.SessionBooked, p.Standing == plan.SessionDue && p.NextFile != "":
		return ""
	case p.Standing == plan.SessionDue && !p.Next.IsZero():
		return "write its log: coachlog new session " + id
	case p.Standing == plan.NeverMet:
		return fmt.Sprintf("agree a day for a first talk: coachlog new session %s --kind kick-off --date DATE", id)
	case !p.Next.IsZero() && p.Standing == plan.SessionOverdue:
		return fmt.Sprintf("say what became of it: coachlog new session %s --date %s writes its log", id, p.Next)
	}
	return fmt.Sprintf("agree a day: next: DATE in %s, or coachlog new session %s --date DATE", terminal.Escape(p.LastFile), id)
}

// weekday is a date as people who meet call it.
func weekday(d logparse.Date) string { return d.Time().Format("Mon ") + d.String() }

func (s *Schedule) summary() string {
	if len(s.People) == 0 {
		return "There is nobody to list."
	}
	people := "1 person"
	if len(s.People) > 1 {
		people = fmt.Sprintf("%d people", len(s.People))
	}
	var parts []string
	for _, standing := range plan.Standings {
		if n := s.Standings[standing]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, standingWords[standing]))
		}
	}
	return people + ": " + strings.Join(parts, ", ")
}

// standingWords name the standings behind a number.
var standingWords = map[plan.Standing]string{
	plan.CadenceLapsed: "lapsed", plan.SessionOverdue: "overdue", plan.SessionDue: "due today",
	plan.NoNextDate: "without a next date", plan.NeverMet: "to begin", plan.SessionBooked: "booked",
}
