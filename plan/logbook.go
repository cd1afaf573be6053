package plan

import (
	"cmp"
	"path"
	"slices"
	"sync"

	"github.com/coachlog/coachlog/logparse"
)

// A Logbook is everything that was read, judged.
type Logbook struct {
	Settings *logparse.Settings
	People   []*Person            // by id; everybody who is named, Members are fewer
	Docs     []*logparse.Document // every log and plan, by path; broken ones too

	Assessments []*Assessment // by date

	Twins []*Log // left out: beside another log of the day, and not named as its second

	Signed []SignOff // the latest of each person and file; none until somebody reads them from the commits

	observations []Observation // from outside the logs

	byID    map[string]*Person // by id and by alias
	metrics map[string]logparse.Metric
}

// A Person is somebody who coaches or is coached.
type Person struct {
	ID       string
	Name     string // the id, where no name is known
	Known    bool   // has a development plan or an entry in coachlog.yaml
	Plan     *logparse.DevelopmentPlan
	PlanDoc  *logparse.Document
	Settings *logparse.PersonSettings

	Logs       []*Log // of the sessions in which this person is the coachee, in order
	Goals      []*Goal
	Agreements []*Agreement // in the order in which they were agreed
	Unexpected []*Mention   // accounts of actions that nobody had agreed

	Preparations []*Preparation // by the session that they are for, then by the day they came

	observations []Observation
	Disputed     []Dispute // values that differ for one metric and day
}

// A Log is one session's log, in its place among the others.
type Log struct {
	*logparse.Session
	Doc    *logparse.Document
	Person *Person
	Coach  string // the resolved id; from the person's plan where the log names none
	Date   logparse.Date

	logbook *Logbook
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

// New judges a logbook. The order of docs and observations changes nothing.
// Broken documents stay in Docs and count for nothing.
func New(settings *logparse.Settings, docs []*logparse.Document, observations []Observation) *Logbook {
	b := &Logbook{
		Settings:     settings,
		Docs:         slices.Clone(docs),
		observations: observations,
		byID:         make(map[string]*Person),
		metrics:      make(map[string]logparse.Metric),
	}
	slices.SortFunc(b.Docs, func(x, y *logparse.Document) int { return logparse.ComparePaths(x.Path, y.Path) })
	for _, m := range settings.Metrics {
		b.metrics[m.Key] = m
	}
	b.addPeople()
	b.addLogs()
	b.addAssessments()
	b.addPreparations()
	b.addObservations(observations)
	var wait sync.WaitGroup
	for _, p := range b.People {
		wait.Go(func() { follow(b, p) }) // nobody's agreements depend on another's
	}
	wait.Wait()
	return b
}

// Until is the logbook as it stood at the end of a day: without the logs,
// preparations and observations of later days.
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
	return New(b.Settings, docs, slices.DeleteFunc(slices.Clone(b.observations), observedLater))
}

// Person finds somebody by id or by an id that they had before; nil where
// nobody has it.
func (b *Logbook) Person(id string) *Person { return b.byID[logparse.NormalID(id)] }

// Of is the same logbook with only some of its people in it.
func (b *Logbook) Of(keep func(p *Person) bool) *Logbook {
	some := *b
	some.People = slices.DeleteFunc(slices.Clone(b.People), func(p *Person) bool { return !keep(p) })
	return &some
}

// Members are the people who are known, or who have logs: not those whom a log
// only names, perhaps with a slip of the pen.
func (b *Logbook) Members() []*Person {
	var members []*Person
	for _, p := range b.People {
		if p.Known || len(p.Logs) > 0 {
			members = append(members, p)
		}
	}
	return members
}

// Resolve is the present id of somebody named by any of their ids.
func (b *Logbook) Resolve(id string) string {
	if p := b.Person(id); p != nil {
		return p.ID
	}
	return logparse.NormalID(id)
}

// Metric finds an entry of the catalogue.
func (b *Logbook) Metric(key string) (logparse.Metric, bool) {
	m, ok := b.metrics[key]
	return m, ok
}

// addPeople takes people from their development plans and from the settings.
func (b *Logbook) addPeople() {
	for _, doc := range b.Docs {
		if doc.Plan == nil || !doc.Plan.Person.Set {
			continue
		}
		if doc.Broken() {
			b.person(doc.Plan.Person.V).Known = true // the plan is reported, the person is there
			continue
		}
		p := b.person(doc.Plan.Person.V)
		if p.Plan != nil {
			continue // the rules report the second plan
		}
		p.Plan, p.PlanDoc, p.Known = doc.Plan, doc, true
		if doc.Plan.Name.Set {
			p.Name = doc.Plan.Name.V
		}
	}
	for i := range b.Settings.People {
		s := &b.Settings.People[i]
		p := b.person(s.ID)
		p.Settings, p.Known = s, true
		if s.Name.Set && p.Name == p.ID {
			p.Name = s.Name.V
		}
	}
	for _, p := range b.People {
		if p.Plan == nil {
			continue
		}
		for _, alias := range p.Plan.Aliases {
			if b.byID[alias.V] == nil {
				b.byID[alias.V] = p
			}
		}
	}
}

