package logparse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A look is a line that says, or nearly says, that what follows is confidential.
type look struct {
	line   int
	level  int    // the number of # before its words; 0 for none
	glued  bool   // there is no blank behind them
	bare   bool   // it holds nothing but the title
	slip   bool   // a word for it is misspelt
	word   string // the one that says so
	inside int    // where its words start: behind "<!--", where a comment starts the line
}

// privateWords say the same as Confidential.
var privateWords = map[string]bool{
	"private": true, "privat": true, "privado": true, "privada": true, "privé": true, "privée": true, "privato": true,
	"vertraulich": true, "vertraulichs": true, "vertrouwelijk": true, "riservato": true,
}

// besideWords change nothing about a title that says Confidential or Private.
var besideWords = map[string]bool{
	"and": true, "coach": true, "coaches": true, "comment": true, "comments": true, "details": true, "eyes": true, "for": true, "hr": true, "info": true,
	"information": true, "internal": true, "manager": true, "manager's": true, "managers": true, "my": true, "nbsp": true, "note": true, "notes": true,
	"only": true, "our": true, "part": true, "personal": true, "remarks": true, "section": true, "strictly": true, "the": true, "top": true, "topics": true,
	"very": true, "notiz": true, "notizen": true, "notas": true,
}

// A heading has at most so many words where not all of them say it.
const maxTitleWords = 5

// findLooks finds the lines that read like a heading Confidential, whatever they
// are in the structure of the file.
func findLooks(s *Source, headings Headings) (looks []look) {
	own := headings.confidentialTitles()
	for line := range s.LineCount() {
		span := s.lineSpan(line)
		text := s.plain[span.Start:span.End]
		if !hasPrivateWord(text, own) {
			continue
		}
		underlined := line+1 < len(s.lines) && isUnderline(bytes.TrimLeft(s.plain[s.lineSpan(line+1).Start:s.lineSpan(line+1).End], "> "))
		if l, ok := titleLook(string(text), own, underlined); ok {
			l.line = line
			l.inside += span.Start
			looks = append(looks, l)
		}
	}
	return looks
}

// confidentialTitles are the logbook's own headings of the section, in their
// normal form.
func (h Headings) confidentialTitles() []string {
	var titles []string
	for title, name := range h.own {
		if name == Confidential {
			titles = append(titles, title)
		}
	}
	return titles
}

// hasPrivateWord is a quick look at a line: most have no such word.
func hasPrivateWord(line []byte, own []string) bool {
	for _, title := range own {
		if len(line) < len(title)+60 && nearStart(line, title) {
			return true
		}
	}
	start, runs, all := -1, 0, 0 // of the run of letters, what isn't ASCII among them
	for i := 0; i <= len(line); i++ {
		if i < len(line) && (line[i] >= utf8.RuneSelf || 'a' <= line[i]|0x20 && line[i]|0x20 <= 'z') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if isPrivateWord(line[start:i]) {
				return true
			}
			runs, all, start = runs+1, all+i-start, -1
		}
	}
	return runs > 1 && all >= 10 && all <= 16 && isPrivateWord([]byte(onlyLetters(string(line))))
}

// nearStart says whether the words of a line start nearly like title.
func nearStart(line []byte, title string) bool {
	start := string(bytes.TrimLeftFunc(line, isOrnament))
	start = NormalText(strings.Join(strings.Fields(start), " "))
	return strings.HasPrefix(start, title) || len(title) > 5 && editDistance(start[:min(len(start), len(title))], title) <= 2
}

func onlyLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text)
}

const confidentialWord = "confidential"

// isPrivateWord says whether a word is nearly "confidential", which allows for
// two slips of the pen, or means the same.
func isPrivateWord(word []byte) bool {
	if len(word) < len("privat") || len(word) > 2*len(confidentialWord) || len(word) < len(confidentialWord)-2 && bytes.IndexByte([]byte("pPvVrR"), word[0]) < 0 {
		return false // as nearly all are
	}
	normal := string(bytes.ToLower(word))
	if !isASCII(normal) {
		normal = NormalText(onlyLetters(normal))
	}
	switch normal {
	case "confidentiality", "confidentially": // what people agree about it
		return false
	}
	return privateWords[normal] || len(normal) >= len(confidentialWord)-2 && len(normal) <= len(confidentialWord)+4 && editDistance(normal, confidentialWord) <= 2
}

