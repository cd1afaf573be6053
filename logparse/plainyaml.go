package logparse

import "bytes"

// maxPlainLine is as long as the fast path takes a line to be; yaml.v3 has rules
// of its own for words of more than a thousand bytes.
const maxPlainLine = 1000

// parsePlainYAML reads front matter as nearly everybody writes it: lines of
// `key: value`, the value plain, or in braces or brackets on the same line, with
// comments. ok is false where anything else stands there, for yaml.v3 to read:
// this is only its fast path, and a fuzz target holds the two together.
func parsePlainYAML(s *Source, body Span) (root *yamlNode, ok bool) {
	root = &yamlNode{kind: yamlMapping, span: Span{body.Start, min(body.Start+1, body.End)}}
	lines := min(1+bytes.Count(s.plain[body.Start:body.End], []byte{'\n'}), maxRoom)
	root.entries = make([]yamlEntry, 0, lines)
	nodes := room[yamlNode]{size: lines + 2}
	for at := body.Start; at < body.End; {
		end := body.End
		if i := bytes.IndexByte(s.plain[at:end], '\n'); i >= 0 {
			end = at + i
		}
		p := plainLine{text: s.plain[:end], at: at, nodes: &nodes}
		if end-at > maxPlainLine {
			return nil, false
		}
		if !p.restIsBlank() {
			entry, ok := p.entry()
			if !ok || root.entry(entry.key) != nil {
				return nil, false
			}
			if len(root.entries) == 0 {
				root.span = Span{entry.keySpan.Start, entry.keySpan.Start + 1}
			}
			root.entries = append(root.entries, entry)
		}
		at = end + 1
	}
	return root, len(root.entries) > 0
}

// A plainLine reads one line from at to the end of text.
type plainLine struct {
	text  []byte
	at    int
	nodes *room[yamlNode]
}

func (p *plainLine) node(kind yamlKind, span Span) *yamlNode {
	node := p.nodes.one()
	node.kind, node.span = kind, span
	return node
}

// restIsBlank says whether only white space, or a comment behind it, is left.
func (p *plainLine) restIsBlank() bool {
	rest := bytes.TrimLeft(p.text[p.at:], " ")
	if len(rest) == 0 {
		return true
	}
	behindBlank := len(rest) < len(p.text)-p.at || p.at == 0 || p.text[p.at-1] == '\n'
	if rest[0] != '#' || !behindBlank {
		return false
	}
	for _, b := range rest {
		if b < ' ' || b > '~' {
			return false
		}
	}
	return true
}

func (p *plainLine) entry() (e yamlEntry, ok bool) {
	if e.keySpan, ok = p.key(); !ok {
		return e, false
	}
	e.key = string(p.text[e.keySpan.Start:e.keySpan.End])
	if p.restIsBlank() {
		e.value = p.node(yamlEmpty, Span{p.at, p.at})
		return e, true
	}
	if !p.skip(' ') {
		return e, false
	}
	p.blanks()
	e.value, ok = p.value(&plainValue, 0)
	return e, ok && p.restIsBlank()
}

// maxPlainNesting is far below what yaml.v3 is allowed to read.
const maxPlainNesting = 4

// value reads a value in braces or brackets, or a plain one of the bytes in set.
func (p *plainLine) value(set *[256]bool, depth int) (*yamlNode, bool) {
	switch {
	case depth > maxPlainNesting:
		return nil, false
	case p.skip('{'):
		return p.inside(p.node(yamlMapping, Span{p.at - 1, p.at}), '}', depth)
	case p.skip('['):
		return p.inside(p.node(yamlList, Span{p.at - 1, p.at}), ']', depth)
	}
	return p.scalar(set)
}

// key reads a key and its colon. Words that YAML takes for null are left to it.
func (p *plainLine) key() (span Span, ok bool) {
	start := p.at
	for p.at < len(p.text) && plainKey[p.text[p.at]] {
		p.at++
	}
	span = Span{start, p.at}
	return span, p.at > start && !isNull(p.text[start:p.at]) && p.skip(':')
}

// scalar reads a plain value of the bytes in set, which doesn't end with a blank.
func (p *plainLine) scalar(set *[256]bool) (*yamlNode, bool) {
	start := p.at
	if start == len(p.text) || !plainKey[p.text[start]] || p.text[start] == '-' {
		return nil, false
	}
	for p.at < len(p.text) && set[p.text[p.at]] {
		p.at++
	}
	value := bytes.TrimRight(p.text[start:p.at], " ")
	p.at = start + len(value)
	node := p.node(yamlScalar, Span{start, p.at})
	node.text = string(value)
	if isNull(value) {
		node.kind = yamlEmpty
	}
	return node, true
}

// inside reads what is in braces or brackets: {key: value, key: } or [value, value].
func (p *plainLine) inside(node *yamlNode, closing byte, depth int) (_ *yamlNode, ok bool) {
	for {
		p.blanks()
		if p.skip(closing) {
			return node, true
		}
		if node.kind == yamlList {
			item, ok := p.value(&plainInBraces, depth+1)
			if !ok {
				return nil, false
			}
			node.items = append(node.items, item)
		} else if !p.entryInBraces(node, depth) {
			return nil, false
		}
		p.blanks()
		if p.at == len(p.text) || p.text[p.at] != closing && !p.skip(',') {
			return nil, false
		}
	}
}

func (p *plainLine) entryInBraces(node *yamlNode, depth int) bool {
	keySpan, ok := p.key()
	if !ok || !p.skip(' ') {
		return false
	}
	p.blanks()
	entry := yamlEntry{key: string(p.text[keySpan.Start:keySpan.End]), keySpan: keySpan}
	if p.at < len(p.text) && (p.text[p.at] == ',' || p.text[p.at] == '}') {
		entry.value = p.node(yamlEmpty, Span{p.at, p.at})
	} else if entry.value, ok = p.value(&plainInBraces, depth+1); !ok {
		return false
	}
	if node.entry(entry.key) != nil {
		return false
	}
	node.entries = append(node.entries, entry)
	return true
}

func (p *plainLine) blanks() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

func (p *plainLine) skip(b byte) bool {
	if p.at == len(p.text) || p.text[p.at] != b {
		return false
	}
	p.at++
	return true
}

func isNull(word []byte) bool {
	switch string(word) {
	case "null", "Null", "NULL":
		return true
	}
	return false
}

// The bytes of plain keys, of plain values, and of plain values in braces: those
// that mean nothing in YAML wherever they stand.
var (
	plainKey      = byteSet("-_")
	plainValue    = byteSet("-_ ./+@(),'")
	plainInBraces = byteSet("-_./+")
)

// byteSet has ASCII letters, digits and the bytes of more.
func byteSet(more string) (set [256]bool) {
	for b := range set {
		c := byte(b)
		set[b] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || bytes.IndexByte([]byte(more), c) >= 0
	}
	return set
}
