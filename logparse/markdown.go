package logparse

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParser reads the block structure of markdown and no inline content: that
// is never needed here, and it is most of the work. Paragraphs are swapped for
// rawText, which goldmark leaves alone.
var blockParser = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithParagraphTransformers(util.Prioritized(rawParagraphs{}, 0)),
)

// rawText is a paragraph whose text nobody parses further.
type rawText struct{ ast.BaseBlock }

var kindRawText = ast.NewNodeKind("RawText")

func (*rawText) Kind() ast.NodeKind              { return kindRawText }
func (*rawText) IsRaw() bool                     { return true }
func (n *rawText) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type rawParagraphs struct{}

func (rawParagraphs) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	// A paragraph that is taken away can't become an underlined heading.
	if next, _ := reader.PeekLine(); isUnderline(next) {
		return
	}
	raw := &rawText{}
	raw.SetLines(p.Lines())
	raw.SetPos(p.Pos())
	raw.SetBlankPreviousLines(p.HasBlankPreviousLines())
	p.Parent().ReplaceChild(p.Parent(), p, raw)
}

// isUnderline says whether a line makes the paragraph before it a heading.
func isUnderline(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && (line[0] == '-' || line[0] == '=') && len(bytes.Trim(line, string(line[:1]))) == 0
}

// A block is one top-level piece of a file's body.
type block struct {
	span    Span // from its first line's start to the next block, without trailing blank lines
	heading *heading
	items   []*Item // of a list
	text    bool    // a paragraph, table, code or quote: something was written
}

type heading struct {
	level int
	title string
}

// blocksFrom are the blocks of the file's body, which starts at an offset; it is
// read once.
func (s *Source) blocksFrom(start int) []block {
	if s.blocks == nil {
		s.blocks = parseBlocks(s, start)
	}
	return s.blocks
}

// parseBlocks reads the body of a file, from offset start to its end.
func parseBlocks(s *Source, start int) []block {
	blocks, rest := plainBlocks(s, start)
	if rest == len(s.plain) {
		return blocks
	}
	return append(blocks, goldmarkBlocks(s, rest)...)
}

func goldmarkBlocks(s *Source, start int) []block {
	root := blockParser.Parse(text.NewReader(s.plain[start:]))
	b := blockReader{s: s, base: start}
	blocks := make([]block, 0, root.ChildCount())
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		start := s.lineStart(b.start(n, 0))
		out := block{span: Span{start, b.end(n, start, len(s.plain))}}
		switch n := n.(type) {
		case *ast.Heading:
			out.heading = &heading{n.Level, b.title(n)}
		case *ast.List:
			out.items = b.items(n, out.span.Start, len(s.plain))
		case *ast.HTMLBlock:
			// A comment is a prompt or a note to the tool, not something written.
			out.text = !bytes.HasPrefix(bytes.TrimSpace(s.plain[out.span.Start:out.span.End]), []byte("<!--"))
		case *ast.ThematicBreak:
		default:
			out.text = true
		}
		blocks = append(blocks, out)
	}
	return blocks
}

// A blockReader turns goldmark's tree into items with spans in the file.
// goldmark was given the body only, so its offsets lie base too low.
type blockReader struct {
	s    *Source
	base int
}

// start is the first byte of n. goldmark counts the columns of a tab that is
// only partly indentation as bytes, up to three too many; from says where n's
// line, or what is before n on it, allows n to start.
func (b *blockReader) start(n ast.Node, from int) int {
	at := min(b.base+max(n.Pos(), 0), len(b.s.plain))
	from = max(from, b.s.lineStart(at))
	if tab := bytes.LastIndexByte(b.s.plain[min(from, at):at], '\t'); tab >= 0 {
		first := from + tab + 1
		for first < at && b.s.plain[first] == ' ' {
			first++
		}
		if at-first <= 3 {
			return first
		}
	}
	return at
}

// end is where n ends: at the line of what follows it, or at limit, where its
// parent ends; trailing blank lines left out.
func (b *blockReader) end(n ast.Node, start, limit int) int {
	end := limit
	if next := n.NextSibling(); next != nil {
		end = b.s.lineStart(b.start(next, 0))
	}
	for end > start {
		line := b.s.lineAt(end - 1)
		lineStart := b.s.lineSpan(line).Start
		if lineStart <= start || !b.s.isBlank(line) {
			break
		}
		end = lineStart
	}
	return max(start, end)
}

func (b *blockReader) title(n *ast.Heading) string {
	var title []byte
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		title = append(append(title, ' '), line.Value(b.s.plain[b.base:])...)
	}
	return string(bytes.TrimSpace(title))
}

// items reads a list. from is where its first line allows it to start: behind
// the marker of the item that it is nested in.
func (b *blockReader) items(list *ast.List, from, limit int) []*Item {
	end := b.end(list, from, limit)
	items := make([]*Item, 0, list.ChildCount())
	room := make([]Item, list.ChildCount())
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		start := b.marker(b.start(n, from))
		item := &room[len(items)]
		item.Tokens, item.Span = noTokens, Span{start, b.end(n, start, end)}
		item.Marker = Span{start, start + b.markerLength(start)}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *rawText, *ast.Paragraph, *ast.TextBlock:
				if c == n.FirstChild() {
					b.readText(item, c.Lines())
				}
			case *ast.List:
				item.Items = append(item.Items, b.items(c, item.Marker.End, item.Span.End)...)
			}
		}
		items = append(items, item)
	}
	return items
}

// marker is at, or the marker up to three bytes before it: an empty item behind
// a tab can be so short that goldmark's place for it lies behind its line.
func (b *blockReader) marker(at int) int {
	for back := range 4 {
		if p := at - back; p >= 0 && p < len(b.s.plain) && strings.IndexByte("-*+0123456789", b.s.plain[p]) >= 0 {
			return p
		}
	}
	return min(at, len(b.s.plain)-1)
}

func (b *blockReader) markerLength(at int) int {
	n := 1
	if c := b.s.plain[at]; '0' <= c && c <= '9' {
		for at+n < len(b.s.plain) && b.s.plain[at+n] != '.' && b.s.plain[at+n] != ')' {
			n++
		}
		n++
	}
	return n
}

// readText keeps where the item's own text stands, and reads its checkbox.
func (b *blockReader) readText(item *Item, lines *text.Segments) {
	item.lines = item.firstLine[:0]
	for i := range lines.Len() {
		line := lines.At(i)
		item.lines = append(item.lines, Span{b.base + line.Start, b.base + line.Stop})
	}
	item.readBox(b.s)
}
