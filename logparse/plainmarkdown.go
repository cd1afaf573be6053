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
	p := newPlainReader(s, start)
	for at, n := start, s.lineAt(start); at < len(s.plain); n++ {
		next := s.lineSpan(n).End
		line := s.plain[at:next]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if indent == len(line) || line[indent] == '\n' {
			p.blank = true
			at = next
			continue
		}
		end, ok := p.line(at, indent, next)
		if !ok {
			return p.without(at)
		}
		if end > next { // a comment
			n = s.lineAt(end - 1)
		}
		at, p.end, p.blank = end, end, false
	}
	p.closeBlock()
	return p.blocks, len(s.plain)
}

// A plainReader is in the middle of a body, behind one of its lines.
type plainReader struct {
	s         *Source
	blocks    []block
	paragraph bool       // the last block is one, and can go on
	items     []openItem // each nested in the one before
	closed    []*Item    // of the list, whose parents are open
	end       int        // of the last line that isn't blank
	blank     bool       // blank lines follow it

	itemRoom    room[Item]
	listRoom    room[*Item]
	headingRoom room[heading]
}

// An openItem is one that may have more lines or items.
type openItem struct {
	*Item
	before int // of the closed items, those that aren't nested in it
}

func newPlainReader(s *Source, start int) plainReader {
	items, headings := 0, 0 // no more than these
	for _, at := range s.lines[s.lineAt(start):] {
		for at < len(s.plain) && s.plain[at] == ' ' {
			at++
		}
		switch {
		case at == len(s.plain):
		case s.plain[at] == '-':
			items++
		case s.plain[at] == '#':
			headings++
		}
	}
	items, headings = min(items, maxRoom), min(headings, maxRoom)
	return plainReader{
		s: s, end: start, blocks: make([]block, 0, 2*headings+2), items: make([]openItem, 0, 4), closed: make([]*Item, 0, min(items, 16)),
		itemRoom: room[Item]{size: items}, listRoom: room[*Item]{size: items}, headingRoom: room[heading]{size: headings},
	}
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
	h := p.headingRoom.one()
	h.level, h.title = level, p.s.keep(title)
	p.open(block{span: Span{Start: at}, heading: h})
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
	it := p.itemRoom.one()
	it.Span, it.Marker, it.Tokens = Span{Start: at}, Span{at, at + 1}, noTokens
	it.lines = append(it.firstLine[:0], Span{at + 2, at + len(text)})
	it.readBox(p.s)
	p.items = append(p.items, openItem{it, len(p.closed)})
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
		p.blocks[n-1].items = p.take(0)
	}
}

// closeItems ends all items that are nested in at least so many others.
func (p *plainReader) closeItems(depth int) {
	for len(p.items) > depth {
		last := p.items[len(p.items)-1]
		p.items = p.items[:len(p.items)-1]
		last.Span.End = p.end
		last.Items = p.take(last.before)
		p.closed = append(p.closed, last.Item)
	}
}

// take are the closed items behind the first few.
func (p *plainReader) take(before int) []*Item {
	if len(p.closed) == before {
		return nil
	}
	items := p.listRoom.list(len(p.closed) - before)
	copy(items, p.closed[before:])
	p.closed = p.closed[:before]
	return items
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
