package plan

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Logbook is what was read of one person, of some or of all, judged, and who
// else there is.
type Logbook struct {
	*Roster
	People []*Person            // by id: those who were judged, and whom their logs name
	Docs   []*logparse.Document // their logs and plans, by path; broken ones too

	Misplaced []*Log // left out: in the folder of somebody else than their coachee
	Twins     []*Log // left out: beside another log of the day, and not named as its second

	Words []SignOff // what is known of people's agreement, one of each person and file; none until somebody reads it

	observations []Observation // from outside the logs
	judged       []string      // ids of those whose logs were asked for
	own          map[string]*Person
}

// A Person is somebody who coaches or is coached.
type Person struct {
	ID       string
	Name     string // the id, where no name is known
	Known    bool   // has a development plan or an entry in coachlog.yaml
	Plan     *logparse.DevelopmentPlan
	PlanDoc  *logparse.Document
	Settings *logparse.PersonSettings
	From     string // the folder of the logbook that has their files, where several are put together

	home *logparse.Settings // that logbook's; nil where there is only one

	Logs       []*Log // of the sessions in which this person is the coachee, in order
	Goals      []*Goal
	Agreements []*Agreement // in the order in which they were agreed
	Unexpected []*Mention   // results of actions that nobody had agreed
	Twice      []*Mention   // further lines of a log about an action that an earlier line speaks of: they don't count

	Preparations []*Preparation // by the session that they are for, then by the day they came

	Disputed []Dispute // values that differ for one metric and day

	observations []Observation            // by date
	ofMetric     map[string][]Observation // the same
	assessments  []AssessmentFact
	named        []string // in the logs
	facts        *Facts   // once somebody asked
}

// A Log is one session's log, in its place among the others.
type Log struct {
	*logparse.Session
	Doc    *logparse.Document
	Person *Person
	Coach  string // the resolved id; from the person's plan where the log names none
	Date   logparse.Date

	dayCoach string // on the log's day; of a talk it may be another one than who led it
	index    int    // among the person's
	logbook  *Logbook
	goals    []*logparse.Goal // but long-term ones, once somebody asked
	lines    index[line]      // the same
}

// resolve is the present id of somebody whom the log names by any of their ids.
func (l *Log) resolve(id string) string { return l.logbook.Resolve(id) }

// Held says whether the session took place.
func (l *Log) Held() bool { return l.Status.V == logparse.Held }

// compare is the order of a person's logs: by day, then by number.
func (l *Log) compare(other *Log) int {
	return cmp.Or(l.Date.Compare(other.Date), cmp.Compare(l.Number, other.Number))
}

// Before says whether the session comes before another of the same person.
func (l *Log) Before(other *Log) bool { return l.compare(other) < 0 }

// Path names the log's file.
func (l *Log) Path() string { return l.Doc.Path }

// New judges a whole logbook. The order of docs and observations changes nothing.
// Broken documents stay in Docs and count for nothing.
func New(settings *logparse.Settings, docs []*logparse.Document, observations []Observation) *Logbook {
	docs = slices.SortedStableFunc(slices.Values(docs), byPath)
	r := NewRoster(settings, docs)
	ids := make([]string, 0, len(r.Known))
	for _, p := range r.Known {
		ids = append(ids, p.ID)
	}
	for _, doc := range docs {
		if whose := Whose(doc); whose.Set && !doc.Broken() && doc.Plan == nil {
			ids = append(ids, r.Resolve(whose.V))
			if doc.Session != nil {
				r.NoteLogs(r.Resolve(whose.V))
			}
		}
	}
	slices.Sort(ids)
	return r.Judge(slices.Compact(ids), docs, observations)
}

func byPath(x, y *logparse.Document) int { return logparse.ComparePaths(x.Path, y.Path) }

// Judge judges some people by all the documents of their folders, and by the
// observations of them. What belongs to others counts for nothing.
func (r *Roster) Judge(ids []string, docs []*logparse.Document, observations []Observation) *Logbook {
	b := r.gather(ids, docs, observations)
	for _, p := range b.People {
		follow(b, p, func(*Log) {})
	}
	return b
}

// Retrace judges one person once more, and shows each session and talk while goals and actions
// are as it left them; the person's Facts aren't, which are collected once.
func (b *Logbook) Retrace(id string, show func(log *Log)) {
	again := b.gather([]string{id}, b.Docs, b.observations)
	follow(again, again.own[id], show)
}

