package logparse

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
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
	Span   Span // from the first line to the closing one, line ends included
	Fields []Field

	body Span // the YAML between the two lines
	root *yamlNode
}

// Readable says whether the front matter is a mapping of keys that could be read.
func (f *FrontMatter) Readable() bool { return f.root != nil }

// Field finds a key, or returns nil.
func (f *FrontMatter) Field(key string) *Field {
	for i := range f.Fields {
		if f.Fields[i].Key == key {
			return &f.Fields[i]
		}
	}
	return nil
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
	report(Diagnostic{Code: "front-matter-unclosed", Span: Span{s.bom, s.bom + 3},
		Message: "the front matter starts here and is never closed",
		Remedy:  "write `---` on a line of its own after the last key"})
	end := len(s.plain)
	if line < len(s.lines) {
		end = s.lineSpan(line).Start
	}
	return FrontMatter{Span: Span{s.bom, end}, body: Span{min(s.lineSpan(0).End, end), end}}, end
}

var yamlLooking = pattern(`^(\s+\S|[\w-]+\s*:(\s|$)|- |#[^ #]|# .*:)`)

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
	front.root = root
	front.Fields = make([]Field, 0, len(root.entries))
	for _, e := range root.entries {
		field := Field{Key: e.key, Text: e.value.text, Span: e.value.span}
		for _, item := range e.value.items {
			if item.kind == yamlScalar {
				field.Values = append(field.Values, item.text)
			}
		}
		front.Fields = append(front.Fields, field)
	}
}

// A keyReader reads the known keys of one YAML mapping and reports what doesn't
// fit. It remembers which keys exist, to suggest one for a misspelt key.
type keyReader struct {
	root   *yamlNode
	report func(Diagnostic)
	known  []string
}

// value returns the node of a key, or nil where the key is missing or empty.
func (r *keyReader) value(key string, want yamlKind) *yamlNode {
	r.known = append(r.known, key)
	if r.root == nil {
		return nil
	}
	e := r.root.entry(key)
	if e == nil || e.value.kind == yamlEmpty {
		return nil
	}
	return r.typed(key, e.value, want)
}

// lacks says whether front matter that can be read has no such key, or nothing
// behind it.
func (r *keyReader) lacks(key string) bool { return r.root != nil && r.root.empty(key) }

func (r *keyReader) typed(key string, n *yamlNode, want yamlKind) *yamlNode {
	switch {
	case n.kind == want:
		return n
	case n.kind == yamlAlias:
		r.report(Diagnostic{Code: "yaml-alias", Span: n.span,
			Message: fmt.Sprintf("`%s` is an alias", key), Remedy: "write the value out"})
	default:
		r.report(Diagnostic{Code: "wrong-type", Span: n.span,
			Message: fmt.Sprintf("`%s` holds %s where %s should stand", key, yamlKindNames[n.kind], yamlKindNames[want]),
			Remedy:  wantedForm[want]})
	}
	return nil
}

var wantedForm = map[yamlKind]string{
	yamlScalar:  "write one value behind the colon",
	yamlList:    "write a list, as in `[a, b]`",
	yamlMapping: "write keys and values, as in `{aht: 398, fcr: 71}`",
}

func (r *keyReader) text(key string) Value[string] {
	n := r.value(key, yamlScalar)
	if n == nil {
		return Value[string]{}
	}
	return Value[string]{n.text, n.span, true}
}

func (r *keyReader) id(key string) Value[string] {
	v := r.text(key)
	return checkedID(key, v, r.report)
}

func checkedID(key string, v Value[string], report func(Diagnostic)) Value[string] {
	if v.Set && !IsID(v.V) {
		report(Diagnostic{Code: "bad-id", Span: v.Span,
			Message: fmt.Sprintf("`%s` can't be %q", key, v.V),
			Remedy:  "use letters and digits, with - _ or . between them, as in `rep1`"})
		return Value[string]{}
	}
	v.V = NormalID(v.V)
	return v
}

