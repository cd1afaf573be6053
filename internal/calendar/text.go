package calendar

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the number of characters that a line of text may have: nobody reads
// a title of more.
const longest = 250

// line makes one line of text that shows as what it is: without the characters
// that iCalendar can't hold, end lines or turn the reading order.
func line(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest-1]) + "…"
	}
	return text
}

// paragraphs is text of several lines.
func paragraphs(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = line(lines[i])
	}
	return strings.Join(lines, "\n")
}

// encode writes a component with its lines folded.
func encode(c *component) []byte {
	var out bytes.Buffer
	c.write(&out)
	return fold(out.Bytes())
}

// widest is how many octets a line may have, its end aside.
const widest = 75

// fold breaks long lines between characters; those after the first start with a
// blank.
func fold(text []byte) []byte {
	var out bytes.Buffer
	for part := range bytes.Lines(text) {
		part = bytes.TrimSuffix(part, []byte("\r\n"))
		for room := widest; len(part) > room; room = widest - 1 {
			cut := room
			for cut > 1 && !utf8.RuneStart(part[cut]) {
				cut--
			}
			out.Write(part[:cut])
			out.WriteString("\r\n ")
			part = part[cut:]
		}
		out.Write(part)
		out.WriteString("\r\n")
	}
	return out.Bytes()
}

// read takes a file apart that encode wrote: what it would write again is what
// stands there, byte for byte but for the line ends, so that nothing of
// anybody's can be lost.
func read(text []byte) (*component, error) {
	text = unixLines(text)
	c := decode(strings.Split(strings.ReplaceAll(string(text), "\n ", ""), "\n"))
	if c.name != "VCALENDAR" || bytes.ContainsRune(text, '\r') || !bytes.Equal(text, unixLines(encode(c))) || valueOf(c, "PRODID") != productID {
		return nil, ErrNotOurs
	}
	seen := make(map[string]bool)
	for _, child := range c.children {
		uid := textOf(child, "UID")
		event := child.name == "VEVENT" && uid != "" && !seen[uid] && !dayOf(child).IsZero() && holdsOnly(child, "VALARM")
		zone := child.name == "VTIMEZONE" && holdsOnly(child, "STANDARD", "DAYLIGHT")
		if !event && !zone {
			return nil, ErrNotOurs
		}
		seen[uid] = true
	}
	return c, nil
}

// holdsOnly says whether a part has only such parts as coachlog writes.
func holdsOnly(c *component, names ...string) bool {
	return !slices.ContainsFunc(c.children, func(child *component) bool { return !slices.Contains(names, child.name) })
}

func unixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// decode takes lines apart that encode wrote. It looks at nothing but what encode
// writes, since read compares: of a line that is there twice the last one counts.
func decode(lines []string) *component {
	const deepest = 3 // an alarm in a meeting in a calendar
	open := []*component{newComponent("")}
	for _, line := range lines {
		in := open[len(open)-1]
		head, value, _ := strings.Cut(line, ":")
		name, params, _ := strings.Cut(head, ";")
		switch {
		case name == "BEGIN" && len(open) <= deepest:
			child := newComponent(value)
			in.children = append(in.children, child)
			open = append(open, child)
		case name == "END" && len(open) > 1:
			open = open[:len(open)-1]
		default:
			in.props[name] = prop{params, value}
		}
	}
	if len(open[0].children) == 0 {
		return open[0]
	}
	return open[0].children[0]
}
