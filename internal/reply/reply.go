// Package reply reads what somebody answered to the message of `coachlog prep`,
// however their mail program mixed the two: it tells the answers from our own
// text and puts each under the question that it answers. Nothing of an answer is
// lost: what can't be placed comes under Notes.
package reply

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
)

// A Question is one numbered question of the message.
type Question struct {
	Section logparse.SectionName
	Title   string // as the message has it
	Number  int
}

// A Message is the text that was sent, as far as an answer is read by it.
type Message struct {
	Questions []Question // in the message's order

	headings logparse.Headings
	own      map[string]ownText // its lines and paragraphs, in their normal form
	first    map[string]bool    // words that own starts with: most lines of an answer don't
	longest  int                // of own, in bytes
}

// An ownText is a piece of the message.
type ownText struct {
	section logparse.SectionName // where what follows it belongs
	short   bool                 // so few words that they are ours only where they are quoted,
	before  string               // or where the line before
	after   string               // or behind them is that of the message
}

// An Answer is a text that came back.
type Answer struct {
	Sections map[logparse.SectionName][]string // the lines of each, blank ones at both ends left out
	LeftOut  []string                          // a signature, and what a mail program writes above quoted text
}

const (
	maxWrapped = 12 // lines that a mail program may have made of one paragraph of ours
	fewWords   = 4  // a line of fewer, as a name alone, may well be an answer
)

// NewMessage reads the message that was sent. A line that is, but for a number
// or other marks, the heading of a preparation's section is a question, up to
// the next blank line.
func NewMessage(text string, headings logparse.Headings) *Message {
	m := &Message{headings: headings, own: make(map[string]ownText), first: make(map[string]bool)}
	before := ""
	for _, paragraph := range strings.Split(unixLines(text), "\n\n") {
		section := logparse.OwnSection
		lines := strings.Split(strings.Trim(paragraph, "\n"), "\n")
		for _, line := range lines {
			own := ownText{before: before, short: len(strings.Fields(line)) < fewWords}
			if title, number := bareTitle(line); m.section(title) != logparse.OwnSection {
				section = m.section(title)
				if number == 0 {
					number = len(m.Questions) + 1
				}
				m.Questions = append(m.Questions, Question{section, title, number})
				own.short = false
			}
			own.section = section
			m.add(line, own)
			if last, ok := m.own[before]; ok {
				last.after = normal(line)
				m.own[before] = last
			}
			before = normal(line)
		}
		if len(lines) > 1 {
			m.add(strings.Join(lines, " "), ownText{section: section})
		}
	}
	return m
}

func (m *Message) add(text string, own ownText) {
	if text = normal(text); text != "" {
		m.own[text] = own
		m.first[firstWord(text)] = true
		m.longest = max(m.longest, len(text))
	}
}

func (m *Message) section(title string) logparse.SectionName {
	if title == "" {
		return logparse.OwnSection
	}
	return m.headings.PreparationSection(title)
}

// Read reads an answer. Where our questions stand in it, quoted or not, what
// follows each is its answer. Where that places nothing, titles and numbers that
// somebody typed are tried; numbers alone only where they go beyond a list of
// three, which may well be one answer.
func (m *Message) Read(text string) *Answer {
	lines := strings.Split(unixLines(text), "\n")
	left := make([]bool, len(lines))
	m.leaveOut(lines, left)
	for everyLineQuoted(lines, left) {
		for i := range lines {
			lines[i], _ = unquotedOnce(lines[i])
		}
		m.leaveOut(lines, left)
	}
	var answer *Answer
	for i, find := range []finder{m.heading, m.typed, m.numbered(lines, left)} {
		var ours, placed bool
		if answer, ours, placed = m.place(lines, left, find); ours || placed && i > 0 {
			break
		}
	}
	for i, line := range lines {
		if left[i] && !isBlank(line) {
			answer.LeftOut = append(answer.LeftOut, line)
		}
	}
	return answer
}

// A finder recognises a question that somebody typed, and hands back what stands
// behind it on the line.
type finder func(line string) (section logparse.SectionName, rest string, found bool)

