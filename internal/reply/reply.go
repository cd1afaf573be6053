// Package reply reads what somebody answered to the message of `coachlog prep`,
// however their mail program mixed the two: it tells the answers from our own
// text and puts each under the question that it answers. Nothing of an answer is
// lost: what can't be placed comes under Notes.
package reply

import (
	"cmp"
	"slices"
	"strings"

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
	for paragraph := range strings.SplitSeq(plainLines(text), "\n\n") {
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
// follows each is its answer. Where that places nothing, titles that somebody typed
// are tried, then numbers, then a list with an item for each question.
func (m *Message) Read(text string) *Answer {
	lines := newLines(text)
	m.leaveOut(lines)
	for everyLineQuoted(lines) {
		for i, l := range lines {
			lines[i] = newLine(unquotedOnce(l.raw))
			lines[i].left = l.left
		}
		m.leaveOut(lines)
	}
	var answer *Answer
	for i, find := range []finder{m.heading, m.typed, m.numbered(lines), m.listed(lines)} {
		var ours, placed bool
		if answer, ours, placed = m.place(lines, find); ours || placed && i > 0 {
			break
		}
	}
	for _, l := range lines {
		if l.left && !l.blank() {
			answer.LeftOut = append(answer.LeftOut, l.raw)
		}
	}
	return answer
}

// Sent is the one of two messages that an answer answers: the second where more of it
// is quoted, or where nothing is and the answer speaks of more questions than the first
// has.
func Sent(text string, first, second *Message) *Message {
	one, two := first.quotedIn(text), second.quotedIn(text)
	if one == 0 && two == 0 && len(second.Questions) > len(first.Questions) {
		one, two = first.answeredIn(text), second.answeredIn(text)
	}
	if two > one {
		return second
	}
	return first
}

// quotedIn counts the lines of an answer that are the message's questions.
func (m *Message) quotedIn(text string) int {
	n := 0
	lines := newLines(text)
	for i := range lines {
		if section, found := m.ownAt(lines, i); found > 0 && section != logparse.OwnSection {
			n++
		}
	}
	return n
}

// answeredIn counts the questions that an answer answers.
func (m *Message) answeredIn(text string) int {
	n := 0
	for section := range m.Read(text).Sections {
		if m.asks(section) {
			n++
		}
	}
	return n
}

// A finder recognises a question that somebody typed, and hands back what stands
// behind it on the line.
type finder func(line string) (section logparse.SectionName, rest string, found bool)

// place puts each line under the question before it: one of ours, or one that
// find finds. placed says whether somebody's own words came under a question, and
// ours, whether that was one of ours.
func (m *Message) place(lines []line, find finder) (answer *Answer, ours, placed bool) {
	answer = &Answer{Sections: make(map[logparse.SectionName][]string)}
	current, sent := logparse.Notes, false
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.left {
			continue
		}
		if section, n := m.ownAt(lines, i); n > 0 {
			current, sent, i = cmp.Or(section, logparse.Notes), true, i+n-1
			for i+1 < len(lines) && lines[i+1].blank() {
				i++
			}
			answer.part(current)
			continue
		}
		section, rest, found := find(l.plain)
		if title, number := bareTitle(l.plain); !found && l.quotes > 0 && number > 0 {
			section = m.section(title) // as an earlier message had it
			found = section != logparse.OwnSection
		}
		text := l.raw
		if l.blank() {
			text = l.plain
		}
		if found {
			current, sent = section, l.quotes > 0
			answer.part(current)
			if text = rest; text == "" {
				continue
			}
		}
		answer.Sections[current] = append(answer.Sections[current], text)
		words := current != logparse.Notes && current != logparse.Confidential && l.quotes == 0 && !newLine(text).blank()
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

// ownAt says whether text of ours stands from line i on, quoted or not, on how
// many lines, and which question it is. Mail programs wrap what they quote, so up
// to maxWrapped lines are put together.
func (m *Message) ownAt(lines []line, i int) (section logparse.SectionName, n int) {
	joined, quoted := "", true
	if !m.first[firstWord(lines[i].normal)] {
		return logparse.OwnSection, 0
	}
	for n, l := range lines[i:min(len(lines), i+maxWrapped)] {
		if l.normal == "" || len(joined)+len(l.normal) > 2*m.longest {
			break // a date on two lines is longer than in its normal form
		}
		joined = withoutDates(strings.TrimSpace(joined + " " + l.normal))
		quoted = quoted && l.quotes > 0
		own, ours := m.own[joined]
		if ours && (quoted || !own.short || own.stands(lines, i)) {
			return own.section, n + 1
		}
	}
	return logparse.OwnSection, 0
}

// stands says whether the line before i, or behind it, is that of the message.
func (own ownText) stands(lines []line, i int) bool {
	next := func(step int) string {
		for at := i + step; at >= 0 && at < len(lines); at += step {
			if !lines[at].blank() {
				return lines[at].normal
			}
		}
		return ""
	}
	return own.before != "" && next(-1) == own.before || own.after != "" && next(1) == own.after
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
	if asked, answer, found := strings.Cut(line, "?"); found && strings.TrimSpace(answer) != "" {
		if section := m.own[normal(asked+"?")].section; m.asks(section) {
			return section, strings.TrimLeft(answer, " \t:-–—"), true
		}
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