// person finds or adds somebody.
func (b *Logbook) person(id string) *Person {
	if p := b.byID[id]; p != nil {
		return p
	}
	p := &Person{ID: id, Name: id}
	b.byID[id] = p
	at, _ := slices.BinarySearchFunc(b.People, id, func(p *Person, id string) int { return cmp.Compare(p.ID, id) })
	b.People = slices.Insert(b.People, at, p)
	return p
}

func (b *Logbook) addLogs() {
	for _, doc := range b.Docs {
		if doc.Session == nil || doc.Broken() {
			continue
		}
		p := b.person(b.Resolve(doc.Session.Coachee.V))
		log := &Log{Session: doc.Session, Doc: doc, Person: p, Date: doc.Session.Date.V, logbook: b}
		log.Coach = b.coachOf(log)
		p.Logs = append(p.Logs, log)
	}
	for _, p := range b.People {
		slices.SortStableFunc(p.Logs, func(x, y *Log) int {
			return cmp.Or(x.compare(y), cmp.Compare(x.Path(), y.Path()))
		})
		b.leaveTwinsOut(p)
	}
	for _, p := range slices.Clone(b.People) {
		for _, log := range p.Logs {
			b.addNamed(log)
		}
	}
}

// leaveTwinsOut takes the logs out of a person's that stand beside another of
// the same day and aren't named as its second: most are copies, and nobody can
// say which text is the right one. Adopted notes keep the names that they had.
func (b *Logbook) leaveTwinsOut(p *Person) {
	onDay := make(map[logparse.Date]int)
	for _, log := range p.Logs {
		onDay[log.Date]++
	}
	p.Logs = slices.DeleteFunc(p.Logs, func(l *Log) bool {
		twin := onDay[l.Date] > 1 && !l.NamedByDate && !l.Adopted.Set && path.Base(path.Dir(path.Dir(l.Path()))) == "people"
		if twin {
			b.Twins = append(b.Twins, l)
		}
		return twin
	})
}

// addNamed adds those whom a log names as coach or owner: they have figures,
// though nothing else may be known of them.
func (b *Logbook) addNamed(log *Log) {
	if log.Coach != "" {
		b.person(log.Coach)
	}
	for _, goals := range [][]*logparse.Goal{log.FollowThrough, log.ShortTerm, log.MidTerm} {
		for _, goal := range goals {
			for _, action := range goal.Actions {
				if action.Owner.Set {
					b.person(b.Resolve(action.Owner.V))
				}
			}
		}
	}
}

func (b *Logbook) coachOf(log *Log) string {
	if log.Session.Coach.Set {
		return b.Resolve(log.Session.Coach.V)
	}
	return b.CoachOf(log.Person)
}

// CoachOf is the id of a person's coach, by their plan, else by the settings;
// "" where neither says.
func (b *Logbook) CoachOf(p *Person) string {
	switch {
	case p.Plan != nil && p.Plan.Coach.Set:
		return b.Resolve(p.Plan.Coach.V)
	case p.Settings != nil && p.Settings.Coach.Set:
		return b.Resolve(p.Settings.Coach.V)
	}
	return ""
}

// CadenceOf is how often a person is coached: by their plan, else by the
// settings; "" where nothing says.
func (b *Logbook) CadenceOf(p *Person) string {
	switch {
	case p.Plan != nil && p.Plan.Cadence.Set:
		return p.Plan.Cadence.V
	case p.Settings != nil && p.Settings.Cadence.Set:
		return p.Settings.Cadence.V
	}
	return b.Settings.Cadence.V
}

// HeldLogs are the person's held sessions, in order.
func (p *Person) HeldLogs() []*Log {
	var held []*Log
	for _, log := range p.Logs {
		if log.Held() {
			held = append(held, log)
		}
	}
	return held
}

// CountedLogs are the held sessions that give and take accounts: all but those
// whose log is adopted from older notes.
func (p *Person) CountedLogs() []*Log {
	return slices.DeleteFunc(p.HeldLogs(), func(l *Log) bool { return l.Adopted.Set })
}

// LastHeld is the person's last held session, or nil.
func (p *Person) LastHeld() *Log {
	if held := p.HeldLogs(); len(held) > 0 {
		return held[len(held)-1]
	}
	return nil
}
