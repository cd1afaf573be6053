package logparse

import "fmt"

// Bounds on a file, far above any log that people write. Markdown that nests
// without end costs a parser the square of its size, or worse; these keep the
// worst file that is let in below a second.
const (
	MaxFileBytes = 1 << 20 // with line ends of one byte each
	maxLines     = 20_000
	maxNesting   = 32      // list and quote markers around one line
	maxMarkers   = 100_000 // of all lines: each is a thing in memory
	maxIndent    = 8 * maxNesting
)

// tooComplex says where and why a file is refused, or "" where it isn't.
func tooComplex(s *Source) (where Span, why string) {
	if len(s.plain) > MaxFileBytes {
		return Span{0, 0}, fmt.Sprintf("the file has %d kB; a log has at most %d kB", len(s.plain)>>10, MaxFileBytes>>10)
	}
	if len(s.lines) > maxLines {
		return Span{0, 0}, fmt.Sprintf("the file has %d lines; a log has at most %d", len(s.lines), maxLines)
	}
	all := 0
	for line := range s.lines {
		span := s.lineSpan(line)
		if markers, indent := lineNesting(s.plain[span.Start:span.End]); markers > maxNesting || indent > maxIndent {
			return Span{span.Start, span.Start + 1}, fmt.Sprintf("this line is nested more than %d deep", maxNesting)
		} else if all += markers; all > maxMarkers {
			return Span{span.Start, span.Start + 1}, fmt.Sprintf("the file has more than %d list and quote markers by this line", maxMarkers)
		}
	}
	return Span{}, ""
}

// lineNesting counts the list and quote markers that a line starts with, and
// the columns of white space before its text.
func lineNesting(line []byte) (markers, indent int) {
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ':
			indent++
			i++
		case c == '\t':
			indent += 4
			i++
		case c == '>':
			markers++
			i++
		case (c == '-' || c == '+' || c == '*') && isMarkerEnd(line, i+1):
			markers++
			i++
		case '0' <= c && c <= '9':
			end := i
			for end < len(line) && '0' <= line[end] && line[end] <= '9' {
				end++
			}
			if end >= len(line) || line[end] != '.' && line[end] != ')' || !isMarkerEnd(line, end+1) {
				return markers, indent
			}
			markers++
			i = end + 1
		default:
			return markers, indent
		}
	}
	return markers, indent
}

func isMarkerEnd(line []byte, i int) bool {
	return i >= len(line) || line[i] == ' ' || line[i] == '\t' || line[i] == '\n'
}
