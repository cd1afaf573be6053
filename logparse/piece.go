package logparse

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// A PieceKind says what a piece of a file is.
type PieceKind int

// The kinds of pieces.
const (
	FilePiece    PieceKind = iota
	FrontPiece             // the front matter, or one of its two fences
	KeyPiece               // a top-level key with its value
	EntryPiece             // a key with its value within the value of another: {josh: 2026-07-06}
	SectionPiece           // a heading and all below it, deeper headings included
	HeadingPiece           // the heading itself
	ItemPiece              // a list item and all nested in it
	HeadPiece              // an item's own line or lines
	WordPiece              // a part of a head: the state, the text or a token
	TablePiece             // a table
	RowPiece               // a line of one
	ProsePiece             // lines that mean nothing to coachlog
	LayoutPiece            // bullets, indentation and blanks: what nobody agreed to
)

// A Piece is a part of a file that can change on its own. A file is made of
// pieces without rest: each is its gap, then its text; and its text is its
// parts, where it has any.
type Piece struct {
	Kind  PieceKind
	Names []string // what it is known by among its siblings, the surest first; "" for none
	Gap   string   // blank lines or blanks before it
	Text  string
	Parts []Piece
}

// Pieces takes a markdown file apart, for a merge. ok is false for a file whose
// structure can't be relied on.
func Pieces(path string, text []byte, headings Headings) (file Piece, ok bool) {
	d := &Document{Source: newSource(path, text), headings: headings}
	if !d.readable() || len(findConflicts(d.Source)) > 0 {
		return file, false
	}
	ok = true
	broken := func(Diagnostic) { ok = false }
	front, body := frontMatterLines(d.Source, broken)
	var root *yamlNode
	if front.Span.End > 0 {
		root = parseYAML(d.Source, front.body, broken)
		ok = ok && root != nil && root.kind == yamlMapping
	}
	if !ok {
		return file, false
	}
	p := &piecer{Source: d.Source, headings: headings}
	if root != nil {
		file.Parts = append(file.Parts, p.front(front, root))
	}
	file.Parts, _ = p.section(file.Parts, parseBlocks(d.Source, body), 0)
	file.Parts = append(file.Parts, p.take(LayoutPiece, len(d.Text), "end"))
	file.Text = string(text)
	return file, true
}

// A piecer cuts one piece after the other off a file.
type piecer struct {
	*Source
	headings Headings
	at       int // where the next piece starts
}

// take is the piece from here to end, without a gap.
func (p *piecer) take(kind PieceKind, end int, names ...string) Piece {
	end = max(end, p.at)
	piece := Piece{Kind: kind, Names: names, Text: string(p.Text[p.at:end])}
	p.at = end
	return piece
}

// after is the piece from here to end, with what is written from gap on before it.
func (p *piecer) after(gap int, kind PieceKind, end int, names ...string) Piece {
	before := string(p.Text[gap:p.at])
	piece := p.take(kind, end, names...)
	piece.Gap = before
	return piece
}

// blankLines passes the blank lines from here on, before end.
func (p *piecer) blankLines(end int) (gap string) {
	start := p.at
	for p.at < end && p.isBlank(p.lineAt(p.at)) {
		p.at = min(end, p.lineSpan(p.lineAt(p.at)).End)
	}
	return string(p.Text[start:p.at])
}

// prose adds what is written from here to end as a piece of its own, and leaves
// the blank lines behind it to what follows.
func (p *piecer) prose(parts []Piece, end int) []Piece {
	gap := p.at
	p.blankLines(end)
	written := bytes.TrimRightFunc(p.plain[p.at:max(p.at, end)], unicode.IsSpace)
	if len(written) == 0 {
		p.at = gap
		return parts
	}
	return p.text(parts, gap, p.lineEnd(p.at+len(written)-1, end))
}

// compound is a piece whose parts fill adds, with the blank lines before it as
// its gap; start is where it can begin.
func (p *piecer) compound(kind PieceKind, start int, names []string, fill func() []Piece) Piece {
	piece := Piece{Kind: kind, Names: names, Gap: p.blankLines(start)}
	from := p.at
	piece.Parts = fill()
	piece.Text = string(p.Text[from:p.at])
	return piece
}

