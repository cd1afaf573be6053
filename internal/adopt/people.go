package adopt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Person is somebody whom notes name.
type Person struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Known bool   `json:"known"` // has a plan, an entry in the settings, or logs

	forms [][]string // the words by which the person is named, folded
	last  string     // of the full name, folded
}

// A roster is everybody whom notes can name: the logbook's people, and new ones
// whom the notes themselves bring.
type roster struct {
	people []*Person
	first  map[string][]*Person // by first name, folded
	logs   *plan.Logbook
}

func newRoster(b *plan.Logbook) *roster {
	r := &roster{first: make(map[string][]*Person), logs: b}
	for _, p := range b.Members() {
		names := []string{p.ID, p.Name}
		if s := p.Settings; s != nil {
			names = append(names, values(s.KnownAs)...)
			names = append(names, values(s.Emails)...)
		}
		if s := p.Plan; s != nil {
			names = append(names, values(s.Aliases)...)
			names = append(names, values(s.KnownAs)...)
			names = append(names, values(s.Emails)...)
		}
		r.add(&Person{ID: p.ID, Name: p.Name, Known: true}, names...)
	}
	return r
}

func values(list []logparse.Value[string]) []string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = v.V
	}
	return texts
}

// add takes somebody in under all their names, "Last First" for a full one too.
func (r *roster) add(p *Person, names ...string) {
	for _, name := range names {
		words := nameWords(name)
		if len(words) == 0 || slices.ContainsFunc(p.forms, func(f []string) bool { return slices.Equal(f, words) }) {
			continue
		}
		p.forms = append(p.forms, words)
	}
	if words := nameWords(p.Name); len(words) > 1 {
		p.last = words[len(words)-1]
		p.forms = append(p.forms, append([]string{p.last}, words[:len(words)-1]...))
	}
	if words := nameWords(p.Name); len(words) > 0 {
		r.first[words[0]] = append(r.first[words[0]], p)
	}
	r.people = append(r.people, p)
}

// addNew takes in the people whom notes name and nobody knows: full names first,
// so that a first name on its own is one of theirs where there is only one.
func (r *roster) addNew(names []string) {
	slices.SortStableFunc(names, func(a, b string) int {
		return len(nameWords(b)) - len(nameWords(a))
	})
	for _, name := range names {
		words := nameWords(name)
		if len(words) == 0 || len(r.named(words)) > 0 || len(words) == 1 && len(r.first[words[0]]) > 0 {
			continue
		}
		if id := r.newID(words, name); id != "" {
			r.add(&Person{ID: id, Name: name}, name)
		}
	}
}

// newID is an id for somebody new: the first name, or the whole one where that is
// taken; "" where no id can be made of it.
func (r *roster) newID(words []string, name string) string {
	short := words[0]
	full := strings.Join(words, "-")
	for _, id := range []string{short, full} {
		taken := slices.ContainsFunc(r.people, func(p *Person) bool { return strings.EqualFold(p.ID, id) })
		if !taken && logparse.IsID(id) && !isOneOf(id, reservedNames) && (id != short || len(r.first[short]) == 0) {
			return id
		}
	}
	return ""
}

// nameWords are a name's words, folded.
func nameWords(name string) []string {
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	return words
}

// named are those who have exactly these words as a name.
func (r *roster) named(words []string) []*Person {
	var found []*Person
	for _, p := range r.people {
		if slices.ContainsFunc(p.forms, func(f []string) bool { return slices.Equal(f, words) }) {
			found = append(found, p)
		}
	}
	return found
}

// byID finds somebody by id.
func (r *roster) byID(id string) *Person {
	id = r.logs.Resolve(id)
	for _, p := range r.people {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// A word of a text, with its place.
type word struct {
	text       string // as written
	folded     string
	start, end int
}

// wordsOf splits a text into words; a hyphen or an apostrophe within one is part
// of it only for the form as written.
func wordsOf(text string) []word {
	var words []word
	start := -1
	for i := 0; i <= len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			words = append(words, word{text[start:i], fold(text[start:i]), start, i})
			start = -1
		}
		i += max(size, 1)
	}
	return words
}

// A naming is what a text says of people: those it names, and what could be the
// names of others.
type naming struct {
	people  []*Person
	unclear []string // names that fit more than one person, or one whose last name is another
	rest    string   // the text with a bar in the place of each name
}

