package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/coachlog/coachlog/internal/pattern"
)

// Bounds on YAML, far above what people write, that keep a hostile file cheap.
const (
	maxYAMLBytes   = 256 << 10
	maxYAMLNesting = 32
	maxYAMLLine    = 4 << 10
)

// A yamlNode is a YAML value with its place in the file.
type yamlNode struct {
	kind    yamlKind
	text    string // of a scalar, as meant (quotes taken off)
	span    Span
	entries []yamlEntry // of a mapping, in the file's order
	items   []*yamlNode // of a list
}

type yamlKind int

const (
	yamlEmpty yamlKind = iota // nothing, ~ or null
	yamlScalar
	yamlList
	yamlMapping
	yamlAlias
)

var yamlKindNames = map[yamlKind]string{
	yamlEmpty: "nothing", yamlScalar: "one value", yamlList: "a list", yamlMapping: "keys and values", yamlAlias: "an alias",
}

type yamlEntry struct {
	key     string
	keySpan Span
	value   *yamlNode
}

// entry finds a key of a mapping.
func (n *yamlNode) entry(key string) *yamlEntry {
	for i := range n.entries {
		if n.entries[i].key == key {
			return &n.entries[i]
		}
	}
	return nil
}

// empty says whether a mapping has no such key, or nothing behind it: both mean
// the same.
func (n *yamlNode) empty(key string) bool {
	e := n.entry(key)
	return e == nil || e.value.kind == yamlEmpty
}

var yamlErrorLine = pattern.Of(`^yaml: (?:line (\d+): )?(?:did not find |found |could not find )?`)

// parseYAML reads the YAML mapping in body. It returns nil where there is none;
// whatever is wrong is reported at its place in the file.
func parseYAML(s *Source, body Span, report func(Diagnostic)) *yamlNode {
	if root, ok := parsePlainYAML(s, body); ok {
		return root
	}
	return parseAnyYAML(s, body, report)
}

// parseAnyYAML reads whatever YAML allows, within bounds.
func parseAnyYAML(s *Source, body Span, report func(Diagnostic)) *yamlNode {
	text := s.plain[body.Start:body.End]
	if where, why := yamlTooComplex(text); why != "" {
		report(Diagnostic{Code: "too-complex", Span: Span{body.Start + where, body.Start + where + 1},
			Message: why, Remedy: "write plain `key: value` lines"})
		return nil
	}
	readable, restore := hideSeparators(string(text))
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(readable), &root); err != nil {
		report(yamlSyntaxError(s, body, err))
		return nil
	}
	if len(root.Content) == 0 {
		return &yamlNode{kind: yamlMapping, span: Span{body.Start, body.Start}}
	}
	c := yamlConverter{s: s, firstLine: s.lineAt(body.Start), end: body.End, report: report, restore: restore}
	return c.node(root.Content[0])
}

// yamlTooComplex looks for nesting and sizes that would make the parser slow.
func yamlTooComplex(text []byte) (offset int, why string) {
	if len(text) > maxYAMLBytes {
		return 0, fmt.Sprintf("there are %d kB of YAML here; at most %d kB are read", len(text)>>10, maxYAMLBytes>>10)
	}
	// Counting brackets in quotes too makes this strict, not wrong: nobody writes
	// thirty-two of them open.
	depth := 0
	lineStart, leading, dashes, comment := 0, true, 0, false
	for i, b := range text {
		if comment = b != '\n' && (comment || leading && dashes == 0 && b == '#'); comment {
			b = '#'
		}
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '\n':
			lineStart, leading, dashes = i+1, true, 0
		case '-', '?', ':':
			if leading {
				dashes++
			}
		case ' ', '\t':
		default:
			leading = false
		}
		if depth > maxYAMLNesting || dashes > maxYAMLNesting || leading && i-lineStart > 4*maxYAMLNesting {
			return i, fmt.Sprintf("this YAML is nested more than %d deep", maxYAMLNesting)
		}
		if i-lineStart > maxYAMLLine {
			return lineStart, fmt.Sprintf("this line of YAML is longer than %d kB", maxYAMLLine>>10)
		}
	}
	return 0, ""
}

// lowLines end the messages of errors whose line yaml.v3 counts from 0: those of
// its parser, not of its scanner.
var lowLines = []string{
	"did not find expected key", "did not find expected '-' indicator", "did not find expected ',' or ']'", "did not find expected ',' or '}'",
	"did not find expected node content", "did not find expected <document start>", "found undefined tag handle",
}

// yamlErrorPlace looks for what an error without a line is about, or is -1.
func yamlErrorPlace(text []byte, message string) int {
	if match := unknownAnchor().FindStringSubmatch(message); match != nil {
		return bytes.Index(text, []byte("*"+match[1]))
	}
	if strings.Contains(message, "control characters") {
		return bytes.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' && r != 0x85 })
	}
	return -1
}

var unknownAnchor = pattern.Of(`unknown anchor '(.*)' referenced`)

