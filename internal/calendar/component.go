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

// Texts are escaped, and taken back, as RFC 5545 has it.
var (
	escaped   = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)
	unescaped = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n")
)

// setText gives a property a text.
func setText(c *component, name, text string) { set(c, name, escaped.Replace(text)) }

func valueOf(c *component, name string) string { return c.props[name].value }

// textOf is a property's text.
func textOf(c *component, name string) string { return unescaped.Replace(valueOf(c, name)) }

// zoneOf is the name of the time zone of a moment, "" where it has none.
func zoneOf(c *component, name string) string {
	for param := range strings.SplitSeq(c.props[name].params, ";") {
		if zone, ok := strings.CutPrefix(param, "TZID="); ok {
			return zone
		}
	}
	return ""
}