// front takes the front matter apart where each key starts a line of its own.
func (p *piecer) front(front FrontMatter, root *yamlNode) Piece {
	starts := make([]int, 0, len(root.entries)+1)
	for _, e := range root.entries {
		start := p.lineStart(e.keySpan.Start)
		if len(bytes.TrimSpace(p.plain[start:e.keySpan.Start])) > 0 || len(starts) > 0 && start <= starts[len(starts)-1] {
			starts = nil
			break
		}
		starts = append(starts, start)
	}
	return p.compound(FrontPiece, front.Span.Start, []string{"front matter"}, func() []Piece {
		parts := []Piece{p.take(FrontPiece, front.body.Start, "opened")}
		for i, start := range starts {
			parts = p.prose(parts, start)
			end := front.body.End
			if i+1 < len(starts) {
				end = starts[i+1]
			}
			parts = append(parts, p.key(root.entries[i], start, p.withoutComments(start, end)))
		}
		parts = p.prose(parts, front.body.End)
		gap := p.at
		p.blankLines(front.body.End)
		return append(parts, p.after(gap, FrontPiece, front.Span.End, "closed"))
	})
}

// key takes a key's value apart where that is keys and values, or a list.
func (p *piecer) key(e yamlEntry, start, end int) Piece {
	return p.compound(KeyPiece, start, []string{e.key}, func() []Piece {
		entries, names := valueEntries(e.value)
		inBraces := len(entries) > 0 && p.inBraces(e.value, entries, end)
		if len(entries) == 0 || !inBraces && !p.onLines(e.value, entries, end) {
			p.at = end
			return nil
		}
		opened := entries[0].Start
		if inBraces {
			opened = e.value.span.Start + 1
		}
		parts := []Piece{p.take(WordPiece, opened, "opened")}
		for i, span := range entries {
			gap := p.at
			p.at = span.Start
			parts = append(parts, p.after(gap, EntryPiece, span.End, names[i]))
		}
		if inBraces {
			parts = append(parts, p.take(WordPiece, end, "closed"))
		}
		return parts
	})
}

// valueEntries are a mapping's keys each with one value, or a list's values; none of
// any other value.
func valueEntries(value *yamlNode) (entries []Span, names []string) {
	for _, e := range value.entries {
		if e.value.kind != yamlScalar {
			return nil, nil
		}
		entries, names = append(entries, Span{e.keySpan.Start, e.value.span.End}), append(names, e.key)
	}
	for _, item := range value.items {
		if item.kind != yamlScalar {
			return nil, nil
		}
		entries, names = append(entries, item.span), append(names, item.text)
	}
	return entries, names
}

// onLines makes entries that have a line each be these lines; it is false of others.
func (p *piecer) onLines(value *yamlNode, entries []Span, end int) bool {
	dash := ""
	if value.kind != yamlMapping {
		dash = "-"
	}
	for i := range entries {
		start := p.lineStart(entries[i].Start)
		if start <= p.at || strings.TrimSpace(string(p.plain[start:entries[i].Start])) != dash || i > 0 && start <= entries[i-1].Start {
			return false
		}
		if i > 0 {
			entries[i-1].End = start
		}
		entries[i] = Span{start, end}
	}
	return true
}

// inBraces says whether the entries are written in braces, or brackets, on one line.
func (p *piecer) inBraces(value *yamlNode, entries []Span, end int) bool {
	opens, closes := byte('{'), []byte{'}'}
	if value.kind != yamlMapping {
		opens, closes = '[', []byte{']'}
	}
	if p.plain[value.span.Start] != opens || bytes.Contains(p.plain[value.span.Start:end-1], []byte{'\n'}) {
		return false
	}
	at, between := value.span.Start+1, ""
	for _, e := range entries {
		if e.Start < at || strings.TrimSpace(string(p.plain[at:e.Start])) != between {
			return false
		}
		at, between = e.End, ","
	}
	return at <= end && bytes.HasPrefix(bytes.TrimLeft(p.plain[at:end], " ,"), closes)
}

// withoutComments is end, or where the comments and blank lines before it start.
func (p *piecer) withoutComments(start, end int) int {
	for end > start {
		line := p.lineSpan(p.lineAt(end - 1))
		if !p.isBlank(p.lineAt(end-1)) && p.plain[line.Start] != '#' || line.Start <= start {
			break
		}
		end = line.Start
	}
	return end
}

// section adds what is below a heading of the level, up to the next one that
// isn't deeper, and returns the blocks that are left.
func (p *piecer) section(parts []Piece, blocks []block, level int) ([]Piece, []block) {
	for len(blocks) > 0 {
		b := blocks[0]
		if b.heading == nil {
			for _, it := range b.items {
				parts = p.item(parts, it)
			}
			blocks = blocks[1:]
			continue
		}
		parts = p.prose(parts, b.span.Start)
		if b.heading.level <= level {
			return parts, blocks
		}
		parts = append(parts, p.compound(SectionPiece, b.span.Start, p.headings.names(b.heading.title), func() []Piece {
			var below []Piece
			below, blocks = p.section([]Piece{p.take(HeadingPiece, b.span.End, "heading")}, blocks[1:], b.heading.level)
			return below
		}))
	}
	return p.prose(parts, len(p.Text)), nil
}

