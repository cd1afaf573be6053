package adopt

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Note is one file that may be taken in.
type Note struct {
	Name   string // with the folders that may say whose it is: slashes
	Arg    string // how somebody names it on a command line
	Inside string // its path in the logbook; "" outside of it
	Text   []byte
	Named  bool // somebody named the file itself, not a folder that holds it

	// What somebody said of this note; it counts more than what the note says.
	Person string // id
	Date   logparse.Date
}

// Options are what somebody said of all notes.
type Options struct {
	Person string // id of the coachee of those that name nobody else
	Coach  string // id
	Order  string // of Orders
	Status string // of logparse.Statuses
	Split  bool   // make a log of each meeting in a file of many
	// Rewrite allows other tools' values of coachlog's keys to be replaced where
	// the file itself is changed. In a copy they always are.
	Rewrite bool
	Today   logparse.Date
}

// An Outcome says what is to become of a note.
type Outcome string

// The outcomes.
const (
	Adopt   Outcome = "adopt"
	Ask     Outcome = "ask"     // something has to be said first
	Already Outcome = "already" // it is in the logbook
	Alone   Outcome = "alone"   // it is no note of a session
	Refused Outcome = "refused" // it can't be read
)

// A Question is what a note leaves open.
type Question struct {
	Why   string   // without a full stop
	Fix   string   // what to change in a file, where no flag answers it
	Flags []string // that answer it
}

// A Proposal is what would be done with one note, or with one meeting of a file of
// many.
type Proposal struct {
	Note      *Note
	Heading   string // of one meeting of many; "" for a whole file
	Outcome   Outcome
	Why       string // of Already, Alone and Refused
	Questions []Question

	Person *plan.Person
	Coach  string // id; "" where the note names none
	Date   logparse.Date
	Days   []logparse.Date // that the note may mean: without a year where it names none
	Status string

	Meetings int // in a file of many that isn't split

	PersonFrom, DayFrom string // where the note says so; "" where somebody said it

	Target   string   // the log's path in the logbook
	InPlace  bool     // the file itself gets the front matter
	Text     []byte   // of the log
	Rewrites []string // keys whose values coachlog couldn't read, and that get others

	from, to int // the part of the note's text
	doc      *logparse.Document
	facts    *facts
	lines    []line // of doc, once somebody asks
}

// visible are the lines of the note that anybody may see.
func (p *Proposal) visible() []line {
	if p.lines == nil {
		p.lines = visibleLines(p.doc)
	}
	return p.lines
}

// Body is the text that the log gets, without front matter: the note's own.
func (p *Proposal) Body() []byte { return p.Note.Text[p.from+bodyStart(p.doc) : p.to] }

// ask notes what is missing, what to change in a file where that is the way, and
// the flags that answer it.
func (p *Proposal) ask(why, fix string, flags ...string) {
	p.Outcome = Ask
	p.Questions = append(p.Questions, Question{why, fix, flags})
}

// A Run looks at many notes together.
type Run struct {
	Logbook *plan.Logbook
	Options Options
	// Taken says whether the logbook has a file of this path.
	Taken func(path string) bool

	roster *roster
}

// Propose says what would be done with each note, in the order of the notes.
func (r *Run) Propose(notes []*Note) []*Proposal {
	r.roster = newRoster(r.Logbook)
	var all []*Proposal
	for _, n := range notes {
		all = append(all, r.look(n)...)
	}
	for _, p := range all {
		if p.Outcome == Adopt {
			r.decideDay(p)
			r.decidePerson(p)
			r.decideStatus(p)
		}
	}
	r.place(all)
	return all
}

// look reads a note: one proposal, or one for each meeting of a file of many.
func (r *Run) look(n *Note) []*Proposal {
	p := &Proposal{Note: n, Outcome: Adopt, to: len(n.Text)}
	p.doc = logparse.ParseSession("note.md", n.Text, r.Logbook.Settings.Headings)
	if p.Outcome, p.Why = r.triage(p); p.Outcome != Adopt || !p.keepsConfidential() {
		return []*Proposal{p}
	}
	lines := p.visible()
	file := &facts{}
	r.readName(file, n.Name)
	r.readFront(file, p.doc)
	meetings := r.meetings(p.doc, lines)
	if several(meetings) && n.Date.IsZero() {
		return r.parts(p, file, lines, meetings)
	}
	p.facts = file
	r.readHead(p.facts, lines)
	if p.facts.days == nil && len(meetings) == 1 {
		p.facts.days = meetings[0].days
	}
	if !p.facts.sign && !(p.facts.bare && len(p.facts.days) > 0) && !n.Named && n.Inside == "" {
		p.ask("nothing says that it is the note of a meeting", "", "--person ID")
		if len(p.facts.days) == 0 {
			p.Questions[0].Flags = append(p.Questions[0].Flags, "--date DATE")
		}
		p.Outcome = Alone
	}
	return []*Proposal{p}
}

