package adopt

import (
	"path"
	"slices"
	"strings"
	"unicode"

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
	naming
	from string
	role role
}

// A dayPlace names a day.
type dayPlace struct {
	from, text string
	days       []day // that it can mean
	weekday    int   // beside it, from Sunday, or -1
	why        string
}

// Facts are what a note says of itself, each with where it says so.
type facts struct {
	places []place
	days   []dayPlace
	titles []string
	sign   bool // something says that people met
	bare   bool // a title is people's names and nothing else: with a day, that is a sign too

	planned bool // the front matter says that it was still to come
}

func (f *facts) clone() *facts {
	return &facts{places: slices.Clone(f.places), titles: slices.Clone(f.titles), sign: true}
}

var (
	// notionID is the number that an export puts behind a page's name.
	notionID = pattern(`[ _-]*\b[0-9a-f]{32}\b`)
	// copyMark is what file managers put behind the name of a copy.
	copyMark = pattern(`(?i)[ _-]*(?:\(\d{1,2}\)|\(?conflicted copy[^)]*\)?)$`)
)

// plainStem is a file's name without its ending and without what programs add.
func plainStem(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	return copyMark().ReplaceAllString(notionID().ReplaceAllString(stem, ""), "")
}

// readName reads a file's name and those of its folders.
func (r *Run) readName(f *facts, name string) {
	stem := plainStem(name)
	folders := strings.Split(path.Dir(name), "/")
	f.titles = append(f.titles, stem)
	dated := r.readTitle(f, strings.ReplaceAll(stem, "_", " "), "file name")
	for _, folder := range folders {
		folder = strings.ReplaceAll(notionID().ReplaceAllString(folder, ""), "_", " ")
		f.sign = f.sign || saysMeeting(folder)
		if monthOf(folder) == 0 {
			f.addPeople(r.roster.title(folder), "folder", anybody)
		}
	}
	if !dated { // 2024/03/04.md
		dated = f.addDays(strings.Join(folders, "/")+"/"+stem, "folder")
	}
	f.bare = f.bare || len(f.places) > 0 && dated && r.saysNothingElse(withoutDates(stem, findDates(stem)))
}

// saysNothingElse says whether a text is only names of people here and words for a
// meeting.
func (r *Run) saysNothingElse(text string) bool {
	words := wordsOf(betweenTwo().ReplaceAllString(" "+text, " "))
	for i := 0; i < len(words); {
		length, _ := r.roster.longest(words[i:])
		if length == 0 && !isMeetingWord(words[i].folded) {
			return false
		}
		i += max(length, 1)
	}
	return true
}

func (f *facts) addPeople(n naming, from string, role role) {
	if len(n.people)+len(n.unknown) > 0 {
		f.places = append(f.places, place{n, from, role})
	}
}

// readTitle reads what a file's name or a heading says, and tells whether it names
// a day.
func (r *Run) readTitle(f *facts, text, from string) (dated bool) {
	text = plainText(text)
	rest := withoutDates(text, findDates(text))
	n := r.roster.title(rest)
	f.addPeople(n, from, anybody)
	f.sign = f.sign || saysMeeting(rest)
	f.bare = f.bare || len(n.people) > 0 && r.saysNothingElse(rest)
	return f.addDays(text, from)
}

// addDays takes the day that a text names. More than one day, or a span of days, is
// none that is certain.
func (f *facts) addDays(text, from string) bool {
	if d, ok := dayIn(text, from); ok {
		f.days = append(f.days, d)
		return true
	}
	return false
}

// dayIn is the one day that a text names. Days by which something is due, and the
// like, don't count.
func dayIn(text, from string) (d dayPlace, ok bool) {
	found := slices.DeleteFunc(findDates(text), func(w written) bool { return otherDay().MatchString(text[:w.start]) })
	if len(found) == 0 {
		return d, false
	}
	w := found[0]
	d = dayPlace{from, w.text, w.days, w.weekday, ""}
	for _, other := range found[1:] {
		if both := agreeing(d.days, other.days); len(both) == 0 {
			d.text, d.why = text, "names more than one day"
		} else {
			d.days = both
		}
	}
	if d.why == "" && (spanMark().MatchString(text[w.end:]) || weekOf().MatchString(text[:w.start])) {
		d.text, d.why = strings.TrimSpace(text), "is more than one day"
	}
	return d, true
}

var (
	// spanMark comes after the first of several days: April 8th - 28th.
	spanMark = pattern(`(?i)^\s*(?:[-–—]|to|until|till|through|bis|hasta|au)\s*\d{1,2}(?:st|nd|rd|th|\.)?(?:$|[ ,)])(?:[ ]*$|[ ]*\pL|[ ]*\d{4})?`)
	// weekOf comes before the first day of a week.
	weekOf = pattern(`(?i)(?:week (?:of|from|commencing|beginning|starting)|w/c|woche (?:vom|ab)|semana del?|semaine du)[ :(]*$`)
	// otherDay comes before a date that is not the day of the meeting.
	otherDay = pattern(`(?i)(?:^|[^\pL])(?:by|until|till|before|after|due|deadline|next|moved from|since|instead of|bis|vor|nach|seit|ab|statt|hasta|antes del?|después del?|avant|après|jusqu['’]au|depuis|tot|voor)[ :(]*$`)
	// nextTime is in labels and headings over days to come, and over days that are
	// another's.
	nextTime = pattern(`(?i)\b(?:next|nächste\w*|naechste\w*|prochain\w*|próxim\w*|proxim\w*|volgende|prossim\w*|siguiente|due|deadline|until|bis|hasta|jusqu\w*|started|since|seit|joined|born|geboren|birthday)\b`)
)

