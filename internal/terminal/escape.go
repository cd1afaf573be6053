package terminal

import (
	"fmt"
	"strings"
	"unicode"
)

// Escape makes text from a file or from git safe to show: whatever could move
// the cursor, change colours, set the clipboard or turn the reading order comes
// out as visible text. Line ends and tabs become blanks.
func Escape(text string) string {
	if !strings.ContainsFunc(text, unsafe) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n':
			out.WriteByte(' ')
		case unsafe(r) && r < 0x100:
			fmt.Fprintf(&out, `\x%02x`, r)
		case unsafe(r):
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unsafe finds control characters, C0 and C1, and those that change the order
// in which text is read or that break lines.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 || r == 0xfeff
}

// EscapeLines makes text of several lines safe to show, line by line. The last ends as
// every other does.
func EscapeLines(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(Escape(strings.TrimSuffix(line, "\n")) + "\n")
	}
	return out.String()
}
