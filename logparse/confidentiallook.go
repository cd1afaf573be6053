package logparse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A look is a line that says, or nearly says, that what follows is confidential.
type look struct {
	line  int
	level int  // the number of # before its words; 0 for none
	glued bool // there is no blank behind them
	bare  bool // it holds nothing but the title
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

// Of a line so many words are looked at, and a title has at most so many.
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

// isPrivateWord says whether a word is nearly "confidential", which allows for
// two slips of the pen, or means the same.
func isPrivateWord(word []byte) bool {
	const title = "confidential"
	if len(word) < len("privat") || len(word) > 2*len(title) || len(word) < len(title)-2 && bytes.IndexByte([]byte("pPvVrR"), word[0]) < 0 {
		return false // as nearly all are
	}
	normal := string(bytes.ToLower(word))
	if !isASCII(normal) {
		normal = NormalText(onlyLetters(normal))
	}
	return privateWords[normal] || strings.HasPrefix(normal, title) ||
		len(normal) >= len(title)-2 && len(normal) <= len(title)+4 && editDistance(normal, title) <= 2
}

var (
	tagsInTitle       = pattern(`<!--.*?(?:-->|$)|<[^>]*>|&#?\w+;|\{[^}]*\}|\[![^\]]*\]|%%`)
	linkInTitle       = pattern(`\[+([^\]]*)\]+(?:\([^)]*\)|\[[^\]]*\])?`)
	parenthesesAround = pattern(`\([^)]*\)`)
	boxInTitle        = pattern(`^[\s>]*(?:[-*+]|\d+[.)])?\s*\[.\]\s`)
)

// titleLook says whether a line that has such a word reads like a heading.
func titleLook(line string, own []string, underlined bool) (l look, ok bool) {
	line = strings.TrimSpace(line)
	start := strings.TrimLeft(line, " \t>-+*\\")
	hashes := strings.TrimLeft(start, "#＃")
	l.level = min(utf8.RuneCountInString(start)-utf8.RuneCountInString(hashes), 6)
	l.glued = l.level > 0 && strings.TrimLeft(hashes, " \t") == hashes
	task := boxInTitle().MatchString(line)
	title := tagsInTitle().ReplaceAllString(line, " ")
	title = linkInTitle().ReplaceAllString(title, "$1")
	short := strings.TrimSpace(parenthesesAround().ReplaceAllString(title, " "))
	for _, t := range own {
		if normal := normalTitle(short); nearStart([]byte(normal), t) && len(normal) < len(t)+20 {
			l.bare = normal == t
			return l, true
		}
	}
	words := strings.FieldsFunc(NormalText(short), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Cf, r) && r != '\''
	})
	if len(words) == 0 {
		return l, false
	}
	private, beside, last := 0, 0, -1
	for i, word := range words[:min(len(words), maxTitleWords)] {
		switch {
		case isPrivateWord([]byte(word)):
			private++
			last = i
		case besideWords[word]:
			beside++
		}
	}
	alone := private > 0 && private+beside == len(words)
	l.bare = alone && len(onlyLetters(line)) == len(onlyLetters(short))
	switch spelt := onlyLetters(short); {
	case alone, len(spelt) < 20 && private == 0 && isPrivateWord([]byte(spelt)):
		return l, true
	case private == 0 || task:
		return l, false
	case last == 0 && labelled(short, words[0]): // "Confidential: and the text behind it"
		return l, true
	}
	marked := l.level > 0 || underlined || strings.HasSuffix(strings.Trim(short, "*_ "), ":") || emphasised(short) ||
		strings.HasPrefix(strings.ToLower(start), "<h") || strings.HasPrefix(start, "=")
	return l, marked && len(words) <= maxTitleWords && !privateWords[words[last]]
}

// labelled says whether a line's first word has a colon behind it.
func labelled(text, word string) bool {
	at := strings.Index(NormalText(text), word)
	rest := strings.TrimLeft(NormalText(text)[at+len(word):], "*_ ")
	return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：")
}

// emphasised says whether the whole line is in bold or italics.
func emphasised(text string) bool {
	text = strings.TrimRight(strings.TrimLeft(text, " >-+"), ": ")
	return len(text) > 2 && (text[0] == '*' || text[0] == '_') && text[len(text)-1] == text[0]
}