func yamlSyntaxError(s *Source, body Span, err error) Diagnostic {
	message := err.Error()
	match := yamlErrorLine().FindStringSubmatch(message)
	line := s.lineAt(body.Start)
	if len(match) == 2 && match[1] != "" {
		n, _ := strconv.Atoi(match[1])
		if slices.ContainsFunc(lowLines, func(m string) bool { return strings.HasSuffix(message, m) }) {
			n++
		}
		line = min(line+n-1, s.lineAt(max(body.Start, body.End-1)))
	} else if at := yamlErrorPlace(s.plain[body.Start:body.End], message); at >= 0 {
		line = s.lineAt(body.Start + at)
	}
	span := s.lineSpan(max(line, 0))
	span.End = span.Start + len(bytes.TrimRight(s.plain[span.Start:span.End], " \t\n"))
	said, remedy := plainYAMLError(message)
	if at, odd := oddBlankInYAML(s, body, span); odd != "" {
		span, said, remedy = at, "there is "+odd+" here, which isn't a blank in YAML", "type the line again, with plain blanks"
	}
	return Diagnostic{Code: "yaml-syntax", Span: span, Message: said, Remedy: remedy}
}

// oddBlankInYAML finds an odd blank on a line that YAML can't read, or before a key
// or behind its colon on another.
func oddBlankInYAML(s *Source, body, broken Span) (at Span, name string) {
	for line := s.lineAt(body.Start); line < len(s.lines) && s.lineSpan(line).Start < body.End; line++ {
		span := s.lineSpan(line)
		text := s.plain[span.Start:span.End]
		i := bytes.IndexFunc(text, isOddBlank)
		if i < 0 {
			continue
		}
		before := bytes.TrimSpace(text[:i])
		if len(before) == 0 || before[len(before)-1] == ':' || span.Start == broken.Start {
			return Span{span.Start + i, span.Start + i + 1}, nameOddBlank(string(text[i:]))
		}
	}
	return Span{}, ""
}

// A yamlConverter turns yaml.v3's nodes into ours, with byte ranges.
type yamlConverter struct {
	s         *Source
	firstLine int
	end       int
	report    func(Diagnostic)
	restore   func(string) string

	line, column, at int // of the last offset; column is 0 before the first
}

// offset is the byte at which n starts; yaml.v3 counts lines and characters
// from 1, and from the start of the text that it was given.
func (c *yamlConverter) offset(n *yaml.Node) int {
	line := min(c.firstLine+max(n.Line, 1)-1, len(c.s.lines)-1)
	if c.column == 0 || line != c.line || n.Column < c.column {
		c.line, c.column, c.at = line, 1, min(c.s.lineSpan(line).Start, c.end)
	}
	for ; c.column < n.Column && c.at < c.end; c.column++ {
		_, size := utf8.DecodeRune(c.s.plain[c.at:])
		c.at += size
	}
	return c.at
}

func (c *yamlConverter) node(n *yaml.Node) *yamlNode {
	n.Value = c.restore(n.Value)
	out := &yamlNode{text: n.Value, span: c.span(n)}
	switch n.Kind {
	case yaml.ScalarNode:
		out.kind = yamlScalar
		if n.Tag == "!!null" {
			out.kind = yamlEmpty
		}
	case yaml.AliasNode:
		out.kind = yamlAlias
	case yaml.SequenceNode:
		out.kind = yamlList
		for _, item := range n.Content {
			out.items = append(out.items, c.node(item))
		}
	case yaml.MappingNode:
		out.kind = yamlMapping
		c.mapping(n, out)
	}
	return out
}

func (c *yamlConverter) mapping(n *yaml.Node, out *yamlNode) {
	first := make(map[string]Span, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := c.node(n.Content[i])
		entry := yamlEntry{key: key.text, keySpan: key.span, value: c.node(n.Content[i+1])}
		if before, twice := first[entry.key]; twice {
			c.report(Diagnostic{Code: "duplicate-key", Span: entry.keySpan,
				Message: fmt.Sprintf("`%s` is here a second time; the first is on line %d", entry.key, c.s.lineAt(before.Start)+1),
				Remedy:  "keep one of the two"})
			continue
		}
		first[entry.key] = entry.keySpan
		out.entries = append(out.entries, entry)
	}
}

// span is the range of a scalar's text, quotes included, or the first byte of
// anything larger.
func (c *yamlConverter) span(n *yaml.Node) Span {
	start := c.offset(n)
	rest := c.s.plain[start:c.end]
	plain := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0
	switch {
	case n.Kind != yaml.ScalarNode:
		return Span{start, start + min(1, len(rest))}
	case plain && bytes.HasPrefix(rest, []byte(n.Value)):
		return Span{start, start + len(n.Value)}
	}
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		return Span{start, start + quotedLength(rest, '\'', '\'')}
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return Span{start, start + quotedLength(rest, '"', '\\')}
	default:
		return Span{start, start + len(bytes.TrimRight(rest, " \t"))}
	}
}

// quotedLength is the length of the quoted text at the start of line. A quote
// escaped by itself (”) or by another byte (\") doesn't end it.
func quotedLength(line []byte, quote, escape byte) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == escape && escape != quote:
			i++
		case line[i] == quote && escape == quote && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return len(line)
}
