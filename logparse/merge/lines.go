package merge

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/internal/pattern"
)

// lines merges by lines, as git does.
func (m merger) lines(base, ours, theirs string) (string, int) {
	b, o, t := splitLines(base), splitLines(ours), splitLines(theirs)
	toOurs, toTheirs := linediff.Match(b, o), linediff.Match(b, t)
	var out strings.Builder
	conflicts := 0
	atO, atT := 0, 0
	for at := 0; at <= len(b); at++ {
		// The next line that all three have, or the end.
		next := at
		for next < len(b) && (toOurs[next] < 0 || toTheirs[next] < 0) {
			next++
		}
		nextO, nextT := len(o), len(t)
		if next < len(b) {
			nextO, nextT = toOurs[next], toTheirs[next]
		}
		r := m.chunk(b[at:next], o[atO:nextO], t[atT:nextT])
		out.WriteString(r.text)
		conflicts += r.conflicts
		if next < len(b) {
			out.WriteString(b[next])
		}
		at, atO, atT = next, nextO+1, nextT+1
	}
	return out.String(), conflicts
}

// prose merges by lines. Where nothing stood, or only a template's comment, what
// both wrote are two things, and ours comes first.
func (m merger) prose(base, ours, theirs string) result {
	o, oursHasIt := strings.CutPrefix(ours, base)
	t, theirsHasIt := strings.CutPrefix(theirs, base)
	o, t = strings.TrimLeft(o, "\n"), strings.TrimLeft(t, "\n")
	start := ""
	if oursHasIt && theirsHasIt {
		start = ours[:len(ours)-len(o)]
	}
	switch {
	case !isComments(base) || strings.Contains(o, "<!--") || strings.Contains(t, "<!--"):
	case strings.HasPrefix(o, t):
		return result{text: start + o}
	case strings.HasPrefix(t, o):
		return result{text: start + t}
	case !shareLines(o, t) && !similar(o, t):
		return result{text: start + o + "\n" + t}
	}
	text, conflicts := m.lines(base, ours, theirs)
	return result{text: text, conflicts: conflicts}
}

func isComments(text string) bool {
	return strings.TrimSpace(comments().ReplaceAllString(text, "")) == ""
}

var comments = pattern.Of(`(?s)<!--.*?-->`)

func shareLines(a, b string) bool {
	lines := splitLines(a)
	return slices.ContainsFunc(splitLines(b), func(line string) bool { return strings.TrimSpace(line) != "" && slices.Contains(lines, line) })
}

func (m merger) chunk(base, ours, theirs []string) result {
	switch {
	case slices.Equal(ours, theirs), slices.Equal(theirs, base):
		return result{text: strings.Join(ours, "")}
	case slices.Equal(ours, base):
		return result{text: strings.Join(theirs, "")}
	}
	return m.differing(ours, theirs)
}

// differing is a conflict about the lines that aren't the same at the start and
// the end of both.
func (m merger) differing(ours, theirs []string) result {
	head := 0
	for head < min(len(ours), len(theirs)) && ours[head] == theirs[head] {
		head++
	}
	tail := 0
	for tail < min(len(ours), len(theirs))-head && ours[len(ours)-1-tail] == theirs[len(theirs)-1-tail] {
		tail++
	}
	o, t := ours[head:len(ours)-tail], theirs[head:len(theirs)-tail]
	r := m.conflict(strings.Join(o, ""), strings.Join(t, ""))
	if isSealed(o) && isSealed(t) { // whoever can open them brings them together
		r = result{text: strings.Join(o, "") + "\n" + strings.Join(t, "")}
	}
	r.text = strings.Join(ours[:head], "") + r.text + strings.Join(ours[len(ours)-tail:], "")
	return r
}

func splitLines(text string) []string { return joinSealed(slices.Collect(strings.Lines(text))) }