// place puts each line under the question before it: one of ours, or one that
// find finds. placed says whether somebody's own words came under a question, and
// ours, whether that was one of ours.
func (m *Message) place(lines []string, left []bool, find finder) (answer *Answer, ours, placed bool) {
	answer = &Answer{Sections: make(map[logparse.SectionName][]string)}
	current, sent := logparse.Notes, false
	for i := 0; i < len(lines); i++ {
		if left[i] {
			continue
		}
		if section, n := m.ownAt(lines, i); n > 0 {
			current, sent, i = orNotes(section), true, i+n-1
			for i+1 < len(lines) && isBlank(lines[i+1]) {
				i++
			}
			answer.part(current)
			continue
		}
		line := lines[i]
		plain, quotes := unquoted(line)
		if isBlank(plain) {
			line = plain
		}
		section, rest, found := find(plain)
		if title, number := bareTitle(plain); !found && quotes > 0 && number > 0 {
			section = m.section(title) // as an earlier message had it
			found = section != logparse.OwnSection
		}
		if found {
			current, sent = section, quotes > 0
			answer.part(current)
			if line = rest; line == "" {
				continue
			}
		}
		answer.Sections[current] = append(answer.Sections[current], line)
		words := current != logparse.Notes && quotes == 0 && !isBlank(line)
		ours, placed = ours || words && sent, placed || words
	}
	for section, lines := range answer.Sections {
		if lines = trimBlank(lines); len(lines) == 0 {
			delete(answer.Sections, section)
		} else {
			answer.Sections[section] = lines
		}
	}
	return answer, ours, placed
}

// part starts another paragraph where a section is taken up again.
func (a *Answer) part(section logparse.SectionName) {
	if lines := a.Sections[section]; len(lines) > 0 && lines[len(lines)-1] != "" {
		a.Sections[section] = append(lines, "")
	}
}

func orNotes(section logparse.SectionName) logparse.SectionName {
	if section == logparse.OwnSection {
		return logparse.Notes
	}
	return section
}

// ownAt says whether text of ours stands from line i on, quoted or not, on how
// many lines, and which question it is. Mail programs wrap what they quote, so up
// to maxWrapped lines are put together.
func (m *Message) ownAt(lines []string, i int) (section logparse.SectionName, n int) {
	joined, quoted := "", true
	for n := range min(len(lines)-i, maxWrapped) {
		line, quotes := unquoted(lines[i+n])
		if line = normal(line); line == "" || len(joined)+len(line) > 2*m.longest {
			break // a date on two lines is longer than in its normal form
		}
		if n == 0 && !m.first[firstWord(line)] {
			break
		}
		joined = normal(joined + " " + line)
		quoted = quoted && quotes > 0
		own, ours := m.own[joined]
		if ours && (quoted || !own.short || own.stands(lines, i)) {
			return own.section, n + 1
		}
	}
	return logparse.OwnSection, 0
}

// stands says whether the line before i, or behind it, is that of the message.
func (own ownText) stands(lines []string, i int) bool {
	line := func(i, step int) string {
		for i += step; i >= 0 && i < len(lines); i += step {
			if text, _ := unquoted(lines[i]); !isBlank(text) {
				return normal(text)
			}
		}
		return ""
	}
	return own.before != "" && line(i, -1) == own.before || own.after != "" && line(i, 1) == own.after
}

// heading finds a markdown heading that names a section, and, in doubt for
// whoever wrote it, "Confidential:" at the start of any line.
func (m *Message) heading(line string) (logparse.SectionName, string, bool) {
	before, rest, colon := strings.Cut(line, ":")
	if title, _ := bareTitle(before); colon && m.section(title) == logparse.Confidential {
		return logparse.Confidential, strings.TrimLeft(rest, " \t*_"), true
	}
	if !strings.HasPrefix(strings.TrimLeft(line, " "), "#") {
		return logparse.OwnSection, "", false
	}
	title, _ := bareTitle(line)
	section := m.section(title)
	return section, "", section != logparse.OwnSection
}

// typed finds the title of a question with or without marks and number, and with
// or without a colon and the answer behind it. What the message doesn't ask for
// has to have the colon.
func (m *Message) typed(line string) (logparse.SectionName, string, bool) {
	if section, rest, found := m.heading(line); found {
		return section, rest, true
	}
	title, _ := bareTitle(line)
	if section := m.section(title); m.asks(section) {
		return section, "", true
	}
	before, rest, found := strings.Cut(line, ":")
	title, number := bareTitle(before)
	section := m.section(title)
	if !found || section == logparse.OwnSection || !m.asks(section) && number > 0 {
		return logparse.OwnSection, "", false
	}
	if strings.IndexAny(strings.TrimSpace(before), "*_") == 0 {
		rest = strings.TrimLeft(rest, "*_")
	}
	return section, strings.TrimLeft(rest, " \t"), true
}

