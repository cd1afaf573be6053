package plan

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Standing says how things stand with a coachee's next session on one day. It
// is about the calendar, which the coach keeps, and about nobody's effort.
type Standing string

// The standings. A day is agreed by a planned log, or by `next` in the last one.
const (
	CadenceLapsed  Standing = "lapsed"       // no session for more than two steps of the cadence, and none to come (method 13)
	SessionOverdue Standing = "overdue"      // the agreed day has passed and nobody said what became of it; or the cadence's has, and none was agreed
	SessionDue     Standing = "due"          // the agreed day is today; or the cadence's is, and none was agreed
	NoNextDate     Standing = "no next date" // no day is agreed; by the cadence there is still time
	NeverMet       Standing = "never met"    // no session was held and no day is agreed
	SessionBooked  Standing = "booked"       // a day to come is agreed
)

// Standings lists them, the most pressing first.
var Standings = []Standing{CadenceLapsed, SessionOverdue, SessionDue, NoNextDate, NeverMet, SessionBooked}

// A Scheduled is how one coachee's sessions stand on one day.
type Scheduled struct {
	Person   *Person
	Coach    string // id; of the plan or the settings, else of the last log
	Cadence  string // of logparse.Cadences; "" where nothing says
	Standing Standing
	Last     *Log          // the last held session; nil where there was none
	Next     *Booking      // the next session, or the one whose day has passed without a word; nil where no day is agreed
	Due      logparse.Date // when the next session is due by the cadence; zero where there is none, or nobody met yet
	Unfilled []*Log        // planned logs whose day has passed: nobody said what became of them (method 13)
}

// By is the day that counts: the agreed one, else the cadence's; zero where
// there is neither.
func (s Scheduled) By() logparse.Date {
	if s.Next != nil {
		return s.Next.Date
	}
	return s.Due
}

// Schedule says how the sessions of every coachee stand on a day, the most
// pressing first: of everybody who is coached, or has a cadence of their own.
func (b *Logbook) Schedule(today logparse.Date) []Scheduled {
	var out []Scheduled
	for _, p := range b.People {
		own := p.Plan != nil && p.Plan.Cadence.Set || p.Settings != nil && p.Settings.Cadence.Set
		if b.Coached(p, today) || own && !p.HasLeft(today) {
			out = append(out, b.ScheduleOf(p, today))
		}
	}
	slices.SortStableFunc(out, func(x, y Scheduled) int {
		return cmp.Or(cmp.Compare(slices.Index(Standings, x.Standing), slices.Index(Standings, y.Standing)),
			compareBool(x.By().IsZero(), y.By().IsZero()), x.By().Compare(y.By()))
	})
	return out
}

// Coached says whether somebody is coached on a day: they have a coach or
// sessions, and haven't left.
func (b *Logbook) Coached(p *Person, today logparse.Date) bool {
	return !p.HasLeft(today) && (b.CoachOf(p) != "" || len(p.Logs) > 0)
}

// HasLeft says whether a person has left the team by a day.
func (p *Person) HasLeft(day logparse.Date) bool {
	return p.Plan != nil && p.Plan.Left.Set && !day.Before(p.Plan.Left.V)
}

// ScheduleOf says how one person's sessions stand on a day.
func (b *Logbook) ScheduleOf(p *Person, today logparse.Date) Scheduled {
	s := Scheduled{Person: p, Coach: b.CoachOf(p), Cadence: b.CadenceOf(p), Last: p.LastHeld()}
	if s.Coach == "" && len(p.Logs) > 0 {
		s.Coach = p.Logs[len(p.Logs)-1].Coach
	}
	if last := p.lastInRhythm(); last != nil && s.Cadence != "" {
		s.Due = NextDate(last.Date, s.Cadence)
	}
	for _, k := range b.Bookings(p) {
		if k.Status != logparse.Planned {
			continue
		}
		passed := k.Date.Before(today)
		if passed && k.Log != nil {
			s.Unfilled = append(s.Unfilled, k.Log)
		}
		if passed && (k.Log == nil || k.after(s.Last)) || !passed && !s.ahead(today) {
			s.Next = &k
		}
	}
	s.Standing = s.standing(today)
	return s
}

// ahead says whether a session is agreed for today or later.
func (s Scheduled) ahead(today logparse.Date) bool {
	return s.Next != nil && !s.Next.Date.Before(today)
}

func (s Scheduled) standing(today logparse.Date) Standing {
	switch {
	case s.ahead(today) && s.Next.Date == today:
		return SessionDue
	case s.ahead(today):
		return SessionBooked
	case s.lapsed(today):
		return CadenceLapsed
	case s.Next != nil:
		return SessionOverdue
	case s.Last == nil:
		return NeverMet
	case s.Due.IsZero() || today.Before(s.Due):
		return NoNextDate
	case s.Due == today:
		return SessionDue
	}
	return SessionOverdue
}

// lapsed says whether more than two steps of the cadence have passed since the
// last session of any kind. One that still says planned may have been held.
func (s Scheduled) lapsed(today logparse.Date) bool {
	if s.Last == nil || s.Cadence == "" {
		return false
	}
	last := s.Last.Date
	for _, log := range s.Unfilled {
		if last.Before(log.Date) {
			last = log.Date
		}
	}
	return steps(last, s.Cadence, 2).Before(today)
}

