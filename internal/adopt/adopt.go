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
	Name     string        // with the folders that may say something: slashes
	Inside   string        // its path in the logbook; "" where it lies outside
	Text     []byte        //
	Modified logparse.Date // when the file was last changed: only ever asked about
	Named    bool          // somebody named the file itself, not a folder that holds it

	// What somebody said of this note; it stands whatever the note says.
	Person, Coach string // ids
	Status        string // of logparse.Statuses
	Date          logparse.Date
}

// Options are what somebody said of all notes.
type Options struct {
	Person string // id of the coachee of those that name nobody else
	Coach  string // id
	Order  string // of Orders
	Status string // of logparse.Statuses
	Split  bool   // make a log of each meeting of a running file
	Map    bool   // headings with a well-known meaning are about to be mapped in the settings
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
	Already Outcome = "already" // it is a log, or was adopted before
	Alone   Outcome = "alone"   // nothing says that it is the note of a session
	Refused Outcome = "refused" // it can't be read
)

// A Question is what a note leaves open.
type Question struct {
	About   string   `json:"about"` // of date, person, coach, status, split, confidential or keys
	Why     string   `json:"why"`
	Give    string   `json:"give"`              // what to add to the command line
	Options []string `json:"options,omitempty"` // dates or ids that it may be
}

// A Proposal is what would be done with one note, or with one meeting of a
// running file.
type Proposal struct {
	Note    *Note
	Outcome Outcome
	Why     string // of Already, Alone and Refused

	Person *Person
	Coach  *Person // nil where the note says none
	Date   logparse.Date
	Kind   string // of logparse.Kinds; "" where the note doesn't say
	Status string

	Found     [][2]string // what was found, and where
	Questions []Question

	Target   string   // the log's path in the logbook
	InPlace  bool     // the file itself gets the front matter
	Text     []byte   // of the log
	Rewrites []string // keys whose values coachlog couldn't read, and that get others

	from     int // the part of the note's text
	to       int
	evidence *evidence
	doc      *logparse.Document // of the part
}

// Body is the text that the log gets, without front matter: the note's own.
func (p *Proposal) Body() []byte {
	return p.Note.Text[p.from+bodyStart(p.doc) : p.to]
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
	for _, id := range r.given(notes) {
		r.someone(id) // so that notes can name them
	}
	var all []*Proposal
	for _, n := range notes {
		all = append(all, r.look(n)...)
	}
	r.roster.addNew(r.newNames(all))
	for _, p := range all {
		if p.Outcome == Adopt {
			r.decide(p)
		}
	}
	r.doubtCreated(all)
	r.place(all)
	return all
}

