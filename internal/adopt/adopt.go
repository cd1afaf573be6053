// Package adopt says which notes that were never written for coachlog can be taken
// in as logs, and as whose and of which day. It takes only what a note says for
// certain: people whom the logbook knows, and days that can be read in one way. For
// every other note it says what is missing. It does no input or output.
package adopt

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Note is one file that may be taken in.
type Note struct {
	Name   string // with the folders that may say whose it is: slashes
	File   string // how somebody names it on a command line
	Inside string // its path in the logbook; "" outside of it
	Text   []byte
	Mode   uint32 // the file's permissions, for a copy
	Named  bool   // somebody named the file itself, not a folder that holds it
}

// Options are what somebody said of the notes; it counts more than what a note says.
type Options struct {
	Person string        // id of the coachee of those that name nobody else
	Coach  string        // id
	Date   logparse.Date // of the only note
	Order  string        // of Orders
	Status string        // of logparse.Statuses
	Split  bool          // make a log of each meeting in a file of many
	// Rewrite allows other tools' values of coachlog's keys to be replaced where
	// the file itself is changed. In a copy they always are.
	Rewrite bool
	Today   logparse.Date
}

// flags are those that a further command needs too.
func (o Options) flags() (flags []string) {
	if o.Split {
		flags = append(flags, "--split")
	}
	for _, f := range [][2]string{{"--person", o.Person}, {"--coach", o.Coach}, {"--date-order", o.Order}, {"--status", o.Status}} {
		if f[1] != "" {
			flags = append(flags, f[0]+" "+f[1])
		}
	}
	return flags
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

// A Proposal is what would be done with one note, or with one meeting of a file of
// many.
type Proposal struct {
	File     string        `json:"file"`
	Heading  string        `json:"heading,omitempty"` // of one meeting of many
	Outcome  Outcome       `json:"outcome"`
	Why      string        `json:"why,omitempty"`     // it isn't adopted; without a full stop
	Fix      string        `json:"fix,omitempty"`     // what to change in a file
	Command  string        `json:"command,omitempty"` // that would take it
	Person   string        `json:"person,omitempty"`  // id
	Coach    string        `json:"coach,omitempty"`   // id; "" where the note names none
	Date     logparse.Date `json:"date"`
	Status   string        `json:"status,omitempty"`
	Target   string        `json:"target,omitempty"`         // the log's path in the logbook
	InPlace  bool          `json:"in_place,omitempty"`       // the file itself gets the front matter
	Rewrites []string      `json:"rewritten_keys,omitempty"` // keys of another tool whose values are replaced

	Note     *Note           `json:"-"`
	Text     []byte          `json:"-"` // of the log
	Meetings int             `json:"-"` // in the file, or in what was joined
	Days     []logparse.Date `json:"-"` // that it may mean: without a year where it names none
	Flags    []string        `json:"-"` // of the command

	from, to int // the part of the note's text
	doc      *logparse.Document
	lines    []line
	facts    *facts
}

// Body is the text that the log gets, without front matter: the note's own.
func (p *Proposal) Body() []byte { return p.Note.Text[p.from+bodyStart(p.doc) : p.to] }

// Question adds why a note isn't taken as it is, what to change in it where that is
// the way, and the flags of the command that takes it.
func (p *Proposal) Question(why, fix string, flags ...string) {
	p.Outcome = Ask
	p.Why, p.Fix = addPart(p.Why, why), addPart(p.Fix, fix)
	for _, flag := range flags {
		name, _, _ := strings.Cut(flag, " ")
		p.Flags = slices.DeleteFunc(slices.Clone(p.Flags), func(f string) bool { return f == name || strings.HasPrefix(f, name+" ") })
		p.Flags = append(p.Flags, flag)
	}
	p.Command = p.CommandFor(ShellWord(p.File))
}

func addPart(text, more string) string {
	parts := addNew(strings.Split(text, "; "), strings.Split(more, "; ")...)
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "; ")
}

// CommandFor is the command that takes a file once its questions are answered.
func (p *Proposal) CommandFor(file string) string {
	return strings.Join(append([]string{"coachlog adopt", file}, p.Flags...), " ")
}

// Join adds what another meeting of the same file leaves open.
func (p *Proposal) Join(other *Proposal) {
	p.Meetings += other.Meetings
	p.Days = slices.Concat(p.Days, other.Days)
	p.Question(other.Why, other.Fix, other.Flags...)
}

// ShellWord is a path as one types it in a shell.
func ShellWord(path string) string {
	if path != "" && !strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune(" \t'\"\\$`!*?[](){}<>|&;#~", r) || r < ' ' }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// A Run looks at many notes together.
type Run struct {
	Roster  *plan.Roster
	People  []*plan.Person                  // those who can be meant
	Logs    func(person string) []*plan.Log // that somebody has
	Options Options
	// Taken says whether the logbook has a file of this path.
	Taken func(path string) bool

	roster roster
	only   bool // there is one note, and somebody named it
}

