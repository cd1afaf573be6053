package calendar

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// A component is a part of an iCalendar file: a calendar, a meeting, an alarm or a time zone.
type component struct {
	name     string
	props    map[string]prop
	children []*component
}

// A prop is a property's parameters, as they are written, and its value.
type prop struct{ params, value string }

func newComponent(name string) *component {
	return &component{name: name, props: make(map[string]prop)}
}

// write writes a component. No value ends its line: texts are escaped, and what was read had lines.
func (c *component) write(out *bytes.Buffer) {
	line := func(head, value string) { out.WriteString(head + ":" + value + "\r\n") }
	line("BEGIN", c.name)
	for _, name := range slices.Sorted(maps.Keys(c.props)) {
		p := c.props[name]
		if p.params != "" {
			name += ";" + p.params
		}
		line(name, p.value)
	}
	for _, child := range c.children {
		child.write(out)
	}
	line("END", c.name)
}

// set gives a property a value that is written as it stands.
func set(c *component, name, value string) { c.props[name] = prop{value: value} }

// setText gives a property a text, escaped.
func setText(c *component, name, text string) {
	set(c, name, strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text))
}

func valueOf(c *component, name string) string { return c.props[name].value }

// textOf is a property's text; "" where it can't be read.
func textOf(c *component, name string) string {
	var text strings.Builder
	value := valueOf(c, name)
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			text.WriteByte(value[i])
			continue
		}
		if i++; i == len(value) {
			return ""
		}
		switch value[i] {
		case 'n', 'N':
			text.WriteByte('\n')
		case '\\', ';', ',':
			text.WriteByte(value[i])
		default:
			return ""
		}
	}
	return text.String()
}

// zoneOf is the name of the time zone of a moment, "" where it has none.
func zoneOf(c *component, name string) string {
	for param := range strings.SplitSeq(c.props[name].params, ";") {
		if zone, ok := strings.CutPrefix(param, "TZID="); ok {
			return zone
		}
	}
	return ""
}
