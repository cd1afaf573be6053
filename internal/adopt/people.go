package adopt

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/plan"
)

// A roster is everything that somebody whom the logbook knows is called.
type roster []calling

type calling struct {
	words  []word
	person *plan.Person
	isName bool // and no id, alias or address
}

func newRoster(people []*plan.Person) (r roster) {
	for _, p := range people {
		names := p.Names()
		if at := strings.LastIndex(p.Name, " "); at >= 0 { // Silva, Ana
			names = append(names, p.Name[at:]+" "+p.Name[:at])
		}
		for _, name := range names {
			if words := wordsOf(name); len(words) > 0 {
				r = append(r, calling{words, p, name == p.Name})
			}
		}
	}
	return r
}

// A word of a text, with its place.
type word struct {
	text, folded string
	start, end   int
}

var aWord = pattern.Of(`[\pL\pN\pM]+`)

func wordsOf(text string) (words []word) {
	for _, at := range aWord().FindAllStringIndex(text, -1) {
		words = append(words, word{text[at[0]:at[1]], fold(text[at[0]:at[1]]), at[0], at[1]})
	}
	return words
}

func (w word) same(other word) bool { return w.folded == other.folded }

// isName says whether a word is written as names are.
func (w word) isName() bool {
	first := []rune(w.text)[0]
	return unicode.IsLetter(first) && !unicode.IsLower(first)
}

// longest finds whom the first words name, by the longest thing that somebody is
// called. One word that is also the first name of somebody else names nobody.
func (r roster) longest(words []word) (length int, found []*plan.Person) {
	for _, c := range r {
		n := len(c.words)
		if n < length || n > len(words) || !slices.EqualFunc(words[:n], c.words, word.same) {
			continue
		}
		if n > length {
			length, found = n, nil
		}
		found = addNew(found, c.person)
	}
	for _, c := range r {
		if length == 1 && c.isName && c.words[0].same(words[0]) {
			found = addNew(found, c.person)
		}
	}
	return length, found
}

// exactly is whoever has a text as a name, or nil.
func (r roster) exactly(text string) *plan.Person {
	words := wordsOf(text)
	if length, found := r.longest(words); length > 0 && length == len(words) && len(found) == 1 {
		return found[0]
	}
	return nil
}

// A reading is what a text says of people and of a day.
type reading struct {
	people  []*plan.Person
	unknown []string // names that are nobody's here, or more than one person's
	day     written
	met     bool // it says that people met
	only    bool // it says nothing else
}

// partMark is between the parts of a title.
var partMark = pattern.Of(`[|,;/()<>\[\]•·→↔:]|\s[-–—]+\s|--|—`)

// read reads a file's name, a heading or a line. It names somebody only where a part
// of it says nothing else than people, days and words for a meeting: "1:1 with Ana -
// angry calls" does, "Ana's billing incident" doesn't.
func (r roster) read(text string) reading {
	text = plainText(text)
	n := reading{only: true, day: dayIn(text)}
	text = withoutDates(text, findDates(text))
	n.met = saysMeeting(text)
	text = betweenTwo().ReplaceAllString(text, " session ")
	words := wordsOf(text)
	var here []*plan.Person // named in this part
	pure := true            // this part says nothing else
	for i := 0; i < len(words); {
		if i > 0 && partMark().MatchString(text[words[i-1].end:words[i].start]) {
			here, pure = nil, true
		}
		length, found := r.longest(words[i:])
		switch {
		case len(found) == 1:
			here = append(here, found[0])
		case length > 0:
			n.unknown, pure = append(n.unknown, text[words[i].start:words[i+length-1].end]), false
		case !isMeetingWord(words[i].folded):
			pure, n.only = false, false
			if i > 0 && isOneOf(words[i-1].folded, "with mit avec") && words[i].isName() {
				last := i
				for last+1 < len(words) && words[last+1].start == words[last].end+1 && words[last+1].isName() && !isMeetingWord(words[last+1].folded) {
					last++
				}
				n.unknown = append(n.unknown, text[words[i].start:words[last].end])
			}
		}
		i += max(length, 1)
		if ends := i >= len(words) || partMark().MatchString(text[words[i-1].end:words[i].start]); ends && pure {
			n.people = addNew(n.people, here...)
		}
	}
	return n
}

// listMark is between the names of a list.
var listMark = pattern.Of(`\s*(?:<>|[,;&+/|•·]|\s(?:and|und|y|e|et|en|x|vs\.?|with)\s)\s*`)

// list reads names: a value of a label or of the front matter.
func (r roster) list(text string) (n reading) {
	if p := r.exactly(text); p != nil { // Silva, Ana
		return reading{people: []*plan.Person{p}}
	}
	for _, part := range listMark().Split(text, -1) {
		name, address, _ := strings.Cut(part, "<")    // Ana Silva <ana@example.org>
		if i := strings.IndexAny(name, "(["); i > 0 { // Ana Silva (agent)
			name = name[:i]
		}
		nobody := func(w word) bool { return isMeetingWord(w.folded) || isOneOf(w.folded, "me myself i ich") }
		if p := r.exactly(address); p != nil {
			n.people = addNew(n.people, p)
		} else if p := r.exactly(name); p != nil {
			n.people = addNew(n.people, p)
		} else if slices.ContainsFunc(wordsOf(name), func(w word) bool { return !nobody(w) }) {
			n.unknown = append(n.unknown, strings.Trim(name, " \t.:*_@"))
		}
	}
	return n
}

// Called is the id of the one of some people who has a text as a name, or "".
func Called(text string, people []*plan.Person) string {
	if p := newRoster(people).exactly(text); p != nil {
		return p.ID
	}
	return ""
}

// addNew adds to a list what it doesn't have.
func addNew[T comparable](list []T, more ...T) []T {
	for _, one := range more {
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}

// joinWords is "a, b and c".
func joinWords(words []string, and string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + and + " " + words[n-1]
	}
	return strings.Join(words, "")
}

func idsOf(people []*plan.Person) string {
	var ids []string
	for _, p := range people {
		ids = addNew(ids, p.ID)
	}
	return joinWords(ids, "and")
}

func quotedNames(names []string) string {
	var quoted []string
	for _, n := range names {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	return joinWords(quoted, "and")
}
