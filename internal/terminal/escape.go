package terminal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Escape makes text from a file or from git safe to show on one line: whatever a
// terminal would obey, and whatever nobody could see, comes out as visible text.
// Line ends and tabs become blanks. What coachlog itself dressed up stays so.
func Escape(text string) string {
	if isPlain(text, "") {
		return text
	}
	return EscapeLines(strings.ReplaceAll(strings.ReplaceAll(text, "\n", " "), "\t", " "))
}

// EscapeLines is Escape for text of several lines, which keeps line ends and tabs.
func EscapeLines(text string) string { return escape(text, asText) }

// WriteJSON writes a value as JSON, and leaves <, > and & readable: it is data for programs, not part of
// a page. No text of it can act on a terminal, and all mean what they meant.
func WriteJSON(w io.Writer, value any, indent string) error {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetIndent("", indent)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, escape(text.String(), asJSON))
	return err
}

func escape(text string, as func(r rune, raw string) string) string {
	if isPlain(text, "\n\t") || !strings.ContainsFunc(text, special) && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	before := rune(0)
	for len(text) > 0 {
		if own := cmp.Or(ownSequence(text), regionFlag(text)); own != "" {
			out.WriteString(own)
			text = text[len(own):]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		shown := text[:size]
		text = text[size:]
		after, _ := utf8.DecodeRuneInString(text)
		switch {
		case r == '\r' && after == '\n': // a line end of Windows
			continue
		case r == utf8.RuneError && size == 1 || hidden(before, r, after):
			shown = as(r, shown)
		}
		out.WriteString(shown)
		before = r
	}
	return out.String()
}

func asText(r rune, raw string) string {
	switch {
	case r < 0x100 || len(raw) == 1: // a character, or a byte of none
		return fmt.Sprintf(`\x%02x`, raw[len(raw)-1])
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

func asJSON(r rune, _ string) string {
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// special finds what has to be looked at: control characters, C0 and C1, those that
// change the order in which text is read or that break lines, and those that nobody sees.
func special(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' ' && r != '\n' && r != '\t'
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	}
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

const (
	zeroWidthBlank     = 0x200b
	zeroWidthNonJoiner = 0x200c
	zeroWidthJoiner    = 0x200d
	emojiSelector      = 0xfe0f
)

// hidden says whether a character has to be made visible between two others. Some that
// nobody sees belong to what people write, and stay where they do: in emoji of several
// parts, behind a letter of a script that joins letters, or that sets no blanks between
// words, and behind a letter that has several forms.
func hidden(before, r, after rune) bool {
	switch {
	case !special(r):
		return false
	case r == zeroWidthJoiner && (pictograph(before) || before == emojiSelector) && pictograph(after):
		return false
	case r == zeroWidthJoiner, r == zeroWidthNonJoiner:
		return !beside(before, after, joiningScripts)
	case r == zeroWidthBlank:
		return !beside(before, after, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
	case r == emojiSelector || r == emojiSelector-1:
		return !pictograph(before) && (after != 0x20e3 || !strings.ContainsRune("#*0123456789", before)) // a key
	case unicode.Is(unicode.Variation_Selector, r), r == 0x180e:
		return !unicode.IsLetter(before) || !unicode.In(before, unicode.Han, unicode.Mongolian)
	}
	return true
}

// beside says whether something is behind a character of these scripts, or between one and
// a foreign word or number, as endings of Persian are joined to.
func beside(before, after rune, scripts ...*unicode.RangeTable) bool {
	return unicode.In(before, scripts...) || unicode.In(after, scripts...) && (unicode.IsLetter(before) || unicode.IsDigit(before))
}

// regionFlag is the flag of England, Scotland or Wales at the start of text, or "". Letters
// that nobody sees make it one.
func regionFlag(text string) string {
	for _, flag := range regionFlags {
		if strings.HasPrefix(text, flag) {
			return flag
		}
	}
	return ""
}

var regionFlags = []string{
	"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
	"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
	"🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
}

// joiningScripts are the blocks from Arabic to Myanmar, and those of later scripts of
// their families. By blocks, since their vowel signs are of no script.
var joiningScripts = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0620, Hi: 0x109f, Stride: 1}, {Lo: 0x1700, Hi: 0x18af, Stride: 1}, {Lo: 0x1a00, Hi: 0x1cff, Stride: 1}, {Lo: 0xa800, Hi: 0xabff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x10a00, Hi: 0x11fff, Stride: 1}, {Lo: 0x1e900, Hi: 0x1e95f, Stride: 1}},
}

// pictograph tells what an emoji is made of.
func pictograph(r rune) bool {
	return r > 0x7f && unicode.IsSymbol(r) || r >= 0x1f000 && r <= 0x1faff || strings.ContainsRune("‼⁉〰〽ℹ", r)
}

// A guard is a stream that lets through text and coachlog's own colours, and shows
// everything else as text. Each Write has to hold whole characters.
type guard struct {
	to   io.Writer
	line *atomic.Pointer[Progress] // that makes room
}

func (g guard) Write(text []byte) (int, error) {
	if g.line != nil {
		if p := g.line.Load(); p != nil {
			p.hide(false)
		}
	}
	if _, err := io.WriteString(g.to, strings.ReplaceAll(EscapeLines(string(text)), mark(), "\x1b[")); err != nil {
		return 0, err
	}
	return len(text), nil
}