// read finds the people of the roster whom a text names.
func (r *roster) read(text string) naming {
	var n naming
	words := wordsOf(text)
	var rest strings.Builder
	at := 0
	for i := 0; i < len(words); {
		length, found := r.longest(words[i:])
		if length == 0 {
			length, found = r.firstName(words[i:], text)
		}
		switch {
		case length == 0:
			i++
			continue
		case len(found) == 1:
			if !slices.Contains(n.people, found[0]) {
				n.people = append(n.people, found[0])
			}
		default:
			n.unclear = append(n.unclear, text[words[i].start:words[i+length-1].end])
		}
		rest.WriteString(text[at:words[i].start])
		rest.WriteString(" | ")
		at = words[i+length-1].end
		i += length
	}
	rest.WriteString(text[at:])
	n.rest = rest.String()
	return n
}

// longest is the longest name that the words start with, of two words or more or
// all that a person is called, and whose it is.
func (r *roster) longest(words []word) (length int, found []*Person) {
	for _, p := range r.people {
		for _, form := range p.forms {
			if len(form) < length || len(form) > len(words) || !startsWith(words, form) {
				continue
			}
			if len(form) > length {
				length, found = len(form), nil
			}
			if !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	if length == 1 && len(found) == 1 { // an id or a name of one word can be the first of somebody else's
		for _, also := range r.first[words[0].folded] {
			if !slices.Contains(found, also) {
				found = append(found, also)
			}
		}
		if len(found) > 1 {
			return length, found
		}
		if found[0].last != "" && otherLastName(words, found[0]) {
			found = nil
			return 2, nil
		}
	}
	return length, found
}

func startsWith(words []word, form []string) bool {
	for i, f := range form {
		if words[i].folded != f {
			return false
		}
	}
	return true
}

// firstName is whoever the first word is the first name of. Where a last name
// follows that is not theirs, it is nobody the roster knows.
func (r *roster) firstName(words []word, text string) (length int, found []*Person) {
	found = r.first[words[0].folded]
	switch {
	case len(found) == 0:
		return 0, nil
	case otherLastName(words, found...):
		return 2, nil
	}
	return 1, found
}

// otherLastName says whether the second word reads as a last name that none of
// these people has.
func otherLastName(words []word, people ...*Person) bool {
	if len(words) < 2 || words[1].start-words[0].end != 1 || !isNameWord(words[1].text) || isMeetingWord(words[1].text) || len(words[1].text) < 2 {
		return false
	}
	return !slices.ContainsFunc(people, func(p *Person) bool {
		return p.last == "" || slices.ContainsFunc(p.forms, func(f []string) bool { return slices.Contains(f, words[1].folded) })
	})
}

// isNameWord says whether a word is written as names are.
func isNameWord(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) && !unicode.IsTitle(first) && (unicode.IsLower(first) || !unicode.IsLetter(first)) {
		return false
	}
	return !strings.ContainsFunc(text, unicode.IsDigit)
}

// nameIn is the name that a text is, or starts with, or "". Words that are no
// names end it. whole asks that nothing else is there.
func nameIn(text string, whole bool) string {
	if i := strings.IndexAny(text, "(["); i > 0 && !whole { // "Priya Raman (agent)"
		text = text[:i]
	}
	text = strings.Trim(text, " \t.,;:!?*_@#\"'“”„()[]<>–—-")
	lower := text == strings.ToLower(text)
	var taken []string
	fields := strings.Fields(text)
	for i, f := range fields {
		bare := strings.Trim(f, ".,;:!?@'’\"“”()")
		switch {
		case len(taken) > 0 && isOneOf(bare, particles) && i+1 < len(fields):
		case utf8.RuneCountInString(bare) < 2 && len(taken) == 0, isMeetingWord(bare), monthOf(bare) > 0 && len(taken) == 0:
			bare = ""
		case !isNameWord(bare) && !(lower && isPlainWord(bare)):
			bare = ""
		}
		if bare == "" || !isPlainWord(bare) {
			if whole {
				return ""
			}
			break
		}
		taken = append(taken, bare)
		if strings.ContainsAny(f[len(f)-1:], ",;:") && i+1 < len(fields) {
			if whole {
				return ""
			}
			break
		}
	}
	for len(taken) > 0 && isOneOf(taken[len(taken)-1], particles) {
		taken = taken[:len(taken)-1]
	}
	if len(taken) > 4 || len(taken) > 3 && !slices.ContainsFunc(taken, func(w string) bool { return isOneOf(w, particles) }) {
		return ""
	}
	name := strings.Join(taken, " ")
	if lower {
		name = titled(name)
	}
	return name
}

// isPlainWord says whether a word is letters, with a hyphen or an apostrophe
// between.
func isPlainWord(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' && r != '\'' && r != '’' && r != '.'
	})
}

func titled(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if !isOneOf(w, particles) {
			r, size := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(r)) + w[size:]
		}
	}
	return strings.Join(words, " ")
}