func (r *keyReader) date(key string) Value[Date] {
	n := r.value(key, yamlScalar)
	if n == nil {
		return Value[Date]{}
	}
	date, err := ParseDate(n.text)
	if err != nil {
		r.report(Diagnostic{Code: "bad-date", Span: n.span,
			Message: fmt.Sprintf("`%s: %s` %s", key, n.text, whyNoDate(n.text)),
			Remedy:  "write year, month and day, as in 2026-07-06"})
		return Value[Date]{}
	}
	return Value[Date]{date, n.span, true}
}

// whole reads a whole number from low to high.
func (r *keyReader) whole(key, unit string, low, high int) Value[int] {
	n := r.value(key, yamlScalar)
	if n == nil {
		return Value[int]{}
	}
	example := 30
	switch high {
	case 100:
		example = 80
	case 12:
		example = 4
	}
	number, ok := parseNumber(n.text)
	if !ok || number != math.Trunc(number) {
		r.report(Diagnostic{Code: "bad-number", Span: n.span,
			Message: fmt.Sprintf("`%s: %s` is not a whole number", key, n.text),
			Remedy:  fmt.Sprintf("write %s as a plain number, as in `%s: %d`", unit, key, example)})
		return Value[int]{}
	}
	if number < float64(low) || number > float64(high) {
		r.report(Diagnostic{Code: "out-of-range", Span: n.span,
			Message: fmt.Sprintf("`%s: %s` is outside %d to %d", key, n.text, low, high),
			Remedy:  "write " + unit})
		return Value[int]{}
	}
	return Value[int]{int(number), n.span, true}
}

// choice reads one of the named values.
func (r *keyReader) choice(key string, names []string) Value[string] {
	v := r.text(key)
	if !v.Set || slices.Contains(names, v.V) {
		return v
	}
	r.report(Diagnostic{Code: "unknown-value", Span: v.Span,
		Message: fmt.Sprintf("`%s` can't be %q", key, v.V),
		Remedy:  chooseFrom(v.V, names)})
	return Value[string]{}
}

func chooseFrom(word string, names []string) string {
	remedy := "write one of " + strings.Join(names, ", ")
	// "biweekly" is nearly "weekly", and means something else.
	if near := closest(word, names); near != "" && !strings.HasPrefix(word, "bi") {
		remedy += fmt.Sprintf(" (%s, perhaps?)", near)
	}
	return remedy
}

// texts reads one value or a list of values.
func (r *keyReader) texts(key string) []Value[string] {
	if r.root != nil {
		if e := r.root.entry(key); e != nil && e.value.kind == yamlScalar {
			return []Value[string]{r.text(key)}
		}
	}
	n := r.value(key, yamlList)
	if n == nil {
		return nil
	}
	var values []Value[string]
	for _, item := range n.items {
		if item := r.typed(key, item, yamlScalar); item != nil {
			values = append(values, Value[string]{item.text, item.span, true})
		}
	}
	return values
}

// misspelt reports keys that are nobody's but nearly one of ours. Other unknown
// keys belong to somebody else, and are left alone.
func (r *keyReader) misspelt() {
	if r.root == nil {
		return
	}
	for _, e := range r.root.entries {
		if slices.Contains(r.known, e.key) {
			continue
		}
		if e.key == "<<" {
			r.report(Diagnostic{Code: "yaml-alias", Span: e.keySpan,
				Message: "`<<` takes keys from elsewhere, and coachlog doesn't read them", Remedy: "write the keys out"})
			continue
		}
		near := closest(e.key, r.known)
		if near == "" || r.root.entry(near) != nil {
			continue
		}
		r.report(Diagnostic{Code: "misspelt-key", Span: e.keySpan,
			Message: fmt.Sprintf("`%s` is not a key of coachlog's", e.key),
			Remedy:  fmt.Sprintf("write `%s`, if that is meant", near)})
	}
}

// parseNumber reads a plain decimal number: no exponent, no unit, no other base.
func parseNumber(s string) (float64, bool) {
	unsigned := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		unsigned = s[1:]
	}
	whole, fraction, hasPoint := strings.Cut(unsigned, ".")
	if !isNumber(whole) || hasPoint && !isNumber(fraction) {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}
