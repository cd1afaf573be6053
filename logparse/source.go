package logparse

import (
	"bytes"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// A Span is a range of bytes in a file: Start is the first, End is one past the
// last. Both count from the start of the file, a byte-order mark included.
type Span struct{ Start, End int }

// A Position is a place in a file as an editor shows it. Line and Column start
// at 1; Column counts characters (Unicode code points), a byte-order mark not
// included.
type Position struct{ Line, Column int }

// A Source is the text of one file.
type Source struct {
	Path string // as the caller names the file; slashes, relative to the logbook where it is in one
	Text []byte // every byte of the file, never changed

	plain    []byte           // Text with each CR as a blank or LF, and blanks for what isn't read, so that offsets stay the same
	kept     []byte           // plain with Obsidian's comments in it, for copies
	bom      int              // length of the byte-order mark: 0 or 3
	lines    []int            // offset of each line's first byte
	comments []Span           // of Obsidian's
	hidden   []Span           // confidential text: never shown
	texts    *strings.Builder // see keep
	blocks   []block          // of the body, where it was read already
	bare     bool             // nothing in plain starts a comment or code
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func newSource(path string, text []byte) *Source {
	s := &Source{Path: path, Text: text, plain: plainLines(text)}
	if bytes.HasPrefix(text, byteOrderMark) {
		s.bom = len(byteOrderMark)
	}
	s.lines = make([]int, 1, 1+bytes.Count(s.plain, []byte{'\n'}))
	for at := 0; ; {
		i := bytes.IndexByte(s.plain[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		s.lines = append(s.lines, at)
	}
	s.bare = !bytes.Contains(s.plain, commentStart) && !bytes.Contains(s.plain, backticks) && !bytes.Contains(s.plain, tildes)
	return s
}

// plainLines returns text with LF line ends and every byte at its old offset:
// CRLF becomes blank and LF, a lone CR becomes LF.
func plainLines(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	plain := bytes.Clone(text)
	for i, b := range plain {
		switch {
		case b != '\r':
		case i+1 < len(plain) && plain[i+1] == '\n':
			plain[i] = ' '
		default:
			plain[i] = '\n'
		}
	}
	return plain
}

// Position is the line and column of a byte offset.
func (s *Source) Position(offset int) Position {
	offset = min(max(offset, 0), len(s.plain))
	line := s.lineAt(offset)
	start := s.lines[line]
	if line == 0 {
		start = min(s.bom, offset)
	}
	return Position{Line: line + 1, Column: utf8.RuneCount(s.plain[start:offset]) + 1}
}

// Line is the text of a line (the first is 1) without its line end, and whether
// it may be shown: confidential lines may not, and come back empty.
func (s *Source) Line(number int) (text string, ok bool) {
	if number < 1 || number > len(s.lines) {
		return "", false
	}
	span := s.lineSpan(number - 1)
	if s.isHidden(span) {
		return "", false
	}
	return string(bytes.TrimRight(s.Text[span.Start:span.End], " \r\n")), true
}

// isHidden says whether a range holds confidential text.
func (s *Source) isHidden(span Span) bool {
	return slices.ContainsFunc(s.hidden, func(h Span) bool { return span.Start < h.End && h.Start < span.End })
}

// LineCount is the number of lines; text after the last line end is a line.
func (s *Source) LineCount() int {
	if s.lines[len(s.lines)-1] == len(s.plain) {
		return len(s.lines) - 1
	}
	return len(s.lines)
}

// textLines goes through the lines of a part of the file that are neither code nor in
// a comment, each with its place.
func (s *Source) textLines(part Span) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) { s.visitLines(part, yield) }
}

var backticks, tildes = []byte("```"), []byte("~~~")

func (s *Source) visitLines(part Span, yield func(int, []byte) bool) {
	fence, comment := byte(0), false
	n := s.lineAt(part.Start)
	for at := part.Start; at < part.End; n++ {
		start := at
		at = s.lineSpan(n).End
		line := s.plain[start:at]
		if !s.bare {
			text := bytes.Trim(line, " \t\n>")
			opens := bytes.HasPrefix(text, backticks) || bytes.HasPrefix(text, tildes)
			opened := bytes.LastIndex(line, commentStart)
			switch {
			case comment:
				comment = !bytes.Contains(line, commentEnd)
				continue
			case fence != 0:
				if opens && len(bytes.Trim(text, string(fence))) == 0 {
					fence = 0
				}
				continue
			case opens:
				fence = text[0]
				continue
			case opened >= 0:
				comment = !bytes.Contains(line[opened:], commentEnd)
				if bytes.HasPrefix(text, commentStart) {
					continue
				}
			}
		}
		if !yield(start, line) {
			return
		}
	}
}

// lineAt is the index of the line that holds offset.
func (s *Source) lineAt(offset int) int {
	return sort.SearchInts(s.lines, offset+1) - 1
}

// lineSpan is the line's text with its line end, without a byte-order mark.
func (s *Source) lineSpan(line int) Span {
	span := Span{s.lines[line], len(s.plain)}
	if line == 0 {
		span.Start = s.bom
	}
	if line+1 < len(s.lines) {
		span.End = s.lines[line+1]
	}
	return span
}

// lineStart is the offset at which the line of offset starts.
func (s *Source) lineStart(offset int) int {
	return s.lineSpan(s.lineAt(offset)).Start
}

// eol is the line end that the file uses: that of its first line.
func (s *Source) eol() string {
	switch i := bytes.IndexAny(s.Text, "\r\n"); {
	case i < 0 || s.Text[i] == '\n':
		return "\n"
	case i+1 < len(s.Text) && s.Text[i+1] == '\n':
		return "\r\n"
	default:
		return "\r"
	}
}

func (s *Source) isBlank(line int) bool {
	span := s.lineSpan(line)
	return len(bytes.TrimSpace(s.plain[span.Start:span.End])) == 0
}

// LineSpan is the place of a line's text (the first is 1), without its line end.
func (s *Source) LineSpan(number int) Span {
	span := s.lineSpan(min(max(number, 1), len(s.lines)) - 1)
	span.End = span.Start + len(bytes.TrimRight(s.plain[span.Start:span.End], " \n"))
	return span
}