// decideStatus says that the session was held, unless something speaks against it.
func (r *Run) decideStatus(p *Proposal) {
	p.Status = string(logparse.Held)
	titles := strings.Join(p.facts.titles, " | ") + " | " + p.Heading
	switch {
	case r.Options.Status != "":
		p.Status = r.Options.Status
	case wasCancelled().MatchString(titles):
		p.ask("it may have been cancelled", "", "--status cancelled")
	case wasMissed().MatchString(titles):
		p.ask("it may have been missed", "", "--status missed")
	case p.facts.planned:
		p.ask("it says that it was only planned", "", "--status held")
	case r.Options.Today.Before(p.Date):
		p.ask(fmt.Sprintf("%s is still to come", p.Date), "", "--status planned")
	}
}

// place gives every note that can be adopted its path and its text.
func (r *Run) place(all []*Proposal) {
	have := r.existing()
	taken := make(map[string]bool)
	for _, p := range all {
		if p.Outcome != Adopt {
			continue
		}
		key := p.Person.ID + "\x00" + p.Date.String() + "\x00\x00" + string(bytes.TrimSpace(p.Body()))
		if path := have[key]; path != "" && path != p.Note.Inside {
			p.Outcome, p.Why = Already, "its text is in "+path
			continue
		}
		source := p.Person.ID + "\x00" + p.Date.String() + "\x00" + p.source()
		if path := have[source]; path != "" && path != p.Note.Inside && p.whole() {
			p.Outcome, p.Why = Already, "it was adopted as "+path
			continue
		}
		p.InPlace = p.whole() && r.inPersonFolder(p)
		p.Target = p.Note.Inside
		for n := 1; !p.InPlace; n++ {
			p.Target = path.Join("people", p.Person.ID, p.Date.String()+".md")
			if n > 1 {
				p.Target = path.Join("people", p.Person.ID, fmt.Sprintf("%s-%d.md", p.Date, n))
			}
			if !taken[p.Target] && !r.Taken(p.Target) {
				break
			}
		}
		if why, flags := r.write(p); why != "" {
			p.ask(why, "or change the key by hand", flags...)
			continue
		}
		taken[p.Target] = true
		have[key] = p.Target
	}
}

// existing are the logs that the logbook has, by person and day with their text, and
// with the file that they were adopted from.
func (r *Run) existing() map[string]string {
	have := make(map[string]string)
	for _, person := range r.Logbook.People {
		for _, log := range person.Logs {
			body := bytes.TrimSpace(log.Doc.Text[log.Doc.Front.Span.End:])
			have[person.ID+"\x00"+log.Date.String()+"\x00\x00"+string(body)] = log.Path()
			if log.AdoptedFrom.Set {
				have[person.ID+"\x00"+log.Date.String()+"\x00"+log.AdoptedFrom.V] = log.Path()
			}
		}
	}
	return have
}

// source is what the log remembers of where it is from: the file's name and its
// folder's.
func (p *Proposal) source() string {
	dir, file := path.Split(p.Note.Name)
	return path.Join(path.Base(dir), file)
}

// whole says whether the proposal is for a whole file.
func (p *Proposal) whole() bool { return p.from == 0 && p.to == len(p.Note.Text) }

// inPersonFolder says whether the file is in its person's folder, so that it can
// stay.
func (r *Run) inPersonFolder(p *Proposal) bool {
	dir, file := path.Split(p.Note.Inside)
	folder := strings.TrimPrefix(path.Clean(dir), "people/")
	return path.Dir(path.Clean(dir)) == "people" && path.Ext(file) == ".md" && r.Logbook.Resolve(folder) == p.Person.ID
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func joinWords(words []string, and string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + and + " " + words[n-1]
	}
	return strings.Join(words, "")
}