func (m *Message) asks(section logparse.SectionName) bool {
	return slices.ContainsFunc(m.Questions, func(q Question) bool { return q.Section == section })
}

// numbered is typed, and finds the numbers of the questions too, where they go
// up and go beyond three.
func (m *Message) numbered(lines []string, left []bool) finder {
	last := 0
	for i := 0; i < len(lines); i++ {
		if _, n := m.ownAt(lines, i); n > 0 || left[i] {
			i += max(n-1, 0)
			continue
		}
		line, _ := unquoted(lines[i])
		if _, number := bareTitle(line); number > 0 {
			if number <= last {
				return m.typed
			}
			last = number
		}
	}
	if last <= 3 {
		return m.typed
	}
	return func(line string) (logparse.SectionName, string, bool) {
		if section, rest, found := m.typed(line); found {
			return section, rest, true
		}
		_, number := bareTitle(line)
		i := slices.IndexFunc(m.Questions, func(q Question) bool { return q.Number == number })
		if i < 0 {
			return logparse.OwnSection, "", false
		}
		_, rest, _ := cutNumber(strings.TrimLeft(line, "#*_ \t"))
		return m.Questions[i].Section, rest, true
	}
}

// leaveOut marks the lines of a signature, which "-- " starts and quoted text
// ends, and what a mail program writes above the text of ours that it quotes.
func (m *Message) leaveOut(lines []string, left []bool) {
	quotedOrOurs := func(i int) bool {
		_, quotes := unquoted(lines[i])
		_, n := m.ownAt(lines, i)
		return quotes > 0 || n > 0
	}
	first := -1
	for i := range lines {
		if quotedOrOurs(i) {
			first = i
			break
		}
	}
	if first >= 0 && m.oursFollows(lines[first:]) {
		from, to := paragraphBefore(lines, first)
		_, quotes := unquoted(lines[first])
		if m.isIntroduction(lines[from:to], quotes > 0) {
			for i := from; i < to; i++ {
				left[i] = true
			}
		}
	}
	for i := range lines {
		if lines[i] != "-- " {
			continue
		}
		for ; i < len(lines) && !left[i] && !quotedOrOurs(i); i++ {
			left[i] = true
		}
	}
}

// oursFollows says whether text of ours is in the quotation that lines start
// with.
func (m *Message) oursFollows(lines []string) bool {
	for i, line := range lines {
		if _, n := m.ownAt(lines, i); n > 0 {
			return true
		}
		if _, quotes := unquoted(line); quotes == 0 && !isBlank(line) {
			return false
		}
	}
	return false
}

// paragraphBefore are the lines before the blank ones above line at.
func paragraphBefore(lines []string, at int) (from, to int) {
	to = at
	for to > 0 && isBlank(lines[to-1]) {
		to--
	}
	from = to
	for from > 0 && !isBlank(lines[from-1]) {
		from--
	}
	return from, to
}

// isIntroduction says whether a paragraph is what mail programs write above a
// quotation: "On 4 July 2026 at 9:12, Josh wrote:", or a block of From:, Sent:
// and To:. It has a time of day or an address, and nothing that answers a
// question, so that nobody's own words are taken for it.
func (m *Message) isIntroduction(lines []string, quoted bool) bool {
	text := strings.Join(lines, " ")
	if len(lines) == 0 || len(lines) > 8 || !strings.Contains(text, "@") && !hasClock(text) {
		return false
	}
	fields := 0
	for _, line := range lines {
		if _, _, answers := m.typed(line); answers {
			return false
		}
		name, _, isField := strings.Cut(strings.TrimLeft(line, "*"), ":")
		if isField && len(name) < 20 && !strings.ContainsAny(name, ".,;!?") {
			fields++
		} else if !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "__") {
			fields = -len(lines)
		}
	}
	return fields >= 3 || quoted && len(lines) <= 3 && strings.HasSuffix(strings.TrimSpace(text), ":")
}

// hasClock says whether a text holds a time of day, as in 9:12.
func hasClock(text string) bool {
	for i := 1; i+2 < len(text); i++ {
		if text[i] == ':' && isDigit(text[i-1]) && isDigit(text[i+1]) && isDigit(text[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// everyLineQuoted says whether all that was written is quoted, as where a mail
// was forwarded.
func everyLineQuoted(lines []string, left []bool) bool {
	some := false
	for i, line := range lines {
		if left[i] || isBlank(line) {
			continue
		}
		if _, quotes := unquotedOnce(line); !quotes {
			return false
		}
		some = true
	}
	return some
}

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