// A Booking is one session's place in the calendar: it has a log, or a day was
// agreed for it and nobody has written its log yet.
type Booking struct {
	Person  *Person
	Coach   string // id
	Date    logparse.Date
	Status  logparse.Status // Planned where there is no log yet
	Log     *Log            // nil where only the day is agreed
	Follows *Log            // the last session held in the cadence before; nil before the first

	number int // among those that follow the same one
}

// Key is the booking's identity, which a new day doesn't change: whose session
// it is, and which one after which. Ad-hoc sessions are counted by themselves.
func (k Booking) Key() string {
	follows, kind := "the start", "session"
	if k.Follows != nil {
		follows = fmt.Sprintf("%s %d", k.Follows.Date, k.Follows.Number)
	}
	if !k.inRhythm() {
		kind = "extra"
	}
	return fmt.Sprintf("%s after %s: %s %d", k.Person.ID, follows, kind, k.number)
}

// after says whether the booking is later than a log.
func (k Booking) after(log *Log) bool {
	return log == nil || log.Date.Before(k.Date) || k.Log != nil && log.Before(k.Log)
}

func (k Booking) inRhythm() bool { return k.Log == nil || k.Log.inRhythm() }

// Bookings are a person's sessions, past and to come, in order.
func (b *Logbook) Bookings(p *Person) []Booking {
	bookings := p.bookings()
	for i, k := range bookings {
		if k.Log == nil {
			bookings[i].Coach = b.CoachOf(p)
		}
	}
	return bookings
}

func (p *Person) bookings() []Booking {
	var bookings []Booking
	for _, log := range p.Logs {
		bookings = append(bookings, Booking{Person: p, Coach: log.Coach, Date: log.Date, Status: log.Status.V, Log: log})
	}
	if day, from := p.agreedDay(); !day.IsZero() {
		at := from
		for at < len(bookings) && !day.Before(bookings[at].Date) {
			at++
		}
		bookings = slices.Insert(bookings, at, Booking{Person: p, Date: day, Status: logparse.Planned})
	}
	var follows *Log
	regular, extra := 0, 0
	for i := range bookings {
		k := &bookings[i]
		k.Follows = follows
		if !k.inRhythm() {
			k.number = extra
			extra++
			continue
		}
		k.number = regular
		regular++
		if k.Log != nil && k.Log.Held() {
			follows, regular, extra = k.Log, 0, 0
		}
	}
	return bookings
}

// agreedDay is the day that the two agreed on and that no log stands for yet,
// and the first place in Logs for it; zero where there is none. The last word
// counts: `next` of the last held session, or of one that was missed or
// cancelled since; of an ad-hoc one where it names a day.
func (p *Person) agreedDay() (day logparse.Date, from int) {
	for i, log := range slices.Backward(p.Logs) {
		switch {
		case log.Status.V == logparse.Planned:
		case log.Next.Set:
			if slices.ContainsFunc(p.Logs[i+1:], func(l *Log) bool { return l.standsFor(log.Next.V) }) {
				return logparse.Date{}, 0
			}
			return log.Next.V, i + 1
		case log.Held() && log.inRhythm():
			return logparse.Date{}, 0
		}
	}
	return logparse.Date{}, 0
}

// standsFor says whether a log is that of the session agreed for a day: the one
// that is planned since, perhaps for another day, or one of that day or later.
func (l *Log) standsFor(day logparse.Date) bool {
	return l.Date == day || l.inRhythm() && (l.Status.V == logparse.Planned || day.Before(l.Date))
}

// inRhythm says whether a session belongs to the cadence. Ad-hoc sessions, those
// that the coachee asked for and those with a colleague come on top: they don't
// move it (method 69).
func (l *Log) inRhythm() bool { return !Reactive(l.Kind.V) && l.Kind.V != "peer" }

// lastInRhythm is the last held session of the cadence; the last held one where
// there is none; nil where nothing was held.
func (p *Person) lastInRhythm() *Log {
	for _, log := range slices.Backward(p.Logs) {
		if log.Held() && log.inRhythm() {
			return log
		}
	}
	return p.LastHeld()
}

// toCome are the bookings of which nobody said yet what became of them, and that
// no held session has overtaken.
func (p *Person) toCome() []Booking {
	last := p.LastHeld()
	return slices.DeleteFunc(p.bookings(), func(k Booking) bool {
		return k.Status != logparse.Planned || k.Log != nil && !k.after(last)
	})
}

// nextDate is when the person's next session is meant to be; zero where no day
// is agreed.
func (p *Person) nextDate() logparse.Date {
	for _, k := range p.toCome() {
		return k.Date
	}
	return logparse.Date{}
}

// NextSession is the day of a person's next session of the cadence: the agreed
// one, else one step after the last; today where that has passed, or where there
// has been no session yet.
func (b *Logbook) NextSession(p *Person, today logparse.Date) logparse.Date {
	var date logparse.Date
	if last := p.lastInRhythm(); last != nil {
		date = NextDate(last.Date, b.CadenceOf(p))
	}
	for _, k := range p.toCome() {
		if k.inRhythm() {
			date = k.Date
			break
		}
	}
	if date.Before(today) {
		return today
	}
	return date
}

// NextDate is one step of a cadence after a date (method 76).
func NextDate(from logparse.Date, cadence string) logparse.Date { return steps(from, cadence, 1) }

// steps is n steps of a cadence after a date.
func steps(from logparse.Date, cadence string, n int) logparse.Date {
	switch cadence {
	case "fortnightly":
		return from.AddDays(14 * n)
	case "monthly":
		return from.AddMonths(n)
	default:
		return from.AddDays(7 * n)
	}
}
