package logparse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A State is what the checkbox of a task item says.
type State byte

// The states of a task item.
const (
	Plain   State = 0   // no checkbox: not a task
	Open    State = ' ' // open; in Follow-through, not talked about
	Done    State = 'x' // done, or reached
	Partly  State = '/' // partly done
	NotDone State = 'n' // not done, or not reached
	Blocked State = '!' // what it needed from somebody did not come
	Dropped State = '-' // dropped by agreement
	Carried State = '>' // carried on: still agreed for the next session
	Unknown State = '?' // a mark that has no meaning
)

var stateNames = map[State]string{
	Plain: "plain", Open: "open", Done: "done", Partly: "partly", NotDone: "not done", Blocked: "blocked", Dropped: "dropped", Carried: "carried", Unknown: "unknown",
}

func (s State) String() string { return stateNames[s] }

// MarshalText writes the state's name.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// An Item is one list item as it stands in the file.
type Item struct {
	Span   Span  // from its marker to the end of its last line, nested items included
	Marker Span  // "-", "*", "+" or "1."
	State  State // Plain where it has no checkbox
	Box    Span  // the mark between the brackets

	Text       string // without checkbox, tokens and comments; white space as single blanks; markdown left as it is
	TextSpan   Span
	NormalText string  // of a task in Follow-through or a goals section: Text in the form to compare it by
	*Tokens            // never nil
	Items      []*Item // nested, in the file's order

	box       Span    // its checkbox, with what a formatter put before the brackets
	lines     []Span  // of its own text, without the checkbox
	firstLine [1]Span // room for most items' only line
}

// IsTask says whether the item has a checkbox.
func (it *Item) IsTask() bool { return it.State != Plain }

// Named are the ids that the item's text and its remarks name with @.
func (it *Item) Named() []string {
	var named []string
	if it.Owner.Set {
		named = append(named, it.Owner.V)
	}
	for _, said := range append([]*Item{it}, it.Remarks()...) { // a remark has no owner
		for word := range strings.FieldsSeq(said.Text) {
			name, ok := strings.CutPrefix(strings.Trim(word, aroundWords), "@")
			if at := strings.IndexAny(name, "'’"); at > 0 {
				name = name[:at] // @josh's
			}
			if ok && IsID(name) {
				named = append(named, NormalID(name))
			}
		}
	}
	return named
}

// Remarks are the plain items nested directly in this one.
func (it *Item) Remarks() []*Item {
	var remarks []*Item
	for _, child := range it.Items {
		if !child.IsTask() && child.Text != "" {
			remarks = append(remarks, child)
		}
	}
	return remarks
}

// A Counter is what somebody would rather do: a plain item nested in an action,
// that starts with "counter:" (method 60).
type Counter struct {
	Item *Item
	Text string
	By   string // id; "" where the item doesn't end with by:ID
}

// Counters are the item's counter-proposals.
func (it *Item) Counters() []Counter {
	var counters []Counter
	for _, remark := range it.Items {
		if remark.IsTask() || !remark.IsCounter() {
			continue
		}
		c := Counter{Item: remark, Text: strings.TrimSpace(remark.Text[len(counterMark):])}
		if at := strings.LastIndexByte(c.Text, ' ') + 1; strings.HasPrefix(c.Text[at:], "by:") && IsID(c.Text[at+3:]) {
			c.Text, c.By = strings.TrimSpace(c.Text[:at]), NormalID(c.Text[at+3:])
		}
		counters = append(counters, c)
	}
	return counters
}

// IsCounter says whether a remark is a counter-proposal.
func (it *Item) IsCounter() bool {
	return len(it.Text) >= len(counterMark) && strings.EqualFold(it.Text[:len(counterMark)], counterMark)
}

const counterMark = "counter:"

// tasks are the task items nested in this one, at any depth, in the file's
// order. Empty ones are places to write in, not tasks.
func (it *Item) tasks() []*Item { return it.appendTasks(nil) }

func (it *Item) appendTasks(tasks []*Item) []*Item {
	for _, child := range it.Items {
		if child.IsTask() && child.Text != "" {
			tasks = append(tasks, child)
		}
		tasks = child.appendTasks(tasks)
	}
	return tasks
}

// readBox reads the checkbox at the start of the item's text.
func (it *Item) readBox(s *Source) {
	first := it.lines[0]
	line := s.plain[first.Start:first.End]
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	box, end := boxAt(line[indent:])
	if end == 0 {
		return
	}
	at := first.Start + indent
	mark, _ := utf8.DecodeRune(line[indent+box.Start:])
	it.Box, it.box = Span{at + box.Start, at + box.End}, Span{at, at + end}
	it.State = stateOf(mark)
	it.lines[0].Start = min(at+end, first.End)
}