// given are the ids of the people that somebody named for the notes.
func (r *Run) given(notes []*Note) []string {
	ids := []string{r.Options.Person, r.Options.Coach}
	for _, n := range notes {
		ids = append(ids, n.Person, n.Coach)
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

// look reads a note and sorts out what is no note of a session.
func (r *Run) look(n *Note) []*Proposal {
	p := &Proposal{Note: n, Outcome: Adopt, to: len(n.Text)}
	p.doc = logparse.ParseSession("note.md", n.Text, r.Logbook.Settings.Headings)
	if p.Outcome, p.Why = r.sort(p); p.Outcome != Adopt {
		return []*Proposal{p}
	}
	p.evidence = gather(n, p.doc)
	if parts := r.parts(p); len(parts) > 0 {
		return parts
	}
	return []*Proposal{p}
}

// placeholder is where a template wants something filled in.
var placeholder = pattern(`\{\{[^{}]*\}\}|<%[^%]*%>`)

// sort says what becomes of a note whatever it names.
func (r *Run) sort(p *Proposal) (Outcome, string) {
	n := p.Note
	for _, d := range p.doc.Diagnostics {
		if d.Code == "not-text" || d.Code == "too-complex" && d.Span.Start >= p.doc.Front.Span.End {
			return Refused, fmt.Sprintf("line %d: %s; %s", p.doc.Position(d.Span.Start).Line, d.Message, d.Remedy)
		}
	}
	if n.Inside != "" {
		inside := logparse.Parse(n.Inside, n.Text, r.Logbook.Settings.Headings)
		switch kind := inside.Kind; {
		case kind == logparse.SessionLog && !inside.Broken():
			return Already, "it is a log already"
		case kind != logparse.SessionLog && kind != logparse.OtherFile:
			return Already, "it is a file of coachlog's already"
		case strings.HasPrefix(n.Inside, "templates/"):
			return Alone, "it is a template"
		}
	}
	if t := p.doc.Front.Field("type"); t != nil && (slices.Contains([]string{"plan", "assessment", "preparation"}, t.Text) || t.Text == "session" && !p.doc.Broken()) {
		return Already, "it is a file of coachlog's already; copy it into people/ID/"
	}
	head := n.Text[:min(len(n.Text), 2000)]
	switch stem := fold(plainStem(n.Name)); {
	case len(bytes.TrimSpace(n.Text)) == 0:
		return Alone, "it is empty"
	case placeholder().Match(head) || placeholder().MatchString(n.Name):
		return Alone, "it is a template"
	case !n.Named && isOneOf(stem, notNotes):
		return Alone, "it is no note of a session"
	}
	return Adopt, ""
}

// newNames are the names of people whom nobody knows and whom the notes name so
// that it can't be a topic: where only people are named, or in more than one
// note's title.
func (r *Run) newNames(all []*Proposal) []string {
	var firm, titles []string
	in := make(map[string]int) // notes, by folded name
	spelt := make(map[string]string)
	for _, p := range all {
		if p.evidence == nil {
			continue
		}
		var here []string
		for _, c := range p.evidence.people {
			for _, name := range c.names {
				key := strings.Join(nameWords(name), " ")
				if key == "" || len(r.roster.read(name).people)+len(r.roster.read(name).unclear) > 0 {
					continue
				}
				if c.firm {
					firm = append(firm, name)
				} else if !slices.Contains(here, key) {
					here = append(here, key)
					spelt[key] = name
				}
			}
		}
		for _, key := range here {
			in[key]++
			if in[key] == 2 {
				titles = append(titles, spelt[key])
			}
		}
	}
	for key, name := range spelt { // a title's "Ana" where another note has "Name: Ana"
		for _, known := range firm {
			if strings.HasPrefix(strings.Join(nameWords(known), " ")+" ", key+" ") {
				titles = append(titles, name)
			}
		}
	}
	slices.Sort(titles)
	return append(firm, slices.Compact(titles)...)
}

// decide settles what a note says, or asks.
func (r *Run) decide(p *Proposal) {
	r.decidePerson(p)
	r.decideDate(p)
	if p.Outcome == Alone {
		return
	}
	r.decideStatus(p)
	p.Kind = kindOf(p.evidence.kinds)
	r.keepConfidential(p)
	if len(p.Questions) > 0 {
		p.Outcome = Ask
	}
}

// keepConfidential asks before a section is taken in that reads as confidential
// and that coachlog would not keep so: its text could stand in a report.
func (r *Run) keepConfidential(p *Proposal) {
	for _, h := range p.doc.Outline() {
		if h.Section == logparse.OwnSection && sectionFor(h.Title) == logparse.Confidential && !r.Options.Map {
			p.ask(Question{"confidential", fmt.Sprintf("its section %q reads as confidential, and coachlog doesn't know the heading", plainText(h.Title)), "--map-headings, so that it never leaves its file", nil})
			return
		}
	}
}

func (p *Proposal) ask(q Question) { p.Questions = append(p.Questions, q) }

func (p *Proposal) found(what, where string) { p.Found = append(p.Found, [2]string{what, where}) }

// Asks says whether something about the matter has to be asked.
func (p *Proposal) Asks(about string) bool {
	return slices.ContainsFunc(p.Questions, func(q Question) bool { return q.About == about })
}

// doubtCreated asks about days that only the day on which a file was made stands
// for, where several notes of a person were made on one day: they were copied
// or imported then.
func (r *Run) doubtCreated(all []*Proposal) {
	made := func(p *Proposal) bool {
		return p.Outcome == Adopt && slices.ContainsFunc(p.Found, func(f [2]string) bool { return f[0] == "made" })
	}
	count := make(map[string]int)
	key := func(p *Proposal) string { return p.Person.ID + " " + p.Date.String() }
	for _, p := range all {
		if made(p) {
			count[key(p)]++
		}
	}
	for _, p := range all {
		if made(p) && count[key(p)] > 1 {
			p.ask(Question{"date", fmt.Sprintf("%d notes were made on %s, and nothing else in them says when the session was", count[key(p)], p.Date), "--date DATE, for one file", []string{p.Date.String()}})
		}
	}
	for _, p := range all {
		if p.Outcome == Adopt && len(p.Questions) > 0 {
			p.Outcome = Ask
		}
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
		key := p.Person.ID + "\x00" + string(bytes.TrimSpace(p.Body()))
		if path := have[key]; path != "" && path != p.Note.Inside {
			p.Outcome, p.Why = Already, "its text is in "+path
			continue
		}
		source := p.Person.ID + "\x00" + p.Date.String() + "\x00" + p.source()
		if path := have[source]; path != "" && path != p.Note.Inside && p.whole() {
			p.Outcome, p.Why = Already, "it was adopted as "+path
			continue
		}
		p.InPlace = p.whole() && r.lies(p)
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
		if why := r.write(p); why != "" {
			p.ask(Question{"keys", why, "--rewrite-keys, or change the key by hand", nil})
			p.Outcome = Ask
			continue
		}
		taken[p.Target] = true
		have[key] = p.Target
	}
}

// existing are the logs that the logbook has, by whose they are with their text,
// and with the day and the file that they were adopted from.
func (r *Run) existing() map[string]string {
	have := make(map[string]string)
	for _, person := range r.Logbook.People {
		for _, log := range person.Logs {
			body := bytes.TrimSpace(log.Doc.Text[log.Doc.Front.Span.End:])
			have[person.ID+"\x00"+string(body)] = log.Path()
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

// lies says whether the file is in its person's folder, so that it can stay.
func (r *Run) lies(p *Proposal) bool {
	dir, file := path.Split(p.Note.Inside)
	folder := strings.TrimPrefix(path.Clean(dir), "people/")
	return path.Dir(path.Clean(dir)) == "people" && path.Ext(file) == ".md" && r.Logbook.Resolve(folder) == p.Person.ID
}

// NewPeople are the people of the proposals whom the logbook doesn't know, in
// the order of the notes, each with the number of notes that are theirs.
func NewPeople(all []*Proposal) ([]*Person, map[string]int) {
	var people []*Person
	notes := make(map[string]int)
	for _, p := range all {
		if p.Outcome != Adopt {
			continue
		}
		for _, who := range []*Person{p.Person, p.Coach} {
			if who == nil || who.Known {
				continue
			}
			if !slices.Contains(people, who) {
				people = append(people, who)
			}
		}
		notes[p.Person.ID]++
	}
	return people, notes
}
