package terminal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/clipperhouse/displaywidth"
)

// A Style says how text looks on one stream. The zero Style is plain text.
type Style struct {
	Color  bool
	Width  int // in columns
	Height int // in rows; 0 where there is no terminal
}

// mark begins each sequence that coachlog means a terminal to obey. It is another in
// each run, so that no text from a file can have it; the guard puts ESC [ in its place.
func mark() string {
	marking.Do(func() { marked = fmt.Sprintf("\x1b[?%d;", rand.Uint64()) })
	return marked
}

var (
	marking sync.Once
	marked  string
)

// ownSequence is the sequence of coachlog's own at the start of text, or "".
func ownSequence(text string) string {
	if !strings.HasPrefix(text, mark()) {
		return ""
	}
	end := len(mark()) + strings.IndexAny(text[len(mark()):], "mGK") + 1
	return text[:end]
}

// dress puts each line of text between a sequence and its end, as pagers want it.
func (s Style) dress(code, text string) string {
	if !s.Color || text == "" {
		return text
	}
	on, off := mark()+code+"m", mark()+"m"
	return on + strings.ReplaceAll(text, "\n", off+"\n"+on) + off
}

// Bold, Faint, Red, Yellow, Green and Cyan dress text up where colours are shown.
func (s Style) Bold(text string) string { return s.dress("1", text) }

// Faint is for what matters less.
func (s Style) Faint(text string) string { return s.dress("2", text) }

// Red is for errors, and for nothing that a person did.
func (s Style) Red(text string) string { return s.dress("31", text) }

// Yellow is for what is late or worth a look.
func (s Style) Yellow(text string) string { return s.dress("33", text) }

// Green is for what went well.
func (s Style) Green(text string) string { return s.dress("32", text) }

// Cyan is for names and places.
func (s Style) Cyan(text string) string { return s.dress("36", text) }

// Width is the number of columns that text takes.
func Width(text string) int {
	if isPlain(text, "") {
		return len(text)
	}
	return displaywidth.Options{ControlSequences: true}.String(text)
}

// isPlain says whether text is all letters, digits, signs and blanks of ASCII, as most is, and
// some others: a column each, and nothing to make visible.
func isPlain(text, others string) bool {
	for i := range len(text) {
		if (text[i] < ' ' || text[i] > '~') && strings.IndexByte(others, text[i]) < 0 {
			return false
		}
	}
	return true
}

// Pad fills text up with blanks to a number of columns.
func Pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-Width(text)))
}

// Wrap breaks text between words into lines of at most width columns; lines
// after the first start with indent. A word is never broken, so that ids and
// paths can be copied.
func Wrap(text string, width int, indent string) string {
	room := max(20, width-Width(indent))
	if len(text) <= room && isPlain(text, "") {
		return text
	}
	var out strings.Builder
	column := -1
	for word := range strings.SplitSeq(text, " ") {
		w := Width(word)
		switch {
		case column < 0:
			column = 0
		case column+1+w > room:
			out.WriteString("\n" + indent)
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += w
	}
	return out.String()
}