func (r *Roster) gather(ids []string, docs []*logparse.Document, observations []Observation) *Logbook {
	b := &Logbook{Roster: r, Docs: slices.SortedStableFunc(slices.Values(docs), byPath), observations: observations, judged: ids, own: make(map[string]*Person)}
	for _, id := range ids {
		b.person(id)
	}
	for _, doc := range b.Docs { // with their sections, of which the roster may have none
		for _, p := range b.People {
			if p.PlanDoc != nil && p.PlanDoc.Path == doc.Path && doc.Plan != nil && !doc.Broken() {
				p.Plan, p.PlanDoc = doc.Plan, doc
			}
		}
	}
	b.addLogs()
	b.addAssessments()
	b.addPreparations()
	b.addObservations(observations)
	return b
}

// Until judges the same people by what there was at the end of a day: without the
// logs, preparations and observations of later days.
func (b *Logbook) Until(day logparse.Date) *Logbook {
	later := func(d *logparse.Document) bool {
		return d.Session != nil && d.Session.Date.Set && day.Before(d.Session.Date.V) ||
			d.Preparation != nil && d.Preparation.Received.Set && day.Before(d.Preparation.Received.V)
	}
	observedLater := func(o Observation) bool { return day.Before(o.Date) }
	if !slices.ContainsFunc(b.Docs, later) && !slices.ContainsFunc(b.observations, observedLater) {
		return b
	}
	docs := slices.DeleteFunc(slices.Clone(b.Docs), later)
	return b.Judge(b.judged, docs, slices.DeleteFunc(slices.Clone(b.observations), observedLater))
}

// Person finds somebody by id or by an id that they had before; nil where
// nobody has it.
func (b *Logbook) Person(id string) *Person {
	id = b.Resolve(id)
	if p := b.own[id]; p != nil {
		return p
	}
	return b.byID[id]
}

// Has says whether somebody is known or named by an id, or by one that they had
// before.
func (b *Logbook) Has(id string) bool { return b.Person(id) != nil }

// Judged are the people whose logs were asked for, by id.
func (b *Logbook) Judged() []*Person {
	people := make([]*Person, 0, len(b.judged))
	for _, id := range b.judged {
		people = append(people, b.own[id])
	}
	return people
}

// Facts are those of the people whose logs were asked for, by id.
func (b *Logbook) Facts() []*Facts {
	var facts []*Facts
	for _, p := range b.Judged() {
		facts = append(facts, p.Facts())
	}
	return facts
}

// Everybody puts the facts of the people who were judged together.
func (b *Logbook) Everybody() *Everybody { return NewEverybody(b.Roster, b.Facts()) }

// Twin is the first id of those that differ from an id in case only; "" where
// that is the id itself.
func (b *Logbook) Twin(id string) string {
	twin := b.folded[strings.ToLower(id)]
	for _, p := range b.People {
		if strings.EqualFold(p.ID, id) && (twin == "" || p.ID < twin) {
			twin = p.ID
		}
	}
	if twin == id {
		return ""
	}
	return twin
}

// person finds or adds somebody whom this logbook may say more of.
func (b *Logbook) person(id string) *Person {
	if p := b.own[id]; p != nil {
		return p
	}
	p := &Person{ID: id, Name: id}
	if known := b.byID[id]; known != nil {
		*p = *known
		p.facts = nil // of files that only this logbook has
	}
	b.own[id] = p
	at, _ := slices.BinarySearchFunc(b.People, id, func(p *Person, id string) int { return cmp.Compare(p.ID, id) })
	b.People = slices.Insert(b.People, at, p)
	return p
}

func (b *Logbook) addLogs() {
	for _, doc := range b.Docs {
		if doc.Session == nil || doc.Broken() {
			continue
		}
		id := b.Resolve(doc.Session.Coachee.V)
		p := b.own[id]
		if p == nil || inPersonFolder(doc.Path) && b.OwnerOf(path.Dir(doc.Path)) != id {
			b.Misplaced = append(b.Misplaced, &Log{Session: doc.Session, Doc: doc, Person: &Person{ID: id, Name: id}, Date: doc.Session.Date.V, logbook: b})
			continue
		}
		log := &Log{Session: doc.Session, Doc: doc, Person: p, Date: doc.Session.Date.V, logbook: b}
		p.Logs = append(p.Logs, log)
	}
	for _, p := range b.People {
		slices.SortStableFunc(p.Logs, func(x, y *Log) int {
			return cmp.Or(x.compare(y), cmp.Compare(x.Path(), y.Path()))
		})
		b.leaveTwinsOut(p)
		b.nameCoaches(p)
	}
	for _, p := range slices.Clone(b.People) {
		p.named = namedIn(p.Logs)
		for _, id := range p.named {
			b.person(id)
		}
	}
}

