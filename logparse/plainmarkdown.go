package logparse

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// plainBlocks reads the start of a body as goldmark would, and many times faster,
// as far as it is written like nearly all logs: headings with #, paragraphs,
// comments, and lists with dashes that are nested by two blanks. rest is where the
// first block starts that it leaves to goldmark; a fuzz target holds the two together.
func plainBlocks(s *Source, start int) (blocks []block, rest int) {
	p := plainReader{s: s, end: start, blocks: make([]block, 0, 32)}
	for at := start; at < len(s.plain); {
		next := at + lineLength(s.plain[at:])
		line := s.plain[at:next]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if indent == len(line) || line[indent] == '\n' {
			p.blank = true
			at = next
			continue
		}
		next, ok := p.line(at, indent, next)
		if !ok {
			return p.without(at)
		}
		at, p.end, p.blank = next, next, false
	}
	p.closeBlock()
	return p.blocks, len(s.plain)
}

// A plainReader is in the middle of a body, behind one of its lines.
type plainReader struct {
	s         *Source
	blocks    []block
	paragraph bool    // the last block is one, and can go on
	items     []*Item // that are open, each nested in the one before
	end       int     // of the last line that isn't blank
	blank     bool    // blank lines follow it
}

// without leaves out the block that goes on at a line which can't be read.
func (p *plainReader) without(at int) ([]block, int) {
	last := len(p.blocks) - 1
	if p.paragraph && !p.blank || len(p.items) > 0 {
		return p.blocks[:last], p.blocks[last].span.Start
	}
	p.closeBlock()
	return p.blocks, at
}

// line reads one line that isn't blank, or all of a comment, and says where the
// next one starts.
func (p *plainReader) line(at, indent, next int) (int, bool) {
	text := p.s.plain[at+indent : next]
	switch {
	case indent == 0 && text[0] == '#':
		return next, p.heading(at, text)
	case indent == 0 && bytes.HasPrefix(text, commentStart):
		closed := bytes.Index(p.s.plain[at+2:], []byte("-->"))
		if closed < 0 {
			return 0, false
		}
		p.open(block{span: Span{Start: at}})
		closed += at + 2
		return closed + lineLength(p.s.plain[closed:]), true
	case len(text) > 2 && text[0] == '-' && text[1] == ' ' && startsText(text[2:]):
		return next, indent%2 == 0 && p.item(at+indent, indent/2, text)
	case !startsText(text):
		return 0, false
	case p.paragraph && !p.blank:
		return next, true
	case len(p.items) > 0 && !p.blank:
		it, margin := p.items[len(p.items)-1], 2*len(p.items)
		it.lines = append(it.lines, Span{at + margin, next})
		return next, indent >= margin // else it is anybody's guess whose text it is
	case indent > 0:
		return 0, false
	}
	p.open(block{span: Span{Start: at}, text: true})
	p.paragraph = true
	return next, true
}

func (p *plainReader) heading(at int, text []byte) bool {
	level := len(text) - len(bytes.TrimLeft(text, "#"))
	title := bytes.TrimSpace(text[level:])
	if level > 6 || len(title) == 0 || text[level] != ' ' || title[len(title)-1] == '#' {
		return false
	}
	p.open(block{span: Span{Start: at}, heading: &heading{level, string(title)}})
	return true
}

// item starts an item at a dash; depth is how many it is nested in.
func (p *plainReader) item(at, depth int, text []byte) bool {
	switch {
	case depth > len(p.items):
		return false
	case len(p.items) == 0:
		p.open(block{span: Span{Start: at}})
	}
	p.closeItems(depth)
	it := &Item{Span: Span{Start: at}, Marker: Span{at, at + 1}, Tokens: noTokens}
	it.lines = append(it.firstLine[:0], Span{at + 2, at + len(text)})
	it.readBox(p.s)
	if depth == 0 {
		list := &p.blocks[len(p.blocks)-1]
		list.items = append(list.items, it)
	} else {
		parent := p.items[depth-1]
		parent.Items = append(parent.Items, it)
	}
	p.items = append(p.items, it)
	return true
}

// open starts a block of the top level.
func (p *plainReader) open(b block) {
	p.closeBlock()
	p.blocks = append(p.blocks, b)
}

func (p *plainReader) closeBlock() {
	p.closeItems(0)
	p.paragraph = false
	if n := len(p.blocks); n > 0 {
		p.blocks[n-1].span.End = p.end
	}
}

// closeItems ends all items that are nested in at least so many others.
func (p *plainReader) closeItems(depth int) {
	for _, it := range p.items[depth:] {
		it.Span.End = p.end
	}
	p.items = p.items[:depth]
}

// startsText says whether a line or item that starts so is text for certain: it
// starts with a word, a checkbox, or a mark that never means anything there.
func startsText(text []byte) bool {
	c := text[0]
	switch {
	case plainTextStart[c]:
		return true
	case '0' <= c && c <= '9':
		rest := bytes.TrimLeft(text, "0123456789")
		return len(rest) > 0 && rest[0] != '.' && rest[0] != ')'
	case c == '*' || c == '_': // bold or italic
		rest := bytes.TrimLeft(text, string(text[:1]))
		return len(rest) > 0 && plainTextStart[rest[0]]
	case c >= utf8.RuneSelf:
		r, _ := utf8.DecodeRune(text)
		return unicode.IsLetter(r)
	}
	return false
}

var plainTextStart = [256]bool{'"': true, '\'': true, '(': true, '[': true, '@': true, '^': true, '!': true, '$': true, '&': true, '/': true, ':': true, '?': true, '{': true, '|': true}

func init() {
	for c := byte('a'); c <= 'z'; c++ {
		plainTextStart[c], plainTextStart[c-'a'+'A'] = true, true
	}
}
