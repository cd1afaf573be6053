package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// hideConfidential takes everything confidential out of what is read, before
// anything else looks at the body: no item, message or report can hold what
// isn't there. A heading Confidential hides what is below it. So does a line
// that only reads like one, or that a broken construct has swallowed; those are
// reported, and only a heading of coachlog's that is certain to be one ends them.
func (d *Document) hideConfidential() {
	parts := confidentialParts(d.Source, d.headings, d.report)
	if len(parts) == 0 {
		return
	}
	plain, blocks := bytes.Clone(d.plain), d.blocks
	kept := bytes.Clone(d.kept)
	for _, part := range parts {
		hidden := part.hidden()
		if part.bare && !part.certain { // the whole line may be shown, its end included
			hidden.Start = min(hidden.Start+lineLength(d.kept[hidden.Start:]), hidden.End)
		}
		hidden.End = hidden.Start + len(bytes.TrimRight(d.kept[hidden.Start:hidden.End], " \t\n"))
		d.hidden = append(d.hidden, hidden)
		blank(plain, part.text)
		blank(kept, part.text)
		switch {
		case part.heading:
			d.confidential = append(d.confidential, part)
		case part.certain:
			d.loose = append(d.loose, part.text)
		}
		if !part.certain {
			blocks = nil // read them again, without what the line has swallowed
		}
	}
	next := 0 // of the parts, which are in order
	blocks = slices.DeleteFunc(blocks, func(b block) bool {
		for next < len(parts) && parts[next].text.End <= b.span.Start {
			next++
		}
		return next < len(parts) && parts[next].text.Start <= b.span.Start
	})
	d.plain, d.kept, d.blocks = plain, kept, blocks
}

// blank overwrites a range with blanks; lines and offsets stay as they are.
func blank(plain []byte, span Span) {
	for i := span.Start; i < span.End; i++ {
		if plain[i] != '\n' {
			plain[i] = ' '
		}
	}
}

// A confidentialPart is a range that never leaves its file.
type confidentialPart struct {
	line    Span // the line that says so
	text    Span // what isn't read: without the line where that is a heading for certain
	certain bool
	heading bool // it is certain because the line is a heading
	bare    bool // the line says nothing else, so a message may show it
}

// hidden is what no message may quote.
func (p confidentialPart) hidden() Span {
	if p.bare && !p.certain {
		return Span{p.line.End, max(p.line.End, p.text.End)}
	}
	return Span{p.line.Start, max(p.line.End, p.text.End)}
}

// confidentialParts finds what is confidential in a file. Where a line is no
// heading Confidential, and reads like one, it reports that.
func confidentialParts(s *Source, headings Headings, report func(Diagnostic)) (parts []confidentialPart) {
	raw := *s
	raw.plain = s.kept // with what is in comments
	looks := findLooks(&raw, headings)
	if len(looks) == 0 {
		return nil
	}
	body, readable := frontMatterEnd(s, looks[0])
	f := confidentialFinder{Source: s, headings: headings, blocks: s.blocksFrom(body)}
	for _, look := range looks {
		line := s.LineSpan(look.line + 1)
		if n := len(parts); n > 0 && line.Start < parts[n-1].text.End {
			continue
		}
		part, why := confidentialPart{line: line, bare: look.bare}, ""
		switch {
		case line.Start >= body:
			part.text, why = f.below(line, look)
		case !readable || commentLike(s, line):
			part.text, why = Span{line.Start, len(s.plain)}, "it is in the front matter"
		}
		if part.text.End == 0 {
			continue
		}
		part.certain = why == ""
		part.heading = part.certain && part.text.Start >= line.End // else it is in a comment
		parts = append(parts, part)
		if why != "" {
			report(Diagnostic{Code: "confidential-unclear", Span: line,
				Message: fmt.Sprintf("this is nearly a Confidential heading, but %s; to be safe, %s", why, f.leftOut(part.hidden())),
				Remedy:  remedyFor(look)})
		}
	}
	return parts
}

