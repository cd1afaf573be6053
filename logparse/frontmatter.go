package logparse

import (
	"bytes"
	"fmt"
	"iter"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A Value is what a file says for one key or token. Set says whether it says
// anything; Span is where, and is empty for what follows from the file's name.
type Value[T any] struct {
	V    T
	Span Span
	Set  bool
}

// A Field is one key of the front matter as it was written, known or not.
type Field struct {
	Key  string
	Text string // of a plain value; lists and mappings are in Values
	Span Span   // of the value

	Values []string // of a list of plain values
}

// A FrontMatter is the YAML block at the head of a file.
type FrontMatter struct {
	Span Span // from the first line to the closing one, line ends included

	body Span // the YAML between the two lines
	root *yamlNode
}

// Readable says whether the front matter is a mapping of keys that could be read.
func (f *FrontMatter) Readable() bool { return f.root != nil }

// Field finds a key, or returns nil.
func (f *FrontMatter) Field(key string) *Field {
	if f.root != nil {
		if e := f.root.entry(key); e != nil {
			return e.field()
		}
	}
	return nil
}

// Fields are all keys, in the file's order.
func (f *FrontMatter) Fields() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i := 0; f.root != nil && i < len(f.root.entries); i++ {
			if !yield(*f.root.entries[i].field()) {
				return
			}
		}
	}
}

func (e *yamlEntry) field() *Field {
	field := &Field{Key: e.key, Text: e.value.text, Span: e.value.span}
	for _, item := range e.value.items {
		if item.kind == yamlScalar {
			field.Values = append(field.Values, item.text)
		}
	}
	return field
}

// Shown is a key's value on one line, "" where it has none: lists and mappings
// as they are written in a flow, without the outer brackets.
func (f *FrontMatter) Shown(key string) string {
	if f.root == nil {
		return ""
	}
	e := f.root.entry(key)
	if e == nil {
		return ""
	}
	text := e.value.flow()
	if e.value.kind == yamlList || e.value.kind == yamlMapping {
		text = text[1 : len(text)-1]
	}
	return text
}

// flow is a value on one line.
func (n *yamlNode) flow() string {
	var parts []string
	switch n.kind {
	case yamlScalar:
		return strings.Join(strings.Fields(n.text), " ")
	case yamlMapping:
		for _, e := range n.entries {
			parts = append(parts, e.key+": "+e.value.flow())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yamlList:
		for _, item := range n.items {
			parts = append(parts, item.flow())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return ""
}

// frontMatterLines finds the lines between the fences, and what follows.
func frontMatterLines(s *Source, report func(Diagnostic)) (front FrontMatter, rest int) {
	if s.LineCount() == 0 || !isFence(s, 0, "---") {
		return FrontMatter{}, s.bom
	}
	for line := 1; line < len(s.lines); line++ {
		if isFence(s, line, "---") || isFence(s, line, "...") {
			span := Span{s.bom, s.lineSpan(line).End}
			return FrontMatter{Span: span, body: Span{s.lineSpan(0).End, s.lineSpan(line).Start}}, span.End
		}
	}
	// Take what looks like YAML, so that the rest of the log isn't lost.
	line := 1
	for line < s.LineCount() && yamlLooking().Match(s.plain[s.lineSpan(line).Start:s.lineSpan(line).End]) {
		line++
	}
	end := len(s.plain)
	if line < len(s.lines) {
		end = s.lineSpan(line).Start
	}
	report(Diagnostic{Code: "front-matter-unclosed", Span: Span{s.bom, s.bom + 3},
		Message: "the front matter starts here but is never closed",
		Remedy:  "write `---` on a line of its own after the last key",
		Fix:     fixUnclosed(s, end)})
	return FrontMatter{Span: Span{s.bom, end}, body: Span{min(s.lineSpan(0).End, end), end}}, end
}

var yamlLooking = pattern.Of(`^(\s+\S|[\w-]+\s*:(\s|$)|- |#[^ #]|# .*:)`)

func isFence(s *Source, line int, fence string) bool {
	span := s.lineSpan(line)
	return string(bytes.TrimRight(s.plain[span.Start:span.End], " \t\n")) == fence
}

// parseFrontMatter reads the YAML of front into its fields.
func parseFrontMatter(s *Source, front *FrontMatter, report func(Diagnostic)) {
	root := parseYAML(s, front.body, report)
	if root == nil {
		return
	}
	if root.kind != yamlMapping {
		report(Diagnostic{Code: "wrong-type", Span: root.span,
			Message: fmt.Sprintf("the front matter holds %s", yamlKindNames[root.kind]),
			Remedy:  "write `key: value` lines"})
		return
	}
	readHints(s, root, report)
	front.root = root
}