// boxAt finds the mark of the checkbox that a text starts with, and where the box
// ends; 0 where there is none. Formatters write backslashes before brackets that they
// don't know, and the page shows the box all the same.
func boxAt(text []byte) (mark Span, end int) {
	if len(text) > 3 && text[0] == '[' && text[1] < utf8.RuneSelf && text[2] == ']' && text[3] == ' ' {
		return Span{1, 2}, 3 // as nearly all are
	}
	at := 0
	next := func(c byte) bool {
		if at < len(text) && text[at] == c {
			at++
			return true
		}
		return false
	}
	escaped := next('\\')
	if !next('[') {
		return Span{}, 0
	}
	if escaped {
		next('\\')
	}
	r, size := utf8.DecodeRune(text[at:])
	mark = Span{at, at + size}
	at += size
	escaped = next('\\') || escaped
	if !next(']') || size == 0 || at < len(text) && blankLength(text[at:]) == 0 || escaped && stateOf(r) == Unknown {
		return Span{}, 0
	}
	return mark, at
}

func stateOf(mark rune) State {
	if unicode.IsSpace(mark) {
		return Open
	}
	switch mark {
	case 'x', 'X':
		return Done
	case 'n', 'N':
		return NotDone
	case '/', '!', '-', '>':
		return State(mark)
	}
	return Unknown
}

// words are the item's words with their places, appended to words; comments are
// left out.
func (it *Item) words(s *Source, words []Span) []Span {
	if len(it.lines) == 0 {
		return words
	}
	first, last := it.lines[0].Start, it.lines[len(it.lines)-1].End
	lastComment := first // where the last one ends, if there are any
	if bytes.Contains(s.plain[first:last], commentStart) {
		lastComment += bytes.LastIndex(s.plain[first:last], commentEnd)
	}
	comment := false
	for _, line := range it.lines {
		for at := line.Start; at < line.End; {
			rest := s.plain[at:line.End]
			if comment {
				end := bytes.Index(rest, commentEnd)
				if end < 0 {
					break
				}
				comment, at = false, at+end+len(commentEnd)
				if bytes.HasPrefix(s.plain[at:line.End], []byte("`{=html}")) {
					at += len("`{=html}")
				}
				continue
			}
			if at < lastComment && bytes.HasPrefix(rest, commentStart) {
				if n := len(words) - 1; n >= 0 && words[n].End == at && string(s.plain[words[n].Start:at]) == "`" {
					words = words[:n] // pandoc writes `<!-- so -->`{=html}
				}
				comment = true
				continue
			}
			if blank := blankLength(rest); blank > 0 {
				at += blank
				continue
			}
			length := wordLength(rest)
			words = append(words, Span{at, at + length})
			at += length
		}
	}
	return words
}

var commentStart, commentEnd = []byte("<!--"), []byte("-->")

// blankLength is the length of the white space character at the start of text,
// or 0 where there is none.
func blankLength(text []byte) int {
	switch c := text[0]; {
	case c == ' ' || '\t' <= c && c <= '\r':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	if r, size := utf8.DecodeRune(text); unicode.IsSpace(r) {
		return size
	}
	return 0
}

// wordLength is the length of the word that text starts with: up to white space
// or a comment, and at least one byte.
func wordLength(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '<' && bytes.HasPrefix(text[i:], commentStart):
			return i
		case (c <= ' ' || c >= utf8.RuneSelf) && blankLength(text[i:]) > 0:
			return i
		}
	}
	return len(text)
}

// NamedInText are the ids that the item's text names with @, with their places;
// none of them makes anybody the owner.
func (it *Item) NamedInText(s *Source) []Value[string] {
	var named []Value[string]
	if !strings.Contains(it.Text, "@") {
		return nil
	}
	words := it.words(s, nil)
	for i, span := range words {
		word, apart := string(s.plain[span.Start:span.End]), 0
		if word == "@" && i+1 < len(words) { // "@ josh"
			apart = words[i+1].Start - span.End
			span.End = words[i+1].End
			word += string(s.plain[words[i+1].Start:span.End])
		}
		bare := strings.Trim(word, aroundWords)
		_, name, ok := strings.Cut(bare, "@")
		if ok && IsID(name) && span != it.Owner.Span && span.End <= it.TextSpan.End {
			at := span.Start + strings.Index(word, "@"+name)
			named = append(named, Value[string]{NormalID(name), Span{at, at + 1 + apart + len(name)}, true})
		}
	}
	return named
}
