package plan

import (
	"bytes"
	"cmp"
	"math"
	"strings"

	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/logparse"
)

// Compare says how a file that looks like a copy differs from the one that it looks like
// a copy of; "" where they are the same. Where one of the two holds something confidential,
// nothing behind that is shown, and nothing at all where the other doesn't or shows some of it:
// the heading that says so may be what differs.
func Compare(copied, original *logparse.Document) string {
	if bytes.Equal(copied.Text, original.Text) {
		return ""
	}
	last, lastOfOriginal := lastOpenLine(copied), lastOpenLine(original)
	if (last == math.MaxInt) != (lastOfOriginal == math.MaxInt) || shows(copied, original) || shows(original, copied) {
		last, lastOfOriginal = 0, 0
	}
	here, there := textLines(copied), textLines(original)
	var said []string
	var onlyHere, onlyThere []int // by their numbers
	matched := make([]bool, len(there))
	for i, at := range linediff.Match(here, there) {
		if at < 0 {
			onlyHere = append(onlyHere, i+1)
		} else {
			matched[at] = true
		}
	}
	for i, is := range matched {
		if !is {
			onlyThere = append(onlyThere, i+1)
		}
	}
	if len(onlyHere) > 0 {
		said = append(said, "only this file has "+copied.SomeLines(onlyHere, last))
	}
	if len(onlyThere) > 0 {
		said = append(said, "only the other has "+original.SomeLines(onlyThere, lastOfOriginal))
	}
	return cmp.Or(strings.Join(said, "; "), "the two differ in blanks or line ends only")
}

// lastOpenLine is the line before the first that is confidential.
func lastOpenLine(doc *logparse.Document) int {
	for line := range doc.LineCount() {
		if _, ok := doc.Line(line + 1); !ok {
			return line
		}
	}
	return math.MaxInt
}

// shows says whether one file shows a line that the other has among its confidential ones.
func shows(open, hiding *logparse.Document) bool {
	hidden := make(map[string]bool)
	for i, text := range textLines(hiding) {
		if _, ok := hiding.Line(i + 1); !ok {
			hidden[strings.TrimSpace(text)] = true
		}
	}
	for line := range open.LineCount() {
		if text, ok := open.Line(line + 1); ok && strings.TrimSpace(text) != "" && hidden[strings.TrimSpace(text)] {
			return true
		}
	}
	return false
}

// textLines are a document's lines, without the blanks at their ends.
func textLines(doc *logparse.Document) []string {
	lines := make([]string, doc.LineCount())
	for i := range lines {
		end := len(doc.Text)
		if i+1 < len(lines) {
			end = doc.LineSpan(i + 2).Start
		}
		lines[i] = string(bytes.TrimRight(doc.Text[doc.LineSpan(i+1).Start:end], " \t\r\n"))
	}
	return lines
}
