package reply

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A line is one line of an answer.
type line struct {
	raw    string
	plain  string // without the marks of quotation
	quotes int    // their number
	normal string // of plain
	left   bool   // out of the answer
}

func newLine(raw string) line {
	l := line{raw: raw, plain: raw}
	for strings.HasPrefix(l.plain, ">") {
		l.plain = unquotedOnce(l.plain)
		l.quotes++
	}
	l.normal = normal(l.plain)
	return l
}

func (l line) blank() bool { return strings.TrimSpace(l.plain) == "" }

func unquotedOnce(text string) string {
	rest, quoted := strings.CutPrefix(text, ">")
	if !quoted {
		return text
	}
	return strings.TrimPrefix(rest, " ")
}

// plainLines is a text whose lines end in LF, without a byte-order mark and the no-break
// spaces of web mail.
func plainLines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(strings.TrimPrefix(text, "\ufeff"))
}

func newLines(text string) (lines []line) {
	for raw := range strings.SplitSeq(plainLines(text), "\n") {
		lines = append(lines, newLine(raw))
	}
	return lines
}

// bareTitle is a line without a heading's marks, a number, emphasis and a
// closing colon; and the number, or 0. A list's item is no title.
func bareTitle(line string) (title string, number int) {
	line = strings.TrimSpace(line)
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && (line[1] == ' ' || line[1] == '\t') {
		return "", 0
	}
	line = strings.TrimLeft(line, "#*_ \t")
	number, line = cut(line, markedNumbers[:1])
	title = strings.Trim(line, "*_: \t")
	if first, _ := utf8.DecodeRuneInString(title); !unicode.IsLetter(first) {
		return "", number
	}
	return title, number
}

// normal is the form in which lines are compared with ours: white space as single
// blanks, no emphasis, and any day or time in the place of another, since sessions
// get moved between question and answer.
func normal(line string) string {
	words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == '*' || r == '_' })
	text := strings.Join(words, " ")
	if strings.Contains(text, ":") {
		text = clock().ReplaceAllString(text, "TIME")
	}
	return withoutDates(text)
}

func withoutDates(text string) string {
	if strings.Contains(text, "day, ") {
		text = longDay().ReplaceAllString(text, "DATE")
	}
	return text
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

// longDay is a date as the message has it: Monday, 6 July 2026.
var longDay = pattern.Of(`\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} ` +
	`(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`)

// trimBlank takes blank lines off both ends.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && newLine(lines[0]).blank() {
		lines = lines[1:]
	}
	for len(lines) > 0 && newLine(lines[len(lines)-1]).blank() {
		lines = lines[:len(lines)-1]
	}
	return lines
}
