package calendar

import (
	"bytes"
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

// encode writes a component with its lines folded.
func encode(c *ical.Component) ([]byte, error) {
	var out bytes.Buffer
	err := ical.NewEncoder(&out).Encode(&ical.Calendar{Component: c})
	return fold(out.Bytes()), err
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
func read(text []byte) (*ical.Component, error) {
	text = unixLines(text)
	c := decode(strings.Split(strings.ReplaceAll(string(text), "\n ", ""), "\n"))
	again, err := encode(c)
	if err != nil || c.Name != ical.CompCalendar || !bytes.Equal(text, unixLines(again)) || valueOf(c, ical.PropProductID) != productID {
		return nil, ErrNotOurs
	}
	seen := make(map[string]bool)
	for _, child := range c.Children {
		uid := textOf(child, ical.PropUID)
		event := child.Name == ical.CompEvent && uid != "" && !seen[uid] && !dayOf(child).IsZero()
		if !event && child.Name != ical.CompTimezone {
			return nil, ErrNotOurs
		}
		seen[uid] = true
	}
	return c, nil
}

func unixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// decode takes lines apart that encode wrote. It looks at nothing but what encode
// writes, since read compares: the library's decoder stumbles over other lines.
func decode(lines []string) *ical.Component {
	const deepest = 3 // an alarm in a meeting in a calendar
	open := []*ical.Component{ical.NewComponent("")}
	for _, line := range lines {
		in := open[len(open)-1]
		head, value, _ := strings.Cut(line, ":")
		name, params, hasParams := strings.Cut(head, ";")
		switch {
		case name == "BEGIN" && len(open) <= deepest:
			child := ical.NewComponent(value)
			in.Children = append(in.Children, child)
			open = append(open, child)
		case name == "END" && len(open) > 1:
			open = open[:len(open)-1]
		default:
			p := ical.NewProp(name)
			p.Value = value
			for param := range strings.SplitSeq(params, ";") {
				if key, value, _ := strings.Cut(param, "="); hasParams {
					p.Params.Set(key, value)
				}
			}
			in.Props.Add(p)
		}
	}
	if len(open[0].Children) == 0 {
		return open[0]
	}
	return open[0].Children[0]
}
