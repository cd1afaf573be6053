package adopt

import (
	"path"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// A role says as what a text names people.
type role int

const (
	anybody role = iota // one of them is the coachee
	coachee
	coach
)

// A place names people.
type place struct {
	reading
	role role
}

// Facts are what a note says of itself.
type facts struct {
	places  []place
	day     written
	met     bool // something says that people met
	bare    bool // a title is people's names and nothing else: with a day, that is a sign too
	notHeld bool // a title says that the session may not have been held
}

func (f *facts) addPeople(n reading, role role) {
	if len(n.people)+len(n.unknown) > 0 {
		f.places = append(f.places, place{n, role})
	}
}

var notHeld = pattern.Of(`(?i)\b(?:cancell?ed|abgesagt|ausgefallen|cancelad[oa]|annulée?|rescheduled|verschoben|no[- ]?show|missed|versäumt|nicht erschienen)\b`)

// readTitle reads what a file's name or a heading says.
func (r *Run) readTitle(f *facts, text string) {
	n := r.roster.read(text)
	f.addPeople(n, anybody)
	f.day = f.day.and(n.day)
	f.met = f.met || n.met
	f.bare = f.bare || n.only && len(n.people) > 0
	f.notHeld = f.notHeld || notHeld().MatchString(text)
}

// addedMark is what programs add to a name: the number of an export, and what file
// managers put behind the name of a copy.
var addedMark = pattern.Of(`[ _-]*\b[0-9a-f]{32}\b|(?i)[ _-]*(?:\(\d{1,2}\)|\(?conflicted copy[^)]*\)?)$`)

// readName reads a file's name and those of its folders.
func (r *Run) readName(f *facts, name string) {
	name = strings.TrimSuffix(name, path.Ext(name))
	stem := addedMark().ReplaceAllString(path.Base(name), "")
	r.readTitle(f, stem)
	for folder := range strings.SplitSeq(path.Dir(name), "/") {
		n := r.roster.read(addedMark().ReplaceAllString(folder, ""))
		f.met = f.met || n.met
		if monthOf(folder) == 0 {
			f.addPeople(n, anybody)
		}
	}
	if f.day.text == "" { // 2024/03/04.md
		f.day = dayIn(path.Join(path.Dir(name), stem))
	}
	f.bare = f.bare || len(f.places) > 0 && r.roster.read(stem).only
}

// readFront reads the front matter of other tools.
func (r *Run) readFront(f *facts, doc *logparse.Document) {
	for _, field := range frontFields(doc) {
		r.readLabel(f, field.label, plainText(field.text), true)
		switch label := fold(field.label); {
		case isOneOf(label, "tags tag category categories type kind"):
			f.met = f.met || saysMeeting(field.text) || saysMeeting(strings.NewReplacer("/", " ", "-", " ").Replace(field.text))
		case label == "status":
			f.notHeld = f.notHeld || notHeld().MatchString(field.text) || isOneOf(fold(field.text), "planned scheduled upcoming")
		}
	}
}

// nextTime is in labels and headings over days to come, and over days that are
// another's.
var nextTime = pattern.Of(`(?i)\b(?:next|nächste\w*|naechste\w*|prochain\w*|próxim\w*|proxim\w*|volgende|prossim\w*|siguiente|due|deadline|until|bis|hasta|jusqu\w*|started|since|seit|joined|born|geboren|birthday)\b`)

// readLabel takes a label of the text, or a key of the front matter.
func (r *Run) readLabel(f *facts, label, text string, key bool) {
	role := anybody
	switch {
	case text == "":
		return
	case isLabel(label, dateLabels):
		f.day = f.day.and(dayIn(text))
		return
	case isLabel(label, titleLabels):
		r.readTitle(f, text)
		return
	case isLabel(label, coachLabels):
		role = coach
	case isLabel(label, coacheeLabels):
		role = coachee
	case !isLabel(label, bothLabels):
		return
	}
	n := r.roster.list(text)
	title := key && label == "name" // of a page, mostly
	if !title || len(n.unknown) == 0 {
		f.addPeople(n, role)
		f.met = f.met || !title
	}
}

// How far down a note says who met, and when.
const (
	headLines    = 20
	headHeadings = 2
)

// readHead reads the title and the first lines: labels, a line with who met, and a
// line that is only a day. Further down, only a "Date:" counts: two that differ are
// two meetings, or one that nobody can tell.
func (r *Run) readHead(f *facts, lines []line) {
	headings, about := 0, ""
	for i, l := range lines {
		if l.heading != nil {
			headings, about = headings+1, l.text
			if headings == 1 && i < headLines {
				r.readTitle(f, about)
			}
		} else if head := i < headLines && headings <= headHeadings; (head || isLabel(l.label, "date|datum|fecha|data")) && !nextTime().MatchString(about) {
			r.readLine(f, l, lines[i+1:])
		}
	}
}

// readLine reads one of the first lines. The names of a label can be a list below it.
func (r *Run) readLine(f *facts, l line, below []line) {
	switch {
	case nextTime().MatchString(l.label), len(l.text) > 160, strings.HasPrefix(l.text, "|"):
		return
	case l.label != "":
		text := l.value
		for _, b := range below {
			if l.value != "" || isLabel(l.label, dateLabels) || b.heading != nil || b.label != "" || len(b.text) > 60 {
				break
			}
			text = strings.TrimPrefix(text+", "+b.text, ", ")
		}
		r.readLabel(f, l.label, text, false)
		return
	}
	if !l.item && r.roster.read(l.text).only {
		r.readTitle(f, l.text)
	}
}
