package logparse

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
)

// A look is a line that says, or nearly says, that what follows is confidential.
type look struct {
	line   int
	level  int    // the number of # before its words; 0 for none
	glued  bool   // there is no blank behind them
	alone  bool   // nothing else is said
	bare   bool   // nor is there anything else that a message must not show
	marker bool   // it is a comment of its own that says nothing else
	slip   bool   // a word for it is misspelt
	item   bool   // it is a list item
	word   string // the one that says so
	inside int    // where its words start: behind "<!--", where a comment starts the line
}

// A heading has at most so many words where not all of them say it.
const maxTitleWords = 5

// maxLook is how much of a line is looked at.
const maxLook = 1000

// findLooks finds the lines that read like a heading Confidential, whatever they
// are in the structure of the file.
func findLooks(s *Source, headings Headings) (looks []look) {
	own := headings.confidentialTitles()
	for line := range s.LineCount() {
		span := s.lineSpan(line)
		text := s.plain[span.Start:span.End]
		if len(own) == 0 && !mayBePrivate(text) {
			continue
		}
		shown := text
		if !isPlain(text) {
			shown = asShown(text)
		}
		if len(own) > 0 {
			shown = inEnglish(shown, own)
		}
		for part := range bytes.SplitSeq(bytes.TrimRight(shown, "\n"), []byte{'\n'}) {
			if !hasPrivateWord(part) {
				continue
			}
			underlined := line+1 < len(s.lines) && isUnderline(bytes.TrimLeft(s.plain[s.lineSpan(line+1).Start:s.lineSpan(line+1).End], "> "))
			wrapped := line > 0 && isSentence(s.plain[s.lineSpan(line-1).Start:s.lineSpan(line-1).End])
			if l, ok := titleLook(string(part), underlined, wrapped); ok {
				l.line, l.inside = line, span.Start+insideComment(text)
				l.bare = l.bare && len(part)+1 >= len(shown) // what is behind a separator is on the same line
				looks = append(looks, l)
				break
			}
		}
	}
	return looks
}

// ShownUntil is where the first line of a text is that reads like a heading Confidential, else
// its end: for a reader who has a place in it from elsewhere than from Parse.
func ShownUntil(text []byte, headings Headings) int {
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return 0
	}
	s := newSource("", text)
	if looks := findLooks(s, headings); len(looks) > 0 {
		return s.lineSpan(looks[0].line).Start
	}
	return len(text)
}

// isSentence says whether a line can be text that goes on in the next one.
func isSentence(line []byte) bool {
	line = bytes.TrimRight(line, " \n")
	return bytes.IndexByte(line, ' ') > 0 && line[0] != '#' && (wordByte[line[len(line)-1]] || line[len(line)-1] == ',')
}

// insideComment is where the words of a line start that opens or ends a comment.
func insideComment(line []byte) int {
	text := bytes.TrimLeft(line, " \t")
	for _, mark := range [][]byte{commentStart, commentEnd} {
		if rest, ok := bytes.CutPrefix(text, mark); ok {
			return len(line) - len(bytes.TrimLeft(rest, " \t"))
		}
	}
	return 0
}

var (
	tagsInTitle   = pattern.Of(`<!--.*?-->|<!--|-->|<[^>]*>|&#?\w+;|\{[^}]*\}|\[![^\]]*\][-+]?|%%`)
	tokensInTitle = pattern.Of(`\s(?:\^\S+|@\S+|(?:due|by|metric|skill|every|since):\S+)`)
	linkInTitle   = pattern.Of(`\[+([^\]]*)\]+(?:\([^)]*\)|\[[^\]]*\])?`)
	inParentheses = pattern.Of(`\(([^)]*)\)`)
	boxInTitle    = pattern.Of(`^([\s>]*(?:[-*+]|\d+[.)])?\s*)\[.\]\s`)
	bulletAtStart = pattern.Of(`^[\s>]*(?:[-*+]|\d+[.)])\s`)
	calloutStart  = pattern.Of(`^[\s>-]*\[!([^\]]*)\]`)
	labelEnd      = pattern.Of(`:|：|\s[-–—]+\s|[–—]|[.!;]\s`)
	// labelStart is the first word of a line or item where that is in bold, in
	// italics or in brackets.
	labelStart = pattern.Of(`^[\s>#]*(?:[-*+]\s+|\d+[.)]\s+)?[\s>]*(?:\*\*|__|\*|_|\[|\()\s*([\pL\pM\p{Cf}]+)\s*[:：]?\s*(?:\*\*|__|\*|_|\]|\))`)
	fromHereOn = pattern.Of(`(?i)^[\s>*_-]*(?:from here|everything below|what follows|the rest|the following|this (?:part|section))\b.{0,20}\b(?:confidential|private)\W*$`)
)

