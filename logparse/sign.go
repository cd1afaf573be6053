package logparse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A tailWord says what a word behind an item's text is.
type tailWord byte

const (
	tokenWord   tailWord = iota
	shownWord            // of a tag or a link: text, though a token stands before it
	leftOutWord          // of another tool's date or field, such as ✅ 2026-07-12
)

// startsSign says whether a word can start a sign of another tool.
func startsSign(word []byte) bool {
	if word = bytes.TrimPrefix(word, []byte{'\\'}); len(word) == 0 {
		return false
	}
	switch word[0] {
	case '#', '[', '(', '!', '<', 0xe2, 0xf0:
		return true
	case 'h':
		return bytes.HasPrefix(word, []byte("http"))
	}
	return startsProperty(word)
}

// startsProperty says whether a word can start a line that Logseq writes below a block, as in
// "id:: 64a1" and "DEADLINE: <2026-07-20 Mon>".
func startsProperty(word []byte) bool {
	return word[0] != '[' && word[0] != '(' && bytes.HasSuffix(word, []byte("::")) || string(word) == "DEADLINE:" || string(word) == "SCHEDULED:"
}

// tail finds where the tokens behind a text start: words from text on. Other tools put
// signs of their own there, which end no tokens; roles says what each word is, and
// is nil where all are tokens.
func (s *Source) tail(words []Span, isToken func(word []byte) bool) (text int, roles []tailWord) {
	text = len(words)
	for text > 0 && isToken(s.plain[words[text-1].Start:words[text-1].End]) {
		text--
	}
	from := max(0, text-maxTailWords)
	for from < text && !startsSign(s.plain[words[from].Start:words[from].End]) {
		from++
	}
	if from == text {
		return text, nil
	}
	roles = make([]tailWord, len(words))
	fits := make([]bool, len(words)+1) // the words from here on are all tokens and signs
	fits[len(words)] = true
	start := len(words)
	for i := len(words) - 1; i >= 0 && (i >= from || fits[i+1]); i-- {
		if length, role := s.sign(words[i:]); length > 0 && fits[i+length] {
			fits[i] = true
			for k := i; k < i+length; k++ {
				roles[k] = role
			}
		} else if isToken(s.plain[words[i].Start:words[i].End]) {
			fits[i] = fits[i+1]
		}
		if fits[i] {
			start = i
		}
	}
	for start < len(words) && roles[start] == shownWord {
		start++
	}
	if start == 0 {
		return text, nil // then the signs are all that it says
	}
	return start, roles[start:]
}

var (
	linkSign  = pattern.Of(`^!?(?:\[\[[^\]]*\]\]|\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]+\]|<?https?://\S+>?)$`)
	fieldSign = pattern.Of(`^(?:\[[^\[\]]*::[^\[\]]*\]|\([^()]*::[^()]*\))$`)
)

// Bounds on how long a link's text or a repeat can be, and on how far before an
// item's end signs are looked for.
const (
	maxSignWords = 12
	maxTailWords = 60
)

// sign is the length in words of the sign of another tool that words start with,
// 0 where there is none.
func (s *Source) sign(words []Span) (length int, role tailWord) {
	first := s.plain[words[0].Start:words[0].End]
	if !startsSign(first) {
		return 0, shownWord
	}
	switch first = bytes.TrimPrefix(first, []byte{'\\'}); {
	case first[0] == '#':
		return 1, shownWord
	case startsProperty(first):
		line := s.lineSpan(s.lineAt(words[0].Start))
		if len(bytes.TrimSpace(s.plain[line.Start:words[0].Start])) > 0 {
			return 0, shownWord
		}
		for length < len(words) && words[length].Start < line.End {
			length++
		}
		return length, leftOutWord
	case first[0] >= utf8.RuneSelf:
		return s.emojiSign(words)
	}
	for i, span := range words[:min(len(words), maxSignWords)] {
		if last := s.plain[span.End-1]; i > 0 && last != ']' && last != ')' {
			continue
		}
		switch raw := unescaped(string(s.plain[words[0].Start:span.End])); {
		case linkSign().MatchString(raw):
			return i + 1, shownWord
		case fieldSign().MatchString(raw):
			return i + 1, leftOutWord
		}
	}
	return 0, shownWord
}

