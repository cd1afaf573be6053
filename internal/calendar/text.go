package calendar

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"
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

// set gives a property a value that is written as it stands.
func set(c *ical.Component, name, value string) {
	p := ical.NewProp(name)
	p.Value = value
	c.Props.Set(p)
}

// setText gives a property a text, escaped.
func setText(c *ical.Component, name, text string) {
	p := ical.NewProp(name)
	p.SetText(text)
	p.Params.Del(ical.ParamValue) // text is what these are anyway
	c.Props.Set(p)
}

func valueOf(c *ical.Component, name string) string {
	if p := c.Props.Get(name); p != nil {
		return p.Value
	}
	return ""
}

// textOf is a property's text; "" where it can't be read.
func textOf(c *ical.Component, name string) string {
	text, _ := c.Props.Text(name)
	return text
}

// encode writes a component with its lines folded. The library refuses line
// ends within a value; none is left in any by line and by its own escapes.
func encode(c *ical.Component) []byte {
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(&ical.Calendar{Component: c}); err != nil {
		panic(fmt.Sprintf("calendar: %v", err)) // a slip in this package: read refuses what can't be written again
	}
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
func read(text []byte) (c *ical.Component, err error) {
	lf := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if !writtenLikeOurs(lf) {
		return nil, ErrNotOurs
	}
	defer func() {
		if recover() != nil { // the library panics on a line that ends too early
			c, err = nil, ErrNotOurs
		}
	}()
	calendar, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	if err != nil || !bytes.Equal(lf, bytes.ReplaceAll(encode(calendar.Component), []byte("\r\n"), []byte("\n"))) {
		return nil, ErrNotOurs
	}
	seen := make(map[string]bool)
	for _, child := range calendar.Children {
		uid := textOf(child, ical.PropUID)
		event := child.Name == ical.CompEvent && uid != "" && !seen[uid] && !dayOf(child).IsZero()
		if !event && child.Name != ical.CompTimezone {
			return nil, ErrNotOurs
		}
		seen[uid] = true
	}
	return calendar.Component, nil
}

// The most that is looked at: a few thousand meetings.
const (
	largest     = 8 << 20
	mostFolded  = 100 // lines that make up one
	headOfOurs  = "BEGIN:VCALENDAR\n"
	productLine = "PRODID:" + productID
)

// writtenLikeOurs looks at a file before the library does, whose time goes up
// with the square of a line's length.
func writtenLikeOurs(text []byte) bool {
	if len(text) > largest || !bytes.HasPrefix(text, []byte(headOfOurs)) || bytes.ContainsRune(text, '\r') {
		return false
	}
	folded, ours := 0, false
	for part := range bytes.Lines(text) {
		folded++
		if part[0] != ' ' {
			folded = 0
		}
		ours = ours || string(bytes.TrimSuffix(part, []byte("\n"))) == productLine
		if len(part) > widest+1 || folded > mostFolded {
			return false
		}
	}
	return ours
}