// leftOut says which lines nobody will read.
func (f confidentialFinder) leftOut(hidden Span) string {
	text := bytes.TrimRight(f.plain[hidden.Start:hidden.End], " \t\n")
	if len(bytes.TrimSpace(text)) == 0 {
		return "what is written below it will be left out"
	}
	first := hidden.Start + len(text) - len(bytes.TrimLeft(text, " \t\n"))
	from, to := f.lineAt(first)+1, f.lineAt(hidden.Start+len(text)-1)+1
	if from == to {
		return fmt.Sprintf("line %d is left out everywhere", from)
	}
	return fmt.Sprintf("lines %d to %d are left out everywhere", from, to)
}

func remedyFor(look look) string {
	if privateWords[look.word] || privatePhrases[look.word] {
		return "write `## Confidential`, or tell coachlog your word for it in coachlog.yaml: `sections: {confidential: [...]}`; if nothing here is confidential, reword the line"
	}
	return "write `## Confidential` on a line of its own, outside of lists, code and comments; if nothing here is confidential, reword the line"
}

// frontMatterEnd is where the body starts, and whether the front matter above it
// can be read, where the first of the lines is in it.
func frontMatterEnd(s *Source, first look) (body int, readable bool) {
	readable = true
	front, body := frontMatterLines(s, func(Diagnostic) { readable = false })
	if readable && s.lines[first.line] < body {
		parseYAML(s, front.body, func(d Diagnostic) { readable = readable && d.Code != "yaml-syntax" })
	}
	return body, readable
}

// commentLike says whether a line of a front matter that can be read is no key
// and no value.
func commentLike(s *Source, line Span) bool {
	text := bytes.TrimLeft(s.plain[line.Start:line.End], " \t")
	return len(text) > 0 && bytes.IndexByte([]byte("#*_<>="), text[0]) >= 0
}

// A confidentialFinder knows the blocks of a file's body.
type confidentialFinder struct {
	*Source
	headings Headings
	blocks   []block
}

// below is what a line makes confidential, and why it is no heading
// Confidential: "" where it is one, or is in a comment with all that it is about.
func (f confidentialFinder) below(line Span, look look) (text Span, why string) {
	// The block that holds the line is the last one that starts before its end.
	i := max(0, sort.Search(len(f.blocks), func(i int) bool { return f.blocks[i].span.Start > line.Start })-1)
	comment, certain := f.obsidianComment(line)
	if certain && !look.marker {
		return Span{line.Start, comment.End}, ""
	}
	if len(f.blocks) == 0 {
		return Span{line.Start, len(f.plain)}, noHeading
	}
	b := f.blocks[i]
	isHeading := b.heading != nil && b.span.Start == f.lineStart(line.Start)
	ends := func(next block) bool { return next.heading.level <= b.heading.level && f.certain(next) }
	switch {
	case b.heading == nil && !look.marker && comment.End == 0 && f.inComment(b.span, look.inside):
		return Span{look.inside, look.inside + bytes.Index(f.plain[look.inside:], []byte("-->"))}, ""
	case isHeading && f.names(b.heading) == Confidential:
		end := f.end(i, ends)
		return Span{min(b.span.End, end), end}, ""
	case isHeading && f.isATX(b):
		text = Span{line.Start, f.end(i, ends)}
		if look.bare {
			text.Start = min(b.span.End, text.End)
		}
		return text, headingFault(look)
	}
	if it := itemAtLine(b.items, line); it != nil && look.item && privateWords[look.word] && (!look.bare || len(it.Items) > 0) {
		return Span{line.Start, it.Span.End}, f.swallowedBy(b, look)
	}
	level := 2 // of the headings around it
	for _, b := range slices.Backward(f.blocks[:i]) {
		if b.heading != nil {
			level = b.heading.level
			break
		}
	}
	if look.level > 0 {
		level = min(level, look.level)
	}
	return Span{line.Start, f.end(i, func(next block) bool {
		return next.heading.level <= level && f.names(next.heading) != OwnSection
	})}, f.swallowedBy(b, look)
}