// The emoji with which Obsidian's Tasks says more of a task.
const (
	aloneEmoji  = "⏫🔼🔽⏬🔺" // priorities
	wordEmoji   = "🆔⛔🏁🔨"  // with one word behind them
	dueEmoji    = "📅📆🗓"   // with the day on which the task is due
	repeatEmoji = "🔁"     // with words up to the next sign
)

func (s *Source) emojiSign(words []Span) (length int, role tailWord) {
	mark, rest := splitEmoji(s.plain[words[0].Start:words[0].End])
	dated := len(words) > 1 && isDateForm(string(s.plain[words[1].Start:words[1].End]))
	switch {
	case mark == "":
		return 0, shownWord
	case rest != "" && isDateForm(rest):
		return 1, leftOutWord
	case rest != "":
		return 0, shownWord
	case dated, strings.Contains(wordEmoji, mark) && len(words) > 1:
		return 2, leftOutWord
	case strings.Contains(aloneEmoji, mark):
		return 1, leftOutWord
	case strings.Contains(repeatEmoji, mark):
		for n := 1; n < min(len(words), maxSignWords); n++ {
			word := s.plain[words[n].Start:words[n].End]
			if startsSign(word) || word[0] == '^' || word[0] == '@' || bytes.IndexByte(word, ':') > 0 {
				return n, leftOutWord
			}
		}
		return min(len(words), maxSignWords), leftOutWord
	}
	return 1, shownWord
}

// splitEmoji takes a word apart into the emoji that it starts with and the rest; both are
// empty where it starts with none.
func splitEmoji(word []byte) (mark, rest string) {
	if word[0] < utf8.RuneSelf {
		return "", ""
	}
	text := string(word)
	first, size := utf8.DecodeRuneInString(text)
	if !unicode.Is(unicode.So, first) {
		return "", ""
	}
	rest = strings.TrimLeftFunc(text[size:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r >= utf8.RuneSelf })
	return string(first), rest
}

// readSigns reads the days of other tools: when a task is due, and when it was ticked.
func (p *itemReader) readSigns(it *Item, words []Span, roles []tailWord) {
	for i := 0; i < len(roles); i++ {
		if roles[i] != leftOutWord {
			continue
		}
		length, _ := p.sign(words[i:])
		span := Span{words[i].Start, words[i+length-1].End}
		i += length - 1
		sign := p.word(span)
		mark, text := splitEmoji([]byte(sign))
		if field := dayField().FindStringSubmatch(unescaped(sign)); field != nil {
			mark, text = strings.ToLower(field[1]), field[2]
		}
		var day Value[Date]
		switch text = strings.TrimSpace(text); {
		case mark != "" && strings.Contains(dueEmoji+" due deadline", mark):
			if p.readDate(&day, "", text, span); day.Set && !it.Due.Set {
				it.Due = day
			} else if day.Set && day.V != it.Due.V {
				p.report(Diagnostic{Code: "duplicate-token", Span: span,
					Message: fmt.Sprintf("`%s` is another day than `%s`", sign, p.word(it.Due.Span)),
					Remedy:  "keep one of the two days; `" + p.word(it.Due.Span) + "` counts"})
			}
		case mark == "✅" || mark == "completion":
			if p.readDate(&day, "", text, span); it.State == Done { // the box counts, as in those tools
				it.rare().Ticked = day
			}
		}
	}
}

var dayField = pattern.Of(`^(?i)[\[(]?\s*(due|completion|deadline)\s*::?[\s<]*([^\])> ]*)(?: [\pL:\d .+]*>|[\])]|)$`)