// readFront reads the front matter of other tools.
func (r *Run) readFront(f *facts, doc *logparse.Document) {
	for _, field := range frontFields(doc) {
		r.readLabel(f, "`"+field.label+"`", field.label, field.text)
		switch label := fold(field.label); {
		case isOneOf(label, "tags tag categories category"):
			f.sign = f.sign || saysMeeting(strings.NewReplacer("/", " ", "-", " ").Replace(field.text)) || saysMeeting(field.text)
			for tag := range strings.SplitSeq(strings.NewReplacer(",", "/", "#", "/", " ", "/").Replace(field.text), "/") {
				if p := r.roster.exactly(tag); p != nil {
					f.addPeople(naming{people: append(naming{}.people, p)}, "tags", anybody)
				}
			}
		case isOneOf(label, "type kind"):
			f.sign = f.sign || saysMeeting(field.text)
		case label == "status":
			f.titles = append(f.titles, field.text)
			f.planned = isOneOf(fold(field.text), "planned scheduled upcoming next geplant")
		}
	}
}

// readLabel takes a key of the front matter, or a label of the text.
func (r *Run) readLabel(f *facts, from, label, text string) {
	text = plainText(text)
	if text == "" {
		return
	}
	people := func(role role) {
		f.sign = true
		f.addPeople(r.roster.list(text), from, role)
	}
	switch {
	case isLabel(label, dateLabels):
		f.addDays(text, from)
	case isLabel(label, titleLabels):
		f.titles = append(f.titles, text)
		r.readTitle(f, text, from)
	case isLabel(label, coachLabels):
		people(coach)
	case isLabel(label, "name") && strings.HasPrefix(from, "`"): // a page's, mostly
		if n := r.roster.list(text); len(n.unknown) == 0 {
			f.addPeople(n, from, coachee)
		}
	case isLabel(label, coacheeLabels):
		people(coachee)
	case isLabel(label, bothLabels):
		people(anybody)
	}
}

// How far down a note says who met, and when.
const (
	headLines    = 20
	headHeadings = 2
)

// readHead reads the title and the first lines: labels, a line with who met, and a
// line that is only a day.
func (r *Run) readHead(f *facts, lines []line) {
	headings, about := 0, ""
	for i, l := range lines[:min(len(lines), headLines)] {
		if l.heading != nil {
			if headings++; headings > headHeadings {
				break
			}
			about = l.heading.Title
			if headings == 1 {
				f.titles = append(f.titles, plainText(about))
				r.readTitle(f, about, "heading")
			}
			continue
		}
		if nextTime().MatchString(about) || strings.HasPrefix(l.text, "|") {
			continue
		}
		r.readLine(f, l, lines[i+1:])
	}
	f.addOtherDays(lines)
}

// readLine reads one of the first lines. The names of a label can be a list below it.
func (r *Run) readLine(f *facts, l line, below []line) {
	if l.label != "" {
		if nextTime().MatchString(l.label) {
			return
		}
		text := l.raw
		for _, b := range below {
			if l.raw != "" || b.heading != nil || b.label != "" || len(b.text) > 60 {
				break
			}
			text += ", " + b.text
		}
		if !isLabel(l.label, dateLabels) || l.raw != "" {
			r.readLabel(f, "“"+l.label+":”", l.label, strings.TrimPrefix(text, ", "))
		}
		return
	}
	if len(l.text) > 160 {
		return
	}
	dates := findDates(l.text)
	rest := strings.ReplaceAll(withoutDates(l.text, dates), "|", " ")
	if n, ok := r.whoMet(rest); ok {
		f.sign = true
		f.addPeople(n, "text", anybody)
		f.addDays(l.text, "text")
	} else if !l.item && r.saysNothingElse(rest) {
		r.readTitle(f, l.text, "text")
	}
}

// withSomebody comes before names.
var withSomebody = pattern(`(?i)(?:^|\s)(?:with|between|mit|zwischen|avec|entre|con)\s+`)

// whoMet reads a line such as "Conversation with Ana and Ben on 10 March": nothing
// but words for a meeting before the names, and nothing else after them.
func (r *Run) whoMet(text string) (naming, bool) {
	at := withSomebody().FindStringIndex(text)
	if at == nil || !r.saysNothingElse(text[:at[0]]) {
		return naming{}, false
	}
	rest := strings.TrimSpace(text[at[1]:])
	for _, end := range []string{" on", " am", " at", " le", " el", ","} {
		rest = strings.TrimSuffix(strings.TrimRight(rest, ". "), end)
	}
	n := r.roster.list(rest)
	for _, name := range n.unknown {
		if words := wordsOf(name); len(words) > 3 || slices.ContainsFunc(words, func(w word) bool { return !isNameWord(w.text) }) {
			return naming{}, false
		}
	}
	return n, len(n.people) > 0
}

// isNameWord says whether a word is written as names are.
func isNameWord(text string) bool {
	first := []rune(text)[0]
	return !unicode.IsLower(first) && unicode.IsLetter(first)
}

// addOtherDays takes the days of "Date:" lines further down: two that differ are two
// meetings, or one that nobody can tell.
func (f *facts) addOtherDays(lines []line) {
	about := ""
	for i, l := range lines {
		if l.heading != nil {
			about = l.heading.Title
		}
		if i >= headLines && isLabel(l.label, "date|datum|fecha|data") && !nextTime().MatchString(about) {
			f.addDays(l.raw, "“"+l.label+":”")
		}
	}
}
