package logparse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// oddBlanks are characters that look like a blank, or like nothing, and aren't
// what people mean to type: they come along when text is pasted.
var oddBlanks = map[rune]string{
	0x85: "next-line character", 0xa0: "no-break space", 0xad: "soft hyphen", 0x1680: "ogham space", 0x2000: "en quad", 0x2001: "em quad",
	0x2002: "en space", 0x2003: "em space", 0x2004: "three-per-em space", 0x2005: "four-per-em space", 0x2006: "six-per-em space",
	0x2007: "figure space", 0x2008: "punctuation space", 0x2009: "thin space", 0x200a: "hair space", 0x200b: "zero-width space",
	0x200c: "zero-width non-joiner", 0x200d: "zero-width joiner", 0x200e: "left-to-right mark", 0x200f: "right-to-left mark",
	0x2028: "line separator", 0x2029: "paragraph separator", 0x202f: "narrow no-break space", 0x205f: "mathematical space",
	0x2060: "word joiner", 0x3000: "ideographic space", 0xfeff: "zero-width no-break space",
}

func isOddBlank(r rune) bool { return r >= 0x85 && oddBlanks[r] != "" }

func isAnyBlank(r rune) bool { return r <= ' ' || isOddBlank(r) || unicode.IsSpace(r) }

// nameOddBlank names the first odd blank of a text, as in "a no-break space
// (U+00A0)"; "" where it has none.
func nameOddBlank(text string) string {
	if isASCII(text) {
		return ""
	}
	at := strings.IndexFunc(text, isOddBlank)
	if at < 0 {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	article := "a"
	if strings.IndexByte("aeio", oddBlanks[r][0]) >= 0 {
		article = "an"
	}
	return fmt.Sprintf("%s %s (U+%04X)", article, oddBlanks[r], r)
}

// plainBlanks is a text with odd blanks as plain ones, and without those around it.
func plainBlanks(text string) string {
	if isASCII(text) {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case isOddBlank(r):
			return -1
		}
		return r
	}, text))
}
