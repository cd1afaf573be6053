package reply

import (
	"strings"
)

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
