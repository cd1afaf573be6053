package logparse

import "bytes"

// maxPlainLine is as long as the fast path takes a line to be; yaml.v3 has rules
// of its own for words of more than a thousand bytes.
const maxPlainLine = 1000

// parsePlainYAML reads front matter as nearly everybody writes it: lines of
// `key: value`, the value plain or a mapping of plain values in braces, with
// comments. ok is false where anything else stands there, for yaml.v3 to read:
// this is only its fast path, and a fuzz target holds the two together.
func parsePlainYAML(s *Source, body Span) (root *yamlNode, ok bool) {
	root = &yamlNode{kind: yamlMapping, span: Span{body.Start, min(body.Start+1, body.End)}}
	root.entries = make([]yamlEntry, 0, 12)
	for at := body.Start; at < body.End; {
		end := body.End
		if i := bytes.IndexByte(s.plain[at:end], '\n'); i >= 0 {
			end = at + i
		}
		p := plainLine{text: s.plain[:end], at: at}
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
	text []byte
	at   int
}

// restIsBlank says whether only white space, or a comment behind it, is left.
func (p *plainLine) restIsBlank() bool {
	rest := bytes.TrimLeft(p.text[p.at:], " ")
	if len(rest) == 0 {
		return true
	}
	behindBlank := len(rest) < len(p.text)-p.at || p.at == 0 || p.text[p.at-1] == '\n'
	return rest[0] == '#' && behindBlank && !bytes.ContainsFunc(rest, func(r rune) bool { return r < ' ' || r > '~' })
}

func (p *plainLine) entry() (e yamlEntry, ok bool) {
	if e.keySpan, ok = p.key(); !ok {
		return e, false
	}
	e.key = string(p.text[e.keySpan.Start:e.keySpan.End])
	if p.restIsBlank() {
		e.value = &yamlNode{kind: yamlEmpty, span: Span{p.at, p.at}}
		return e, true
	}
	if !p.skip(' ') {
		return e, false
	}
	p.blanks()
	if p.at < len(p.text) && p.text[p.at] == '{' {
		e.value, ok = p.braces()
	} else {
		e.value, ok = p.scalar(&plainValue)
	}
	return e, ok && p.restIsBlank()
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
	node := &yamlNode{kind: yamlScalar, text: string(value), span: Span{start, p.at}}
	if isNull(value) {
		node.kind = yamlEmpty
	}
	return node, true
}

// braces reads {key: value, key: }.
func (p *plainLine) braces() (*yamlNode, bool) {
	node := &yamlNode{kind: yamlMapping, span: Span{p.at, p.at + 1}}
	p.at++
	for {
		p.blanks()
		if p.skip('}') {
			return node, true
		}
		keySpan, ok := p.key()
		if !ok || !p.skip(' ') {
			return nil, false
		}
		p.blanks()
		entry := yamlEntry{key: string(p.text[keySpan.Start:keySpan.End]), keySpan: keySpan}
		if p.at < len(p.text) && (p.text[p.at] == ',' || p.text[p.at] == '}') {
			entry.value = &yamlNode{kind: yamlEmpty, span: Span{p.at, p.at}}
		} else if entry.value, ok = p.scalar(&plainInBraces); !ok {
			return nil, false
		}
		if node.entry(entry.key) != nil {
			return nil, false
		}
		node.entries = append(node.entries, entry)
		p.blanks()
		if p.at == len(p.text) || p.text[p.at] != '}' && !p.skip(',') {
			return nil, false
		}
	}
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
