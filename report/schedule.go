package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
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
	Next      logparse.Date `json:"next"`              // the agreed day, also one that has passed without a word; empty where none is agreed
	NextFile  string        `json:"next_file"`         // the planned log; empty where only the day is agreed
	Due       logparse.Date `json:"due"`               // by the cadence; empty where nothing says
	Unfilled  []string      `json:"unfilled"`          // planned logs whose day has passed
	Logbook   string        `json:"logbook,omitempty"` // its folder, where there are several
}

// NewSchedule gathers how the sessions stand.
func NewSchedule(e *plan.Everybody, today logparse.Date, filter ScheduleFilter) *Schedule {
	s := &Schedule{Today: today, Standings: make(map[plan.Standing]int)}
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
		Cadence: s.Cadence, Standing: s.Standing, Due: s.Due, Logbook: e.Someone(s.ID).From}
	if s.Last != nil {
		p.Last, p.LastFile = s.Last.Date, s.Last.Path
	}
	if s.Next != nil {
		p.Next = s.Next.Date
		if s.Next.Log != nil {
			p.NextFile = s.Next.Log.Path
		}
	}
	p.Unfilled = each(s.Unfilled, func(s plan.SessionFact) string { return s.Path })
	return p
}

// Page is the schedule for people: by coach, the most pressing first.
func (s *Schedule) Page() *page.Page {
	out := &page.Page{Closing: s.summary()}
	for _, group := range runsOf(s.People, func(p ScheduledPerson) string { return p.Coach }) {
		out.Add(group[0].coachedBy(), "", itemsOf(group, func(p ScheduledPerson) page.Item { return p.item(s.Today) }))
	}
	return out
}

// runsOf are the runs of neighbours that have the same key.
func runsOf[T any](all []T, key func(T) string) [][]T {
	var runs [][]T
	for i, x := range all {
		if i == 0 || key(x) != key(all[i-1]) {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], x)
	}
	return runs
}

func (p ScheduledPerson) coachedBy() string {
	if p.Coach == "" {
		return "No coach named"
	}
	return "Coached by " + nameWithID(p.CoachName, p.Coach)
}

// standingWords name the standings: in front of a line, and behind a number where that
// reads another way.
var standingWords = map[plan.Standing]struct {
	label, counted string
	tone           page.Tone
}{
	plan.CadenceLapsed:  {"lapsed", "lapsed", page.Care},
	plan.SessionOverdue: {"overdue", "overdue", page.Care},
	plan.SessionDue:     {"today", "due today", page.Care},
	plan.NoNextDate:     {"no date", "without a next date", ""},
	plan.NeverMet:       {"to begin", "to begin", ""},
	plan.SessionBooked:  {"booked", "booked", page.Good},
}

func (p ScheduledPerson) item(today logparse.Date) page.Item {
	words := standingWords[p.Standing]
	return page.Item{Label: words.label, Tone: words.tone, Text: nameWithID(p.Name, p.ID) + ": " + p.when(), Below: filled(p.sofar(today), p.help())}
}

// when says on which day the next session is, or is meant to be.
func (p ScheduledPerson) when() string {
	agreed := !p.Next.IsZero()
	switch p.Standing {
	case plan.NeverMet:
		return "no session yet and no day agreed"
	case plan.SessionBooked, plan.SessionDue:
		if agreed {
			return weekday(p.Next)
		}
		return "due by the cadence, no day agreed"
	case plan.NoNextDate:
		if p.Due.IsZero() {
			return "no day agreed"
		}
		return "due " + weekday(p.Due) + ", no day agreed"
	}
	if agreed {
		return weekday(p.Next) + " has passed, and no log says whether you met"
	}
	return "was due " + weekday(p.Due) + ", no day agreed"
}

// sofar says when the two last met and how often they mean to.
func (p ScheduledPerson) sofar(today logparse.Date) string {
	last := ""
	switch days := p.Last.DaysUntil(today); {
	case p.Last.IsZero():
	case days == 0:
		last = "last met today"
	case days > 0:
		last = fmt.Sprintf("last met %s, %s ago", shortDate(p.Last), sentence.Count(days, "day"))
	default: // --today lies before it
		last = "last met " + shortDate(p.Last)
	}
	return joined("; ", last, cmp.Or(p.Cadence, "no cadence agreed"))
}

// help says what the coach can do next; nothing where a day to come is agreed
// and all is said of those that have passed.
func (p ScheduledPerson) help() string {
	session := coachlog(p.Logbook) + " new session " + localID(p.ID)
	switch {
	case len(p.Unfilled) > 0:
		say := "says"
		if len(p.Unfilled) > 1 {
			say = "say"
		}
		return fmt.Sprintf("%s still %s planned: change the status to held, missed or cancelled", strings.Join(p.Unfilled, ", "), say)
	case p.Standing == plan.SessionBooked, p.Standing == plan.SessionDue && p.NextFile != "":
		return ""
	case p.Standing == plan.SessionDue && !p.Next.IsZero():
		return "write its log: " + session
	case p.Standing == plan.NeverMet:
		return "agree a day for the kick-off: " + session + " --kind kick-off --date DATE"
	case !p.Next.IsZero() && p.Standing == plan.SessionOverdue:
		return fmt.Sprintf("write its log: %s --date %s", session, p.Next)
	}
	return fmt.Sprintf("agree a day: write `next: DATE` in %s, or run %s --date DATE", p.LastFile, session)
}

// weekday is a date as people who meet call it.
func weekday(d logparse.Date) string { return d.Time().Format("Mon ") + shortDate(d) }

func (s *Schedule) summary() string {
	if len(s.People) == 0 {
		return "Nobody to list."
	}
	return countPeople(len(s.People)) + ": " + counts(each(plan.Standings, func(of plan.Standing) counted { return counted{s.Standings[of], standingWords[of].counted} }))
}
