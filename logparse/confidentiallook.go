package logparse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A look is a line that says, or nearly says, that what follows is confidential.
type look struct {
	line   int
	level  int    // the number of # before its words; 0 for none
	glued  bool   // there is no blank behind them
	bare   bool   // it holds nothing but the title
	slip   bool   // a word for it is misspelt
	item   bool   // it is a list item
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
		wrapped := line > 0 && !s.isBlank(line-1) && !bytes.HasPrefix(s.plain[s.lineSpan(line-1).Start:], []byte{'#'})
		if l, ok := titleLook(string(text), own, underlined, wrapped); ok {
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
	runs, all := 0, 0 // of letters, what isn't ASCII among them
	for i := 0; i < len(line); i++ {
		start := i
		for i < len(line) && wordByte[line[i]] {
			i++
		}
		if i == start {
			continue
		}
		if isPrivateWord(line[start:i]) {
			return true
		}
		runs, all = runs+1, all+i-start
	}
	return runs > 1 && all >= 10 && all <= 16 && isPrivateWord([]byte(onlyLetters(string(line))))
}

// wordByte has the bytes of words: letters, and all that isn't ASCII.
var wordByte = func() (set [256]bool) {
	for b := range set {
		set[b] = b >= utf8.RuneSelf || 'a' <= b|0x20 && b|0x20 <= 'z'
	}
	return set
}()

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
	short := len(word) < len(confidentialWord)-2 // "private", or "riservato"
	switch {
	case len(word) < len("privat"), len(word) > 2*len(confidentialWord),
		short && (strings.IndexByte("pPvVrR", word[0]) < 0 || word[1] < utf8.RuneSelf && strings.IndexByte("rRiI", word[1]) < 0):
		return false // as nearly all are
	}
	normal := strings.ToLower(string(word))
	if !isASCII(normal) {
		normal = NormalText(onlyLetters(norm.NFKC.String(normal)))
	}
	switch normal {
	case "confidentiality", "confidentially": // what people agree about it
		return false
	}
	return privateWords[normal] || len(normal) >= len(confidentialWord)-2 && len(normal) <= len(confidentialWord)+4 &&
		sharesThird(normal) && editDistance(normal, confidentialWord) <= 2
}

// sharesThird says whether one of the thirds of "confidential" is in a word: two slips
// can't touch all three.
func sharesThird(word string) bool {
	return strings.Contains(word, "conf") || strings.Contains(word, "iden") || strings.Contains(word, "tial")
}

var (
	tagsInTitle    = pattern(`<!--.*?-->|<!--|-->|<[^>]*>|&#?\w+;|\{[^}]*\}|\[![^\]]*\][-+]?|%%`)
	tokensInTitle  = pattern(`\s(?:\^\S+|@\S+|(?:due|by|metric|skill|every|since):\S+)`)
	linkInTitle    = pattern(`\[+([^\]]*)\]+(?:\([^)]*\)|\[[^\]]*\])?`)
	inParentheses  = pattern(`\(([^)]*)\)`)
	boxInTitle     = pattern(`^([\s>]*(?:[-*+]|\d+[.)])?\s*)\[.\]\s`)
	bulletAtStart  = pattern(`^[\s>]*(?:[-*+]|\d+[.)])\s`)
	calloutStart   = pattern(`^[\s>-]*\[!([^\]]*)\]`)
	commentAtStart = pattern(`^\s*<!--\s*`)
	labelEnd       = pattern(`:|：|\s[-–—]+\s|[–—]`)
	// labelStart is the first word of a line or item where that is in bold, in
	// italics or in brackets.
	labelStart = pattern(`^[\s>#]*(?:[-*+]\s+|\d+[.)]\s+)?[\s>]*(?:\*\*|__|\*|_|\[|\()\s*([\pL\pM\p{Cf}]+)\s*[:：]?\s*(?:\*\*|__|\*|_|\]|\))`)
	fromHereOn = pattern(`(?i)^[\s>*_-]*(?:from here|everything below|what follows|the rest)\b.{0,20}\b(?:confidential|private)\W*$`)
)

// titleLook says whether a line that has such a word reads like a heading.
// wrapped says that the line goes on with the text of the one before.
func titleLook(raw string, own []string, underlined, wrapped bool) (l look, ok bool) {
	line := raw
	if at := commentAtStart().FindString(line); at != "" {
		l.inside = len(at)
		line = strings.Replace(line[len(at):], "-->", " ", 1)
	}
	line = strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if rest, behind := strings.CutPrefix(line, "-->"); behind {
		l.inside, line = len(raw)-len(rest), strings.TrimSpace(rest)
	}
	task := boxInTitle().MatchString(line)
	line = boxInTitle().ReplaceAllString(line, "$1")
	start := strings.TrimLeft(line, " \t>-+*\\")
	hashes := strings.TrimLeft(start, "#＃")
	l.level = min(utf8.RuneCountInString(start)-utf8.RuneCountInString(hashes), 6)
	l.glued = l.level > 0 && strings.TrimLeft(hashes, " \t") == hashes
	l.item = bulletAtStart().MatchString(line)
	title := tokensInTitle().ReplaceAllString(tagsInTitle().ReplaceAllString(line, " "), " ")
	title = strings.TrimSpace(linkInTitle().ReplaceAllString(title, "$1"))
	for _, t := range own {
		if normal := normalTitle(strings.Trim(title, "()")); nearStart([]byte(normal), t) && (l.level > 0 || len(normal) < len(t)+20) {
			l.bare, l.word = normal == t, t
			return l, true
		}
	}
	ok = l.reads(line, title, underlined, task)
	if plain := l.level == 0 && !l.item && !underlined && !strings.ContainsAny(line, ":：*_#<>[|"); ok && wrapped && plain {
		first, _ := utf8.DecodeRuneInString(line)
		ok = unicode.IsUpper(first) // the end of a sentence, broken by an editor
	}
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
	l.bare = t.alone && len(onlyLetters(line)) == len(onlyLetters(short))
	marked := l.level > 0 || underlined || emphasised(short) || strings.HasPrefix(strings.ToLower(line), "<h") || strings.HasPrefix(line, "=")
	spelt := onlyLetters(short)
	switch {
	case t.alone, len(spelt) < 20 && t.words > 1 && !t.says && isPrivateWord([]byte(spelt)), fromHereOn().MatchString(line):
		return true
	case !task && l.isLabel(title), strings.Contains(title, "|") && l.inCell(title):
		return true
	}
	if marked {
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
		switch {
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
	if end := labelEnd().FindStringIndex(strings.TrimLeft(title, " \t>-*+#_[(")); end != nil {
		title := strings.TrimLeft(title, " \t>-*+#_[(")
		switch rest := NormalText(title[end[1]:]); {
		case rest == "no", rest == "none", rest == "nothing", rest == "n/a", rest == "nein", rest == "-":
			return false // "Confidential: no"
		case l.count(title[:end[0]]).alone:
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
	for cell := range strings.SplitSeq(row, "|") {
		if l.count(cell).alone {
			return true
		}
	}
	return false
}

// emphasised says whether the whole line is in bold or italics.
func emphasised(text string) bool {
	text = strings.TrimRight(strings.TrimLeft(text, " >-+"), ": ")
	return len(text) > 2 && (text[0] == '*' || text[0] == '_') && text[len(text)-1] == text[0]
}