// itemAtLine is the item that a line starts.
func itemAtLine(items []*Item, line Span) *Item {
	for len(items) > 0 {
		i := sort.Search(len(items), func(i int) bool { return items[i].Span.Start >= line.End }) - 1
		if i < 0 {
			return nil
		}
		if items[i].Span.Start >= line.Start {
			return items[i]
		}
		items = items[i].Items
	}
	return nil
}

// obsidianComment is the comment that a line stands in, where that ends in a
// line of its own: then it is certain that it does.
func (f confidentialFinder) obsidianComment(line Span) (Span, bool) {
	for _, comment := range f.comments {
		if comment.Start <= line.Start && line.Start < comment.End {
			last := f.lineSpan(f.lineAt(comment.End - 1))
			closed := bytes.TrimSpace(f.Text[last.Start:last.End])
			return comment, bytes.Equal(closed, obsidianMark) || last.Start == f.lineStart(comment.Start)
		}
	}
	return Span{}, false
}

// end is where the first heading behind block i stands that ends what block i opens.
func (f confidentialFinder) end(i int, ends func(block) bool) int {
	for _, next := range f.blocks[min(i+1, len(f.blocks)):] {
		if next.heading != nil && ends(next) {
			return next.span.Start
		}
	}
	return len(f.plain)
}

// certain says whether a heading is one for sure: not a paragraph that a line of
// dashes below it has made one by mistake, nor a sentence above a line of =.
func (f confidentialFinder) certain(b block) bool {
	dashes := bytes.HasSuffix(bytes.TrimSpace(f.plain[b.span.Start:b.span.End]), []byte{'-'})
	short := len(strings.Fields(b.heading.title)) <= 3
	return f.isATX(b) || f.names(b.heading) != OwnSection || !dashes && short
}

func (f confidentialFinder) isATX(b block) bool {
	return bytes.HasPrefix(bytes.TrimLeft(f.plain[b.span.Start:b.span.End], " "), []byte{'#'})
}

func (f confidentialFinder) names(h *heading) SectionName {
	return SectionName(f.headings.names(h.title)[0])
}

// inComment says whether a place within a block is in an HTML comment that is
// closed, and that no other was opened in.
func (f confidentialFinder) inComment(b Span, at int) bool {
	if at < b.Start || b.End < at {
		return false
	}
	before, after := f.plain[b.Start:at], f.plain[at:b.End]
	if !bytes.HasPrefix(bytes.TrimLeft(before, " "), []byte("<!--")) || bytes.Count(before, []byte("<!--")) > 1 || bytes.Contains(before, []byte("-->")) {
		return false
	}
	closes, opens := bytes.Index(after, []byte("-->")), bytes.Index(after, []byte("<!--"))
	return closes >= 0 && (opens < 0 || opens > closes)
}

// swallowedBy says in words what keeps a line from being a heading.
func (f confidentialFinder) swallowedBy(b block, look look) string {
	switch text := bytes.TrimSpace(f.plain[b.span.Start:b.span.End]); {
	case len(b.items) > 0:
		return "it is in a list"
	case IsCodeFence(text):
		return "it is in a code block"
	case bytes.HasPrefix(text, []byte("<!--")):
		return "it is in a comment"
	case bytes.HasPrefix(text, []byte(">")):
		return "it is in a quote"
	case look.glued:
		return "a blank is missing after " + strings.Repeat("#", look.level)
	case bytes.HasPrefix(text, []byte("**")), bytes.HasPrefix(text, []byte("__")):
		return "it is bold text, not a heading"
	}
	return noHeading
}

const noHeading = "it isn't a heading; headings start with ##"

// headingFault says what is wrong with the words of a heading.
func headingFault(look look) string {
	switch {
	case privateWords[look.word], privatePhrases[look.word]:
		return "it says " + look.word
	case look.slip || look.word == "":
		return "it is spelled differently"
	}
	return "it says something else as well"
}
