package reply

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// A list of at most this many may well be one answer, unless the message asks no more.
const fewNumbers = 3

const beforeNumber = `(?s)^[ \t#*_]*(?:[-+•–][ \t]+)?[*_]*`

// markedNumbers are the ways in which people number an answer: "1. calm", "1) calm",
// "(1) calm", "1: calm", "1 - calm", "Q1 calm", a digit in a box. Of 9:30, 2.5 and
// 1-on-1 none is one.
var markedNumbers = []func() *regexp.Regexp{
	pattern.Of(beforeNumber + `[(\[]?(?:[Qq](?:uestion)?[ \t]*)?([0-9]{1,2})[.):\]]+[*_]*(?:[ \t]+(.*)|([^0-9\s].*)|)$`),
	pattern.Of(beforeNumber + `([0-9]{1,2})[ \t]*[-–—][ \t]+(.*)$`),
	pattern.Of(`(?s)^[ \t*_]*(?:#|[Qq]|[Qq]uestion[ \t]+)([0-9]{1,2})[*_]*[ \t]+(.*)$`),
	pattern.Of(beforeNumber + `([0-9])\x{FE0F}?\x{20E3}[ \t]*(.*)$`),
}

var (
	bareNumbers = []func() *regexp.Regexp{pattern.Of(`(?s)^[ \t]*([0-9]{1,2})[ \t]+(\S.*)$`)}
	listItem    = pattern.Of(`(?s)^ ?[-*+•–—·][ \t]+(.*)$`)
)

// cut takes a number off the start of a line; 0 where there is none.
func cut(line string, forms []func() *regexp.Regexp) (number int, rest string) {
	for _, form := range forms {
		if match := form().FindStringSubmatch(line); match != nil {
			number, _ = strconv.Atoi(match[1])
			return number, strings.Join(match[2:], "")
		}
	}
	return 0, line
}

// numbered is typed, and finds the numbers of the questions too, where they go up. A
// list of three may be one answer to a message that asks more; numbers without a mark
// have to be there from the first one on.
func (m *Message) numbered(lines []line) finder {
	forms := markedNumbers
	numbers := m.numbersIn(lines, forms)
	if len(numbers) == 0 {
		forms = bareNumbers
		numbers = m.numbersIn(lines, forms)
		for i, n := range numbers {
			if n != i+1 || len(numbers) < 2 {
				return m.typed
			}
		}
	}
	for i, n := range numbers {
		if i > 0 && n <= numbers[i-1] {
			return m.typed
		}
	}
	if len(numbers) == 0 || len(m.Questions) > fewNumbers && numbers[len(numbers)-1] <= fewNumbers {
		return m.typed
	}
	confidential := false
	return func(line string) (logparse.SectionName, string, bool) {
		section, rest, found := m.typed(line)
		if found || confidential {
			confidential = section == logparse.Confidential || !found
			return section, rest, found
		}
		number, rest := cut(line, forms)
		i := slices.IndexFunc(m.Questions, func(q Question) bool { return q.Number == number })
		if i < 0 {
			return logparse.OwnSection, "", false
		}
		return m.Questions[i].Section, rest, true
	}
}

// numbersIn are the numbers at the start of the lines that are not ours.
func (m *Message) numbersIn(lines []line, forms []func() *regexp.Regexp) []int {
	var numbers []int
	m.eachOther(lines, func(l line) {
		if number, _ := cut(l.plain, forms); number > 0 {
			numbers = append(numbers, number)
		}
	})
	return numbers
}

// eachOther calls visit with each line that isn't ours or left out.
func (m *Message) eachOther(lines []line, visit func(line)) {
	for i := 0; i < len(lines); i++ {
		if _, n := m.ownAt(lines, i); n > 0 {
			i += n - 1
		} else if !lines[i].left {
			visit(lines[i])
		}
	}
}

// listed takes the items of a list as the answers to the questions in their order,
// where there are as many. Behind a blank line, what isn't indented is no answer.
func (m *Message) listed(lines []line) finder {
	items := 0
	m.eachOther(lines, func(l line) {
		if listItem().MatchString(l.plain) {
			items++
		}
	})
	if items < 2 || items != len(m.Questions) {
		return m.typed
	}
	next, blank, confidential := 0, false, false
	return func(line string) (logparse.SectionName, string, bool) {
		section, rest, found := m.heading(line)
		if found || confidential {
			confidential = section == logparse.Confidential || !found
			return section, rest, found
		}
		match := listItem().FindStringSubmatch(line)
		wasBlank := blank
		blank = strings.TrimSpace(line) == ""
		switch {
		case match != nil && next < items:
			next++
			return m.Questions[next-1].Section, match[1], true
		case next > 0 && wasBlank && !blank && line == strings.TrimLeft(line, " \t"):
			return logparse.Notes, line, true
		}
		return logparse.OwnSection, "", false
	}
}