// Propose says what would be done with each note, in the order of the notes.
func (r *Run) Propose(notes []*Note) []*Proposal {
	r.roster = newRoster(r.People)
	r.only = len(notes) == 1 && notes[0].Named
	all := []*Proposal{}
	for _, n := range notes {
		proposals, bug := r.decide(n)
		if bug != nil { // which costs this note
			proposals = []*Proposal{{Note: n, File: n.File, Outcome: Refused, Why: bug.Error()}}
		}
		all = append(all, proposals...)
	}
	r.place(all)
	return all
}

// decide says what is certain about a note, and what isn't.
func (r *Run) decide(n *Note) (all []*Proposal, bug error) {
	defer fault.Catch("", &bug)
	all = r.look(n)
	for _, p := range all {
		if p.Outcome == Adopt {
			r.decideDay(p)
			r.decidePerson(p)
			r.decideStatus(p)
		}
	}
	return all, nil
}

// proposal is one for a part of a note.
func (r *Run) proposal(n *Note, from, to int) *Proposal {
	return &Proposal{
		Note: n, File: n.File, Outcome: Adopt, Meetings: 1, Flags: r.Options.flags(), from: from, to: to, facts: &facts{},
		doc: r.parse(n.Text[from:to]),
	}
}

func (r *Run) parse(text []byte) *logparse.Document {
	return logparse.ParseSession("note.md", text, r.Roster.Settings.Headings)
}

// look reads a note: one proposal, or one for each meeting of a file of many.
func (r *Run) look(n *Note) []*Proposal {
	p := r.proposal(n, 0, len(n.Text))
	if p.Outcome, p.Why = r.triage(p); p.Outcome != Adopt || !p.keepsConfidential() {
		return []*Proposal{p}
	}
	f := p.facts
	r.readName(f, n.Name)
	r.readFront(f, p.doc)
	meetings := r.meetings(p)
	if several(meetings) && r.Options.Date.IsZero() {
		return r.parts(p, f, meetings)
	}
	r.readHead(f, p.lines)
	if f.day.text == "" && len(meetings) > 0 {
		f.day = meetings[0].day
	}
	if !f.met && !(f.bare && f.day.text != "") && !n.Named && n.Inside == "" {
		flags := []string{"--person ID"}
		if f.day.text == "" {
			flags = append(flags, "--date DATE")
		}
		p.Question("nothing says that it is about a meeting", "", flags...)
		p.Outcome = Alone
	}
	return []*Proposal{p}
}

// A logKey is what tells one adopted log from another: its text, or the file that it
// was adopted from.
type logKey struct {
	person       string
	date         logparse.Date
	text, source string
}

// existing are the paths of the logs that the logbook has of the coachees of notes.
func (r *Run) existing(notes []*Proposal) map[logKey]string {
	have := make(map[logKey]string)
	seen := make(map[string]bool)
	for _, p := range notes {
		if p.Outcome != Adopt || seen[p.Person] {
			continue
		}
		seen[p.Person] = true
		for _, log := range r.Logs(p.Person) {
			have[logKey{p.Person, log.Date, string(bytes.TrimSpace(log.Doc.Text[log.Doc.Front.Span.End:])), ""}] = log.Path()
			if log.AdoptedFrom.Set {
				have[logKey{p.Person, log.Date, "", log.AdoptedFrom.V}] = log.Path()
			}
		}
	}
	return have
}

// place gives every note that can be adopted its path and its text.
func (r *Run) place(all []*Proposal) {
	have := r.existing(all)
	taken := make(map[string]bool)
	for _, p := range all {
		if p.Outcome != Adopt {
			continue
		}
		text := logKey{p.Person, p.Date, string(bytes.TrimSpace(p.Body())), ""}
		if at := have[text]; at != "" && at != p.Note.Inside {
			p.Outcome, p.Why = Already, "its text is in "+at
			continue
		}
		if at := have[logKey{p.Person, p.Date, "", p.source()}]; at != "" && at != p.Note.Inside && p.whole() {
			p.Outcome, p.Why = Already, "it was adopted as "+at
			continue
		}
		p.InPlace = p.whole() && r.inPersonFolder(p)
		p.Target = p.Note.Inside
		for n := 1; !p.InPlace && (n == 1 || taken[p.Target] || r.Taken(p.Target)); n++ {
			p.Target = logparse.LogPath(p.Person, p.Date, n)
		}
		if why, flags := r.write(p); why != "" {
			p.Question(why, "or change the key by hand", flags...)
			continue
		}
		taken[p.Target] = true
		have[text] = p.Target
	}
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
	dir, folder := path.Split(path.Dir(p.Note.Inside))
	return dir == "people/" && path.Ext(p.Note.Inside) == ".md" && r.Roster.Resolve(folder) == p.Person
}
