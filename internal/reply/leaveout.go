package reply

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// leaveOut marks the lines of a signature, which "-- " starts and quoted text
// ends, and what a mail program writes above the text of ours that it quotes.
func (m *Message) leaveOut(lines []line) {
	quotedOrOurs := func(i int) bool {
		_, n := m.ownAt(lines, i)
		return n > 0 || lines[i].quotes > 0
	}
	first := 0
	for first < len(lines) && !quotedOrOurs(first) {
		first++
	}
	if m.oursFollows(lines[first:]) {
		if above := paragraphBefore(lines[:first]); m.isIntroduction(above, lines[first].quotes > 0) {
			for i := range above {
				above[i].left = true
			}
		}
	}
	for i := range lines {
		if lines[i].raw != "-- " {
			continue
		}
		for ; i < len(lines) && !lines[i].left && !quotedOrOurs(i); i++ {
			lines[i].left = true
		}
	}
}

// oursFollows says whether text of ours is in the quotation that lines start
// with.
func (m *Message) oursFollows(lines []line) bool {
	for i, l := range lines {
		if _, n := m.ownAt(lines, i); n > 0 {
			return true
		}
		if l.quotes == 0 && !l.blank() {
			return false
		}
	}
	return false
}

// paragraphBefore is the last paragraph of lines.
func paragraphBefore(lines []line) []line {
	for len(lines) > 0 && lines[len(lines)-1].blank() {
		lines = lines[:len(lines)-1]
	}
	from := len(lines)
	for from > 0 && !lines[from-1].blank() {
		from--
	}
	return lines[from:]
}

// clock finds a time of day, as in 9:12.
var clock = pattern.Of(`[0-9]{1,2}:[0-9]{2}`)

// isIntroduction says whether a paragraph is what mail programs write above a
// quotation: "On 4 July 2026 at 9:12, Josh wrote:", or a block of From:, Sent:
// and To:. It has a time of day or an address, and nothing that answers a
// question, so that nobody's own words are taken for it.
func (m *Message) isIntroduction(lines []line, quoted bool) bool {
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(l.plain + " ")
	}
	if len(lines) == 0 || len(lines) > 8 || !strings.Contains(text.String(), "@") && !clock().MatchString(text.String()) {
		return false
	}
	fields := 0
	for _, l := range lines {
		if _, _, answers := m.typed(l.plain); answers {
			return false
		}
		name, _, isField := strings.Cut(strings.TrimLeft(l.plain, "*"), ":")
		if isField && len(name) < 20 && !strings.ContainsAny(name, ".,;!?") {
			fields++
		} else if !strings.HasPrefix(l.plain, "--") && !strings.HasPrefix(l.plain, "__") {
			fields = -len(lines)
		}
	}
	return fields >= 3 || quoted && len(lines) <= 3 && strings.HasSuffix(strings.TrimSpace(text.String()), ":")
}

// everyLineQuoted says whether all that was written is quoted, as where a mail
// was forwarded.
func everyLineQuoted(lines []line) bool {
	written := func(l line) bool { return !l.left && !l.blank() }
	return slices.ContainsFunc(lines, written) && !slices.ContainsFunc(lines, func(l line) bool { return written(l) && l.quotes == 0 })
}