// names are what a section is known by: one that coachlog knows, whatever the
// language of its heading; else the heading.
func (h Headings) names(title string) []string {
	title = NormalTitle(title)
	if name, ok := h.own[title]; ok {
		return []string{string(name)}
	}
	for _, set := range []sectionSet{sessionSections(), planSections(), preparationSections()} {
		if name, ok := set.names[title]; ok {
			return []string{string(name)}
		}
	}
	return []string{"", title}
}

// item adds a list item, and the prose before it.
func (p *piecer) item(parts []Piece, it *Item) []Piece {
	start := p.lineStart(it.Span.Start)
	parts = p.prose(parts, start)
	head := p.lineSpan(p.lineAt(it.Marker.End - 1)).End
	if n := len(it.lines); n > 0 {
		head = max(head, p.lineSpan(p.lineAt(max(it.lines[n-1].End-1, it.Marker.Start))).End)
	}
	if p.at > start || head > it.Span.End || len(it.Items) > 0 && p.lineStart(it.Items[0].Span.Start) < head {
		return p.prose(parts, it.Span.End) // two items on one line
	}
	words, text, roles := it.split(p.Source)
	names := []string{"", it.NormalText}
	for _, word := range words[text:] {
		if id, isID := strings.CutPrefix(unescaped(string(p.plain[word.Start:word.End])), "^"); names[0] == "" && isID && IsID(id) {
			names[0] = NormalID(id)
		}
	}
	return append(parts, p.compound(ItemPiece, start, names, func() []Piece {
		below := []Piece{p.compound(HeadPiece, start, []string{"head"}, func() []Piece { return p.head(it, words, text, roles, head) })}
		for _, child := range it.Items {
			below = p.item(below, child)
		}
		return p.prose(below, it.Span.End)
	}))
}

// split finds the words of an item's text and sets it; those from text on are
// tokens, of whatever kind of file.
func (it *Item) split(s *Source) (words []Span, text int, roles []tailWord) {
	words = it.words(s, nil)
	text, roles = s.tail(words, func(word []byte) bool { return anyToken.tokenKind(word) != nil })
	it.setText(s, shownWords(slices.Clone(words), text, roles))
	it.NormalText = normalWords(it.Text)
	return words, text, roles
}

// anyToken knows the tokens of whatever kind of file.
var anyToken = itemReader{tokens: slices.Concat(sessionTokens, planTokens)}

func tokenPrefix(word []byte) string {
	if kind := anyToken.tokenKind(word); kind != nil {
		return kind.prefix
	}
	return ""
}

// head takes an item's own lines apart.
func (p *piecer) head(it *Item, words []Span, text int, roles []tailWord, end int) []Piece {
	parts := []Piece{p.take(LayoutPiece, it.Marker.End, "bullet")}
	add := func(name string, span Span) {
		gap := p.at
		for p.at < span.Start && blankLength(p.plain[p.at:span.Start]) > 0 {
			p.at += blankLength(p.plain[p.at:span.Start])
		}
		if rest := bytes.TrimSpace(p.plain[p.at:span.Start]); len(rest) > 0 { // a comment
			parts = append(parts, p.after(gap, WordPiece, p.at+len(rest), "comment"))
			gap = p.at
		}
		p.at = span.Start
		parts = append(parts, p.after(gap, WordPiece, span.End, name))
	}
	if it.IsTask() {
		add("[", Span{it.Box.Start - 1, it.Box.Start})
		add("state", it.Box)
		add("]", Span{it.Box.End, it.Box.End + 1})
	}
	if text > 0 {
		add("text", Span{words[0].Start, words[text-1].End})
	}
	tail := words[text:]
	for i := 0; i < len(tail); i++ {
		name, word := tokenPrefix(p.plain[tail[i].Start:tail[i].End]), tail[i]
		if roles != nil && roles[i] != tokenWord { // signs of one kind are one word
			name = string(p.plain[word.Start:word.End])
			for i+1 < len(tail) && roles[i+1] == roles[i] {
				i++
			}
			word.End = tail[i].End
		}
		add(name, word)
	}
	add("line end", Span{end, end})
	last := &parts[len(parts)-1]
	last.Kind, last.Text, last.Gap = LayoutPiece, last.Gap, ""
	return parts
}
