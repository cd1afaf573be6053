package logparse

import (
	"bytes"

	"github.com/coachlog/coachlog/internal/pattern"
)

var obsidianMark = []byte("%%")

// skipComments makes Obsidian's comments, %%like this%%, be read as HTML comments:
// their text is in nothing that is read. One that starts a line ends with a line that ends in %%; any
// other ends in its own paragraph. A mark without a second one is text.
func (s *Source) skipComments(body int) {
	s.kept, s.comments = s.plain, nil
	if !bytes.Contains(s.plain[body:], obsidianMark) {
		return
	}
	plain := bytes.Clone(s.plain)
	skip := func(start, end int) {
		if start < end {
			s.comments = append(s.comments, Span{start, end})
			comment(plain[start:end])
		}
	}
	fence := byte(0) // what opened the code block that the line is in
	unended := false // no line further down ends a comment
	for at := body; at < len(plain); {
		end := at + lineLength(plain[at:])
		text := bytes.TrimLeft(plain[at:end], " \t")
		opens := IsCodeFence(text)
		switch {
		case opens && fence == 0:
			fence = text[0]
		case opens && fence == text[0]:
			fence = 0
		case fence != 0:
		case bytes.HasPrefix(text, obsidianMark) && !unended:
			start := end - len(text)
			length := len(bytes.TrimRight(blockComment().Find(plain[start:]), " \t"))
			skip(start, start+length)
			unended = length == 0
			end = max(end, start+length)
		default:
			for start := bytes.Index(plain[at:end], obsidianMark); start >= 0; start = bytes.Index(plain[at:end], obsidianMark) {
				length := inlineComment(plain[at+start:])
				if length == 0 {
					break
				}
				skip(at+start, at+start+length)
				end = max(end, at+start+length)
			}
		}
		at = end
	}
	s.plain, s.blocks, s.bare = plain, nil, false
}

// comment overwrites a text with an HTML comment that takes as many bytes and
// lines or, where its first or last line has no room for that, with blanks.
func comment(text []byte) {
	first := lineLength(text)
	last := bytes.LastIndexByte(text, '\n') + 1
	const opened, closed = "<!--", "-->"
	if first < len(opened)+1 || len(text)-last < len(closed) || len(text) < len(opened+closed) {
		blank(text, Span{0, len(text)})
		return
	}
	for i, b := range text {
		if b != ' ' && b != '\t' && b != '\n' {
			text[i] = 'x'
		}
	}
	copy(text, opened)
	copy(text[len(text)-len(closed):], closed)
}

func lineLength(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// blockComment is a comment that starts a line: to the %% that ends a line, or that ends it
// on its first line.
var blockComment = pattern.Of(`(?m)\A%%(?:.*?%%|(?s:.*?)%%[ \t]*$)`)

// inlineComment is the length of the comment that text starts with, which ends
// before a blank line.
func inlineComment(text []byte) int {
	end := bytes.Index(text[len(obsidianMark):], obsidianMark) + len(obsidianMark)
	if end < len(obsidianMark) || blankLine().Match(text[:end]) {
		return 0
	}
	return end + len(obsidianMark)
}

var blankLine = pattern.Of(`\n[\s\v\pZ\x{85}]*\n`)