// titleLook says whether a line that has such a word reads like a heading.
// wrapped says that the line goes on with the text of the one before.
func titleLook(raw string, underlined, wrapped bool) (l look, ok bool) {
	line := strings.TrimSpace(raw)
	if len(line) > maxLook {
		line = line[:maxLook] + " and so on"
	}
	if rest, ok := strings.CutPrefix(line, "<!--"); ok {
		l.marker = strings.HasSuffix(rest, "-->")
		line = strings.TrimSpace(strings.Replace(rest, "-->", " ", 1))
	}
	l.marker = l.marker || strings.HasPrefix(line, "%%") && strings.HasSuffix(line, "%%")
	line = strings.TrimSpace(strings.TrimPrefix(line, "-->"))
	task := boxInTitle().MatchString(line)
	line = boxInTitle().ReplaceAllString(line, "$1")
	start := strings.TrimLeft(line, " \t>-+*\\")
	hashes := strings.TrimLeft(start, "#＃")
	l.level = min(utf8.RuneCountInString(start)-utf8.RuneCountInString(hashes), 6)
	l.glued = l.level > 0 && strings.TrimLeft(hashes, " \t") == hashes
	l.item = bulletAtStart().MatchString(line)
	title := tokensInTitle().ReplaceAllString(tagsInTitle().ReplaceAllString(line, " "), " ")
	title = strings.TrimSpace(linkInTitle().ReplaceAllString(title, "$1"))
	ok = l.reads(line, title, underlined, task)
	if plain := l.level == 0 && !l.item && !underlined && !strings.ContainsAny(line, ":：*_#<>[|"); ok && wrapped && plain && !l.marker {
		first, _ := utf8.DecodeRuneInString(line)
		ok = !unicode.IsLower(first) // the end of a sentence, broken by an editor
	}
	l.marker = l.marker && l.alone
	return l, ok
}

// reads looks at the words of a line: title is the line without what only
// decorates it.
func (l *look) reads(line, title string, underlined, task bool) bool {
	if callout := calloutStart().FindStringSubmatch(line); callout != nil && isPrivateWord([]byte(callout[1])) {
		return true
	}
	short := strings.TrimSpace(inParentheses().ReplaceAllString(title, " "))
	if onlyLetters(short) == "" {
		short = title // "(Confidential)"
	}
	t := l.count(short)
	if phrase := words(short); privatePhrases[phrase] {
		l.alone, l.word = true, phrase
	}
	l.alone = l.alone || t.alone || !t.says && l.count(line).alone
	l.bare = l.alone && withoutMarks(line) == onlyLetters(short)
	marked := l.level > 0 || underlined || emphasised(short) || strings.HasPrefix(strings.ToLower(line), "<h") || strings.HasPrefix(line, "=")
	spelt := onlyLetters(short)
	switch {
	case l.alone, len(spelt) < 20 && t.words > 1 && !t.says && isPrivateWord([]byte(spelt)), fromHereOn().MatchString(line):
		return true
	case !task && l.isLabel(title), strings.Contains(title, "|") && l.inCell(title):
		return true
	}
	if marked || t.words <= 3 {
		for _, group := range inParentheses().FindAllStringSubmatch(title, -1) {
			if l.count(group[1]).alone {
				return true // "Notes (confidential)"
			}
		}
	}
	switch {
	case !t.says || privateWords[l.word]:
		return false
	case l.level > 0 || underlined: // a heading that says so at its start, or is short
		return t.first || t.words <= maxTitleWords
	}
	return t.first && t.words <= maxTitleWords && (marked || strings.HasSuffix(strings.Trim(short, "*_ "), ":"))
}

// withoutMarks is a text without punctuation and blanks.
func withoutMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) {
			return r
		}
		return -1
	}, text)
}

// A titleCount says of a text's words how many there are, whether one says that it
// is confidential, whether that is the first and whether nothing else is said.
type titleCount struct {
	words              int
	says, first, alone bool
}

func (l *look) count(text string) (t titleCount) {
	beside := 0
	for _, word := range strings.FieldsFunc(NormalText(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Cf, r) && r != '\''
	}) {
		switch word = strings.Trim(word, "'"); {
		case isPrivateWord([]byte(word)):
			t.first = t.first || t.words == beside
			t.says = true
			l.word, l.slip = word, word != confidentialWord && !privateWords[word]
			beside++
		case besideWords[word] || utf8.RuneCountInString(word) == 1:
			beside++
		}
		t.words++
	}
	t.alone = t.says && beside == t.words
	return t
}

// isLabel says whether a line starts with the word as a label of what stands
// behind it: "**Confidential** - text", "CONFIDENTIAL text", "Confidential: text".
func (l *look) isLabel(title string) bool {
	text := strings.TrimLeft(title, " \t>-*+#_[(:")
	if end := labelEnd().FindStringIndex(text); end != nil {
		switch NormalText(text[end[1]:]) {
		case "no", "none", "nothing", "n/a", "nein", "-": // "Confidential: no"
			return false
		}
		if l.count(text[:end[0]]).alone {
			return true
		}
	}
	if m := labelStart().FindStringSubmatch(title); m != nil && isPrivateWord([]byte(m[1])) {
		l.count(m[1])
		return true
	}
	first, _, _ := strings.Cut(strings.TrimLeft(title, " \t>-*+#"), " ")
	return strings.ToUpper(first) == first && l.count(first).alone
}

// inCell says whether a cell of a table's row says nothing else.
func (l *look) inCell(row string) bool {
	return slices.ContainsFunc(strings.Split(row, "|"), func(cell string) bool { return l.count(cell).alone })
}

// emphasised says whether the whole line is in bold or italics.
func emphasised(text string) bool {
	text = strings.TrimRight(strings.TrimLeft(text, " >-+"), ": ")
	return len(text) > 2 && (text[0] == '*' || text[0] == '_') && text[len(text)-1] == text[0]
}