var (
	tagsInTitle       = pattern(`<!--.*?-->|<!--|-->|<[^>]*>|&#?\w+;|\{[^}]*\}|\[![^\]]*\][-+]?|%%`)
	linkInTitle       = pattern(`\[+([^\]]*)\]+(?:\([^)]*\)|\[[^\]]*\])?`)
	parenthesesAround = pattern(`\([^)]*\)`)
	boxInTitle        = pattern(`^[\s>]*(?:[-*+]|\d+[.)])?\s*\[.\]\s`)
	calloutStart      = pattern(`^[\s>-]*\[!([^\]]*)\]`)
	commentAtStart    = pattern(`^\s*<!--\s*`)
	// labelStart is a word in bold, brackets or capitals at the start of a line or
	// item; or any word with a colon or dash behind it.
	labelStart = pattern(`^[\s>#]*(?:[-*+]\s+|\d+[.)]\s+)?[\s>]*(?:(\*\*|__|\*|_|\[|\()\s*([\pL\pM\p{Cf}]+)\s*:?\s*(?:\*\*|__|\*|_|\]|\))|([\pL\pM\p{Cf}]+))\s*(:|：|-\s|–|—|$)?`)
)

// titleLook says whether a line that has such a word reads like a heading.
func titleLook(line string, own []string, underlined bool) (l look, ok bool) {
	if at := commentAtStart().FindString(line); at != "" {
		l.inside = len(at)
		line = strings.Replace(line[len(at):], "-->", " ", 1)
	}
	line = strings.TrimSpace(line)
	start := strings.TrimLeft(line, " \t>-+*\\")
	hashes := strings.TrimLeft(start, "#＃")
	l.level = min(utf8.RuneCountInString(start)-utf8.RuneCountInString(hashes), 6)
	l.glued = l.level > 0 && strings.TrimLeft(hashes, " \t") == hashes
	title := tagsInTitle().ReplaceAllString(line, " ")
	title = linkInTitle().ReplaceAllString(title, "$1")
	short := strings.TrimSpace(parenthesesAround().ReplaceAllString(title, " "))
	for _, t := range own {
		if normal := normalTitle(short); nearStart([]byte(normal), t) && len(normal) < len(t)+20 {
			l.bare, l.word = normal == t, t
			return l, true
		}
	}
	return l, l.reads(line, short, underlined)
}

// reads looks at the words of a line: short is the line without what only
// decorates it.
func (l *look) reads(line, short string, underlined bool) bool {
	if callout := calloutStart().FindStringSubmatch(line); callout != nil && isPrivateWord([]byte(callout[1])) {
		return true
	}
	words := strings.FieldsFunc(NormalText(short), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Cf, r) && r != '\''
	})
	private, beside, last := 0, 0, -1
	for i, word := range words {
		switch {
		case isPrivateWord([]byte(word)):
			private++
			last, l.word, l.slip = i, word, word != confidentialWord && !privateWords[word]
		case besideWords[word]:
			beside++
		}
	}
	alone := private > 0 && private+beside == len(words)
	l.bare = alone && len(onlyLetters(line)) == len(onlyLetters(short))
	spelt := onlyLetters(short)
	switch {
	case alone, len(spelt) < 20 && private == 0 && isPrivateWord([]byte(spelt)):
		return true
	case isLabel(line):
		return true
	case private == 0 || privateWords[words[last]]:
		return false
	case l.level > 0 || underlined: // a heading that says so at its start, or is short
		return last == 0 || len(words) <= maxTitleWords
	}
	return last == 0 && len(words) <= maxTitleWords && (strings.HasSuffix(strings.Trim(short, "*_ "), ":") || emphasised(short) ||
		strings.HasPrefix(strings.ToLower(line), "<h") || strings.HasPrefix(line, "="))
}

// isLabel says whether a line starts with the word as a label of what stands
// behind it: "**Confidential** - text", "CONFIDENTIAL text", "Confidential: text".
func isLabel(line string) bool {
	m := labelStart().FindStringSubmatch(line)
	if m == nil || boxInTitle().MatchString(line) {
		return false
	}
	word := m[2] + m[3]
	if !isPrivateWord([]byte(word)) {
		return false
	}
	switch rest := NormalText(line[len(m[0]):]); rest {
	case "no", "none", "nothing", "n/a", "nein", "-":
		return false // "Confidential: no"
	}
	return m[1] != "" || m[4] != "" || strings.ToUpper(word) == word
}

// emphasised says whether the whole line is in bold or italics.
func emphasised(text string) bool {
	text = strings.TrimRight(strings.TrimLeft(text, " >-+"), ": ")
	return len(text) > 2 && (text[0] == '*' || text[0] == '_') && text[len(text)-1] == text[0]
}
