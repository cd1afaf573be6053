package logparse

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A State is what the checkbox of a task item says.
type State byte

// The states of a task item.
const (
	Plain   State = 0   // no checkbox: not a task
	Open    State = ' ' // open, or not done
	Done    State = 'x' // done, or reached
	Partly  State = '/' // partly done
	Dropped State = '-' // dropped by agreement
	Carried State = '>' // carried on: still agreed for the next session
	Unknown State = '?' // a mark that has no meaning
)

var stateNames = map[State]string{
	Plain: "plain", Open: "open", Done: "done", Partly: "partly", Dropped: "dropped", Carried: "carried", Unknown: "unknown",
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
	NormalText string // Text as NormalText has it, to compare items by
	Tokens
	Items []*Item // nested, in the file's order

	lines []Span // of its own text, checkbox included
}

// IsTask says whether the item has a checkbox.
func (it *Item) IsTask() bool { return it.State != Plain }

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

// tasks are the task items nested in this one, at any depth, in the file's
// order. Empty ones are places to write in, not tasks.
func (it *Item) tasks() []*Item {
	var tasks []*Item
	for _, child := range it.Items {
		if child.IsTask() && child.Text != "" {
			tasks = append(tasks, child)
		}
		tasks = append(tasks, child.tasks()...)
	}
	return tasks
}

// readBox reads the checkbox at the start of the item's text.
func (it *Item) readBox(s *Source) {
	first := it.lines[0]
	line := s.plain[first.Start:first.End]
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	line = line[indent:]
	if len(line) < 3 || line[0] != '[' {
		return
	}
	mark, size := utf8.DecodeRune(line[1:])
	end := 1 + size
	if end >= len(line) || line[end] != ']' || !isMarkerEnd(line, end+1) {
		return
	}
	at := first.Start + indent
	it.Box = Span{at + 1, at + end}
	it.State = stateOf(mark)
	it.lines[0].Start = min(at+end+1, first.End)
}

func stateOf(mark rune) State {
	switch mark {
	case ' ', '\t', 0xa0:
		return Open
	case 'x', 'X':
		return Done
	case '/', '-', '>':
		return State(mark)
	}
	return Unknown
}

// words are the item's words with their places; comments are left out.
func (it *Item) words(s *Source) []Span {
	var words []Span
	comment := false
	for _, line := range it.lines {
		for at := line.Start; at < line.End; {
			rest := s.plain[at:line.End]
			if comment {
				end := bytes.Index(rest, []byte("-->"))
				if end < 0 {
					break
				}
				comment, at = false, at+end+3
				continue
			}
			if bytes.HasPrefix(rest, []byte("<!--")) && bytes.Contains(s.plain[at:it.lines[len(it.lines)-1].End], []byte("-->")) {
				comment = true
				continue
			}
			r, size := utf8.DecodeRune(rest)
			if unicode.IsSpace(r) {
				at += size
				continue
			}
			end := at + size
			for end < line.End {
				r, size := utf8.DecodeRune(s.plain[end:line.End])
				if unicode.IsSpace(r) || bytes.HasPrefix(s.plain[end:line.End], []byte("<!--")) {
					break
				}
				end += size
			}
			words = append(words, Span{at, end})
			at = end
		}
	}
	return words
}
