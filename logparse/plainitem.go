package logparse

import (
	"bytes"
	"slices"
	"strings"
)

// Nearly all items are one line of words with one blank between two, in which nothing is a comment, a token,
// another tool's sign or emphasis, and the tokens are behind them. Such items are read here, many
// times faster; all others word by word. A fuzz target holds the two together.

// setPlainText sets the text of a plain item in which tokens mean nothing; it is false of others.
func (it *Item) setPlainText(s *Source) bool {
	text, ok := it.onlyLine(s)
	if !ok || !isPlainText(s.plain[text.Start:text.End], oddByte) {
		return false
	}
	it.keepText(string(s.plain[text.Start:text.End]), text)
	return true
}

// maxPlainTokens is how many tokens are read here.
const maxPlainTokens = 8

// readPlainTokens is readTokens for a plain item; it is false of others, and reads nothing then.
func (p *itemReader) readPlainTokens(it *Item) bool {
	text, ok := it.onlyLine(p.Source)
	if !ok {
		return false
	}
	var few [maxPlainTokens]plainToken
	tokens := few[:0]
	for text.Start < text.End {
		span := Span{text.Start + bytes.LastIndexByte(p.plain[text.Start:text.End], ' ') + 1, text.End}
		word := p.plain[span.Start:span.End]
		kind := p.tokenKind(word)
		if kind == nil {
			break
		}
		if len(tokens) == maxPlainTokens || !isPlainToken(word) {
			return false
		}
		tokens = append(tokens, plainToken{kind, span})
		for text.End = span.Start; text.End > text.Start && p.plain[text.End-1] == ' '; {
			text.End--
		}
	}
	if !isPlainText(p.plain[text.Start:text.End], oddByte|markByte) {
		return false
	}
	words := string(p.plain[text.Start:text.End])
	small := strings.ToLower(strings.TrimRight(words, ". "))
	if strings.Contains(small, "due ") { // and a day
		return false
	}
	if len(tokens) > 0 {
		it.Tokens = p.tokenRoom.one()
		it.RareTokens = noRareTokens
	}
	for _, token := range slices.Backward(tokens) {
		token.kind.read(p, it, p.word(token.span), token.span)
	}
	it.keepText(words, text)
	it.NormalText = small
	return true
}

type plainToken struct {
	kind *tokenKind
	span Span
}

// onlyLine is the item's text without the blanks around it; ok is false where it has several lines.
func (it *Item) onlyLine(s *Source) (text Span, ok bool) {
	if len(it.lines) != 1 {
		return text, false
	}
	text = it.lines[0]
	for text.Start < text.End && s.plain[text.Start] == ' ' {
		text.Start++
	}
	for text.End > text.Start && (s.plain[text.End-1] == ' ' || s.plain[text.End-1] == '\n') {
		text.End--
	}
	return text, true
}

func (it *Item) keepText(text string, at Span) {
	if text != "" {
		it.Text, it.TextSpan = text, at
	}
}

// What a byte can be in the text of an item.
const (
	oddByte   = 1 << iota // of a comment, or of white space but a blank
	markByte              // of a token, a sign or emphasis
	blankMark             // a blank, two of which are one,
	dashMark              // or a dash, two of which are too
)

var textBytes = func() (set [256]byte) {
	for b := range set {
		switch {
		case b < ' ' || b > '~' || b == '<':
			set[b] = oddByte
		case b == ' ':
			set[b] = blankMark
		case b == '-':
			set[b] = dashMark
		case bytes.IndexByte([]byte(`^:=\#[(!*_`), byte(b)) >= 0:
			set[b] = markByte
		}
	}
	return set
}()

// isPlainText says whether a text has none of some bytes, and no two blanks or dashes together.
func isPlainText(text []byte, without byte) bool {
	found, before := byte(0), byte(0)
	for _, b := range text {
		now := textBytes[b]
		found |= now&without | now&before&(blankMark|dashMark)
		before = now
	}
	return found == 0
}

// isPlainToken says whether a token is ASCII, and has no comment and no backslash in it.
func isPlainToken(word []byte) bool {
	for i, b := range word {
		if b < ' ' || b > '~' || b == '\\' || b == '<' && i+1 < len(word) && word[i+1] == '!' {
			return false
		}
	}
	return true
}
