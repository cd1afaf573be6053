package adopt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A roster is everybody whom the logbook knows, with what they are called.
type roster struct {
	called []calling
	first  map[string][]*plan.Person // by the first word of the name, folded
}

// A calling is one thing that somebody is called, as folded words.
type calling struct {
	words  []string
	person *plan.Person
}

func newRoster(b *plan.Logbook) *roster {
	r := &roster{first: make(map[string][]*plan.Person)}
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
		name := nameWords(p.Name)
		if len(name) > 0 {
			r.first[name[0]] = append(r.first[name[0]], p)
		}
		if n := len(name); n > 1 { // Silva, Ana
			names = append(names, name[n-1]+" "+strings.Join(name[:n-1], " "))
		}
		for _, n := range names {
			if words := nameWords(n); len(words) > 0 {
				r.called = append(r.called, calling{words, p})
			}
		}
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

// nameWords are a name's words, folded.
func nameWords(name string) []string {
	var words []string
	for _, w := range wordsOf(name) {
		words = append(words, w.folded)
	}
	return words
}

// A word of a text, with its place.
type word struct {
	text, folded string
	start, end   int
}

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

// longest finds whom the first words name, by the longest thing that somebody is
// called. One word that is also the first name of somebody else names nobody.
func (r *roster) longest(words []word) (length int, found []*plan.Person) {
	for _, c := range r.called {
		if len(c.words) < length || len(c.words) > len(words) || !startsWith(words, c.words) {
			continue
		}
		if len(c.words) > length {
			length, found = len(c.words), nil
		}
		if !slices.Contains(found, c.person) {
			found = append(found, c.person)
		}
	}
	if length == 1 {
		for _, also := range r.first[words[0].folded] {
			if !slices.Contains(found, also) {
				found = append(found, also)
			}
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

// A naming is what a text says of people.
type naming struct {
	people  []*plan.Person
	unknown []string // names that are nobody's here, or more than one person's
}

func (n *naming) add(p *plan.Person) {
	if !slices.Contains(n.people, p) {
		n.people = append(n.people, p)
	}
}

// partMark is between the parts of a title.
var partMark = pattern(`[|,;/()<>\[\]•·→↔:]|\s[-–—]+\s|--|—`)

// title reads a file's name or a heading, without its dates. It names somebody only
// where a part of it says nothing else than people and words for a meeting: "1:1
// with Ana - angry calls" does, "Ana's billing incident" doesn't.
func (r *roster) title(text string) naming {
	var n naming
	text = betweenTwo().ReplaceAllString(text, " session ")
	words := wordsOf(text)
	var here []*plan.Person // named in this part
	pure := true
	end := func() {
		for _, p := range here {
			if pure {
				n.add(p)
			}
		}
		here, pure = nil, true
	}
	for i := 0; i < len(words); {
		if i > 0 && partMark().MatchString(text[words[i-1].end:words[i].start]) {
			end()
		}
		length, found := r.longest(words[i:])
		switch {
		case length > 0 && len(found) == 1:
			here = append(here, found[0])
		case length > 0:
			n.unknown = append(n.unknown, text[words[i].start:words[i+length-1].end])
			pure = false
		case !isMeetingWord(words[i].folded):
			pure = false
			if i > 0 && isOneOf(words[i-1].folded, "with mit avec") && isNameWord(words[i].text) {
				last := i
				for last+1 < len(words) && words[last+1].start == words[last].end+1 && isNameWord(words[last+1].text) && !isMeetingWord(words[last+1].folded) {
					last++
				}
				n.unknown = append(n.unknown, text[words[i].start:words[last].end])
			}
		}
		i += max(length, 1)
	}
	end()
	return n
}

// listMark is between the names of a list.
var listMark = pattern(`\s*(?:<>|[,;&+/|•·]|\s(?:and|und|y|e|et|en|x|vs\.?|with)\s)\s*`)

// list reads names: a value of a label or of the front matter.
func (r *roster) list(text string) naming {
	var n naming
	if p := r.exactly(text); p != nil { // Silva, Ana
		return naming{people: []*plan.Person{p}}
	}
	for _, part := range listMark().Split(text, -1) {
		part, address, _ := strings.Cut(part, "<") // Ana Silva <ana@example.org>
		if p := r.exactly(address); p != nil {
			n.add(p)
			continue
		}
		if i := strings.IndexAny(part, "(["); i > 0 { // Ana Silva (agent)
			part = part[:i]
		}
		words := wordsOf(part)
		rest := slices.DeleteFunc(slices.Clone(words), func(w word) bool { return isMeetingWord(w.folded) || isOneOf(w.folded, "me myself i ich") })
		switch p := r.exactly(part); {
		case p != nil:
			n.add(p)
		case len(rest) > 0:
			n.unknown = append(n.unknown, strings.Trim(part, " \t.:*_@"))
		}
	}
	return n
}

// exactly is whoever has a text as a name, or nil.
func (r *roster) exactly(text string) *plan.Person {
	words := wordsOf(text)
	if length, found := r.longest(words); length > 0 && length == len(words) && len(found) == 1 {
		return found[0]
	}
	return nil
}

// Known is the id of somebody whom the logbook knows by an id or a name, or "".
func Known(b *plan.Logbook, text string) string {
	if p := b.Person(text); p != nil && (p.Known || len(p.Logs) > 0) {
		return p.ID
	}
	if p := newRoster(b).exactly(text); p != nil {
		return p.ID
	}
	return ""
}
