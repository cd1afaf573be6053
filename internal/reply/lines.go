package reply

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// unquoted is a line without the marks of quotation, and their number.
func unquoted(line string) (text string, quotes int) {
	for {
		once, is := unquotedOnce(line)
		if !is {
			return line, quotes
		}
		line, quotes = once, quotes+1
	}
}

func unquotedOnce(line string) (text string, quoted bool) {
	if !strings.HasPrefix(line, ">") {
		return line, false
	}
	return strings.TrimPrefix(line[1:], " "), true
}

// bareTitle is a line without a heading's marks, a number, emphasis and a
// closing colon; and the number, or 0. A list's item is no title.
func bareTitle(line string) (title string, number int) {
	line = strings.TrimSpace(line)
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && (line[1] == ' ' || line[1] == '\t') {
		return "", 0
	}
	line = strings.TrimLeft(line, "#*_ \t")
	number, line, _ = cutNumber(line)
	title = strings.Trim(line, "*_: \t")
	if first, _ := utf8.DecodeRuneInString(title); !unicode.IsLetter(first) {
		return "", number
	}
	return title, number
}

// cutNumber takes "2." or "2)" off the start of a line.
func cutNumber(line string) (number int, rest string, found bool) {
	line = strings.TrimLeft(line, " \t")
	n := 0
	for n < len(line) && n < 3 && isDigit(line[n]) {
		number = 10*number + int(line[n]-'0')
		n++
	}
	if n == 0 || n == len(line) || line[n] != '.' && line[n] != ')' {
		return 0, line, false
	}
	rest = line[n+1:]
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return 0, line, false // 2.5 is no number of a question
	}
	return number, strings.TrimLeft(rest, " \t"), true
}

// normal is the form in which lines are compared with ours: white space as single
// blanks, no emphasis, and any day in the place of another, since sessions get
// moved between question and answer.
func normal(line string) string {
	words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == '*' || r == '_' })
	text := strings.Join(words, " ")
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
var longDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} ` +
		`(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`)
})

func isBlank(line string) bool {
	text, _ := unquoted(line)
	return strings.TrimSpace(text) == ""
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && isBlank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && isBlank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// unixLines is text with LF line ends and without a byte-order mark.
func unixLines(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