// leaveTwinsOut takes the logs out of a person's that stand beside another of
// the same day and number, or that aren't named by their day beside one of that
// day: most are copies, and nobody can say which text is the right one. Adopted
// notes keep the names that they had.
func (b *Logbook) leaveTwinsOut(p *Person) {
	onDay := make(map[logparse.Date][]*Log)
	for _, log := range p.Logs {
		onDay[log.Date] = append(onDay[log.Date], log)
	}
	p.Logs = slices.DeleteFunc(p.Logs, func(l *Log) bool {
		twin := !l.Adopted.Set && inPersonFolder(l.Path()) && slices.ContainsFunc(onDay[l.Date], func(other *Log) bool {
			first := cmp.Or(cmp.Compare(len(other.Path()), len(l.Path())), strings.Compare(other.Path(), l.Path())) < 0
			return other != l && !other.Adopted.Set && (!l.InPlace() || other.InPlace() && first && (other.Number == l.Number || sameSession(l, other)))
		})
		if twin {
			b.Twins = append(b.Twins, l)
		}
		return twin
	})
}

// InPlace says whether a log is in its person's folder, named by its day.
func (l *Log) InPlace() bool {
	dir, name := path.Split(l.Path())
	return l.NamedByDate && strings.HasPrefix(name, l.Date.String()) && l.resolve(path.Base(dir)) == l.Person.ID
}

// sameSession says whether two logs have the same words: nobody says the same twice.
func sameSession(l, other *Log) bool {
	return l.Held() && bytes.Equal(l.Doc.Text, other.Doc.Text) && l.Doc.Words() > 0
}

func inPersonFolder(name string) bool { return path.Base(path.Dir(path.Dir(name))) == "people" }

// nameCoaches says who leads each log: whom it names, else the coach on its day. That is
// whom the last session's log by then names, whatever became of the session; before the
// first, and where none names one, the plan's. Talks change nothing.
func (b *Logbook) nameCoaches(p *Person) {
	coach := b.CoachOf(p)
	named := func(log *Log) string {
		if !log.Session.Coach.Set {
			return ""
		}
		return b.Resolve(log.Session.Coach.V)
	}
	for i, log := range p.Logs {
		log.index = i
		for _, of := range p.Logs[i:] {
			if of.Date != log.Date {
				break
			}
			if !of.IsTalk() && !of.Adopted.Set {
				coach = cmp.Or(named(of), coach)
			}
		}
		log.Coach, log.dayCoach = cmp.Or(named(log), coach), coach
	}
}

// leaderOf is who leads a session by a text of its log: whom it names, else the coach on its
// day.
func (b *Logbook) leaderOf(p *Person, doc *logparse.Document) string {
	if doc.Session.Coach.Set {
		return b.Resolve(doc.Session.Coach.V)
	}
	for _, log := range p.Logs {
		if log.Path() == doc.Path {
			return log.dayCoach
		}
	}
	return b.CoachOf(p)
}

// HeldLogs are the person's held sessions, in order.
func (p *Person) HeldLogs() []*Log {
	return slices.DeleteFunc(slices.Clone(p.Logs), func(l *Log) bool { return !l.Held() })
}

// CountedLogs are the held sessions that give results: all but those
// whose log is adopted from older notes.
func (p *Person) CountedLogs() []*Log {
	return slices.DeleteFunc(p.HeldLogs(), func(l *Log) bool { return l.Adopted.Set })
}

// Sessions are those of CountedLogs that aren't talks.
func (p *Person) Sessions() []*Log { return slices.DeleteFunc(p.CountedLogs(), (*Log).IsTalk) }

// LastSession is the last of Sessions, or nil.
func (p *Person) LastSession() *Log { return lastOf(p.Sessions()) }

// LastHeld is the person's last held session, or nil.
func (p *Person) LastHeld() *Log { return lastOf(p.HeldLogs()) }

func lastOf(logs []*Log) *Log {
	if len(logs) == 0 {
		return nil
	}
	return logs[len(logs)-1]
}
