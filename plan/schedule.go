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
	ID       string // of the coachee
	Coach    string // id; of the plan or the settings, else of the last log
	Cadence  string // of logparse.Cadences; "" where nothing says
	Standing Standing
	Last     *SessionFact  // the last held session; nil where there was none
	Next     *Booking      // the next session, or the one whose day has passed without a word; nil where no day is agreed
	Due      logparse.Date // when the next session is due by the cadence; zero where there is none, or nobody met yet
	Unfilled []SessionFact // planned ones whose day has passed: nobody said what became of them (method 13)
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
func (e *Everybody) Schedule(today logparse.Date) []Scheduled {
	var out []Scheduled
	for _, f := range e.People {
		p := e.Someone(f.ID)
		plan, settings := p.said()
		own := plan.Cadence.Set || settings.Cadence.Set
		if e.Coached(f, today) || own && !p.HasLeft(today) {
			out = append(out, e.ScheduleOf(f, today))
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
func (r *Roster) Coached(f *Facts, today logparse.Date) bool {
	p := r.Someone(f.ID)
	return !p.HasLeft(today) && (r.CoachOf(p) != "" || len(f.Sessions) > 0)
}

// HasLeft says whether a person has left the team by a day.
func (p *Person) HasLeft(day logparse.Date) bool {
	plan, _ := p.said()
	return plan.Left.Set && !day.Before(plan.Left.V)
}

// ScheduleOf says how one person's sessions stand on a day.
func (r *Roster) ScheduleOf(f *Facts, today logparse.Date) Scheduled {
	p := r.Someone(f.ID)
	s := Scheduled{ID: f.ID, Coach: r.CoachOn(f, today), Cadence: r.CadenceOf(p), Last: f.LastHeld()}
	rhythm := r.cadenceOf(f, today)
	if last := f.lastInRhythm(); last != nil && s.Cadence != "" {
		s.Due = rhythm.after(last.Date, 1)
	}
	for _, k := range r.Bookings(f) {
		if k.Status != logparse.Planned {
			continue
		}
		passed := k.Date.Before(today)
		if passed && k.Log != nil {
			s.Unfilled = append(s.Unfilled, *k.Log)
		}
		if passed && (k.Log == nil || k.after(s.Last)) || !passed && !s.ahead(today) {
			s.Next = &k
		}
	}
	s.Standing = s.standing(today, rhythm)
	return s
}

// ahead says whether a session is agreed for today or later.
func (s Scheduled) ahead(today logparse.Date) bool {
	return s.Next != nil && !s.Next.Date.Before(today)
}

func (s Scheduled) standing(today logparse.Date, of cadence) Standing {
	switch {
	case s.ahead(today) && s.Next.Date == today:
		return SessionDue
	case s.ahead(today):
		return SessionBooked
	case s.lapsed(today, of):
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
func (s Scheduled) lapsed(today logparse.Date, of cadence) bool {
	if s.Last == nil || s.Cadence == "" {
		return false
	}
	last := s.Last.Date
	for _, log := range s.Unfilled {
		if last.Before(log.Date) {
			last = log.Date
		}
	}
	return of.after(last, 2).Before(today)
}

// A Booking is one session's place in the calendar: it has a log, or a day was
// agreed for it and nobody has written its log yet.
type Booking struct {
	ID      string // of the coachee
	Coach   string // id
	Date    logparse.Date
	Status  logparse.Status // Planned where there is no log yet
	Log     *SessionFact    // nil where only the day is agreed
	Follows *SessionFact    // the last session held in the cadence before; nil before the first

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
	return fmt.Sprintf("%s after %s: %s %d", k.ID, follows, kind, k.number)
}

// after says whether the booking is later than a session.
func (k Booking) after(s *SessionFact) bool {
	return s == nil || s.Date.Before(k.Date) || k.Log != nil && s.before(*k.Log)
}

func (k Booking) inRhythm() bool { return k.Log == nil || k.Log.inRhythm() }

// Bookings are a person's sessions, past and to come, in order.
func (r *Roster) Bookings(f *Facts) []Booking {
	bookings := f.bookings()
	for i, k := range bookings {
		if k.Log == nil {
			bookings[i].Coach = r.CoachOn(f, k.Date)
		}
	}
	return bookings
}

func (f *Facts) bookings() []Booking {
	var bookings []Booking
	for i := range f.Sessions {
		s := &f.Sessions[i]
		bookings = append(bookings, Booking{ID: f.ID, Coach: s.Coach, Date: s.Date, Status: s.Status, Log: s})
	}
	if day, from := f.agreedDay(); !day.IsZero() {
		at := from
		for at < len(bookings) && !day.Before(bookings[at].Date) {
			at++
		}
		bookings = slices.Insert(bookings, at, Booking{ID: f.ID, Date: day, Status: logparse.Planned})
	}
	var follows *SessionFact
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
// and the first place in Sessions for it; zero where there is none. The last word
// counts: `next` of the last held session, or of one that was missed or
// cancelled since; of an ad-hoc one where it names a day.
func (f *Facts) agreedDay() (day logparse.Date, from int) {
	for i, s := range slices.Backward(f.Sessions) {
		switch {
		case s.Status == logparse.Planned:
		case !s.Next.IsZero():
			if slices.ContainsFunc(f.Sessions[i+1:], func(later SessionFact) bool { return later.standsFor(s.Next) }) {
				return logparse.Date{}, 0
			}
			return s.Next, i + 1
		case s.Held() && s.inRhythm():
			return logparse.Date{}, 0
		}
	}
	return logparse.Date{}, 0
}

// standsFor says whether a log is that of the session agreed for a day: the one
// that is planned since, perhaps for another day, or one of that day or later.
func (s SessionFact) standsFor(day logparse.Date) bool {
	return s.Date == day || s.inRhythm() && (s.Status == logparse.Planned || day.Before(s.Date))
}

// inRhythm says whether a session belongs to the cadence. Ad-hoc sessions, those
// that the coachee asked for and those with a colleague come on top: they don't
// move it (method 69).
func (s SessionFact) inRhythm() bool { return !IsTalk(s.Kind) }

// last is the last session that is of a kind, or nil.
func (f *Facts) last(is func(*SessionFact) bool) *SessionFact {
	for i := range slices.Backward(f.Sessions) {
		if s := &f.Sessions[i]; is(s) {
			return s
		}
	}
	return nil
}

// LastHeld is the last held session, or nil.
func (f *Facts) LastHeld() *SessionFact { return f.last((*SessionFact).Held) }

// LastSession is the last held session that gives accounts, or nil: no talk, and none of the
// older notes.
func (f *Facts) LastSession() *SessionFact { return f.last((*SessionFact).isSession) }

// lastInRhythm is the last held session of the cadence; the last held one where
// there is none; nil where nothing was held.
func (f *Facts) lastInRhythm() *SessionFact {
	return cmp.Or(f.last(func(s *SessionFact) bool { return s.Held() && s.inRhythm() }), f.LastHeld())
}

// nextDate is the day agreed for the person's next session, if nobody has said yet what became
// of it and no held session has overtaken it; else zero.
func (f *Facts) nextDate() logparse.Date {
	last := f.LastHeld()
	for _, k := range f.bookings() {
		if k.Status == logparse.Planned && k.inRhythm() && (k.Log == nil || k.after(last)) { // a talk asks for nothing
			return k.Date
		}
	}
	return logparse.Date{}
}

// NextSession is the day of a person's next session of the cadence: the agreed
// one, else one step after the last; today where that has passed, or where there
// has been no session yet.
func (r *Roster) NextSession(f *Facts, today logparse.Date) logparse.Date {
	date := f.nextDate()
	if last := f.lastInRhythm(); date.IsZero() && last != nil {
		date = r.cadenceOf(f, today).after(last.Date, 1)
	}
	if date.Before(today) {
		return today
	}
	return date
}
