package logparse

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/coachlog/coachlog/internal/nearest"
)

// privateWords say the same as Confidential.
var privateWords = map[string]bool{
	"private": true, "privat": true, "privado": true, "privada": true, "privé": true, "privée": true, "privato": true,
	"vertraulich": true, "vertrauliches": true, "vertrauliche": true, "vertrouwelijk": true, "riservato": true,
}

// privatePhrases do, where a line has no other words.
var privatePhrases = map[string]bool{
	"hr only": true, "for hr only": true, "only for hr": true, "off the record": true, "told in confidence": true, "in confidence": true, "in strict confidence": true,
	"not for sharing": true, "not to be shared": true, "do not share": true, "please do not share": true, "eyes only": true, "for your eyes only": true, "for our eyes only": true,
}

// besideWords change nothing about a title that says Confidential or Private.
var besideWords = map[string]bool{
	"and": true, "coach": true, "coaches": true, "comment": true, "comments": true, "details": true, "eyes": true, "for": true, "hr": true, "info": true,
	"information": true, "internal": true, "manager": true, "manager's": true, "managers": true, "my": true, "nbsp": true, "note": true, "notes": true,
	"only": true, "our": true, "part": true, "personal": true, "remarks": true, "section": true, "strictly": true, "the": true, "top": true, "topics": true,
	"very": true, "from": true, "here": true, "on": true, "below": true, "following": true, "start": true, "starts": true, "begin": true, "begins": true, "please": true, "nb": true, "topic": true, "rest": true, "lock": true,
	"div": true, "class": true, "id": true, "span": true, "name": true, "streng": true, "strikt": true, "notiz": true, "notizen": true, "notas": true,
}

// mayBePrivate is a first look at a line as it is written: nearly all have none of the letters
// in a row, whatever is between them, that hasPrivateWord needs. A fuzz target holds it to that.
func mayBePrivate(line []byte) bool {
	last := uint32(0) // letters, a byte each
	for _, b := range line {
		c := uint32(privateLetter[b])
		if c == 0 {
			continue
		}
		last = last<<8 | c
		switch last {
		case conf, iden, tial, priv, vert, rise:
			return true
		}
		if c == notShown {
			return true
		}
	}
	switch last & (1<<24 - 1) {
	case nly, ord, nce, ing, red, are, rhr:
		return true
	}
	return false
}

// Each private word has one of the fours, and each phrase ends in one of the threes.
const (
	conf = 'c'<<24 | 'o'<<16 | 'n'<<8 | 'f'
	iden = 'i'<<24 | 'd'<<16 | 'e'<<8 | 'n'
	tial = 't'<<24 | 'i'<<16 | 'a'<<8 | 'l'
	priv = 'p'<<24 | 'r'<<16 | 'i'<<8 | 'v'
	vert = 'v'<<24 | 'e'<<16 | 'r'<<8 | 't'
	rise = 'r'<<24 | 'i'<<16 | 's'<<8 | 'e'
	nly  = 'n'<<16 | 'l'<<8 | 'y'
	ord  = 'o'<<16 | 'r'<<8 | 'd'
	nce  = 'n'<<16 | 'c'<<8 | 'e'
	ing  = 'i'<<16 | 'n'<<8 | 'g'
	red  = 'r'<<16 | 'e'<<8 | 'd'
	are  = 'a'<<16 | 'r'<<8 | 'e'
	rhr  = 'r'<<16 | 'h'<<8 | 'r'
)

// privateLetter has the small letter of each, notShown for bytes that can show as another
// letter or as none, and 0 for all others.
var privateLetter = func() (set [256]byte) {
	for b := range set {
		switch c := byte(b) | 0x20; {
		case b >= utf8.RuneSelf || b == '&' || b == '<' || b == '\v' || b == '\f':
			set[b] = notShown
		case 'a' <= c && c <= 'z':
			set[b] = c
		}
	}
	return set
}()

const notShown = 0xff

// hasPrivateWord is a quick look at a line: most have no such word.
func hasPrivateWord(line []byte) bool {
	runs, all := 0, 0 // of letters, what isn't ASCII among them
	for i := 0; i < len(line); i++ {
		start := i
		for i < len(line) && wordByte[line[i]] {
			i++
		}
		switch length := i - start; {
		case length == 0:
			continue
		case length >= len("privat") && isPrivateWord(line[start:i]):
			return true
		case !isASCII(string(line[start:i])) && slices.ContainsFunc(bytes.FieldsFunc(line[start:i], notLetter), isPrivateWord):
			return true
		default:
			runs, all = runs+1, all+length
		}
	}
	if runs > 1 && len(line) <= 60 && bytes.IndexByte(line, '<') >= 0 { // Confi<wbr>dential
		return isPrivateWord([]byte(onlyLetters(tagsInTitle().ReplaceAllString(string(line), ""))))
	}
	return runs > 1 && all >= 10 && all <= 16 && isPrivateWord([]byte(onlyLetters(string(line)))) || endsLikePhrase(line)
}

// endsLikePhrase says whether the last letters of a line are those of a phrase.
func endsLikePhrase(line []byte) bool {
	end := len(line)
	for end > 0 && !wordByte[line[end-1]] {
		end--
	}
	if end < 4 || end > 60 {
		return false
	}
	switch string(bytes.ToLower(line[end-4 : end])) {
	case "only", "cord", "ence", "ring", "ared", "hare", "r hr":
		return privatePhrases[words(string(line))]
	}
	return false
}

// words are the words of a line, in small letters.
func words(line string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(line), notLetter), " ")
}

// wordByte has the bytes of words: letters, and all that isn't ASCII.
var wordByte = func() (set [256]bool) {
	for b := range set {
		set[b] = b >= utf8.RuneSelf || 'a' <= b|0x20 && b|0x20 <= 'z'
	}
	return set
}()

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func onlyLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if notLetter(r) {
			return -1
		}
		return r
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
		normal = NormalText(onlyLetters(normal))
	}
	switch normal {
	case "confidentiality", "confidentially": // what people agree about it
		return false
	}
	return privateWords[normal] || len(normal) >= len(confidentialWord)-2 && len(normal) <= len(confidentialWord)+4 &&
		sharesThird(normal) && nearest.Distance(normal, confidentialWord, 3) <= 2
}

// sharesThird says whether one of the thirds of "confidential" is in a word: two slips
// can't touch all three.
func sharesThird(word string) bool {
	return strings.Contains(word, "conf") || strings.Contains(word, "iden") || strings.Contains(word, "tial")
}

// confidentialTitles are the logbook's own headings of the section, without blanks.
func (h Headings) confidentialTitles() (titles []string) {
	for title, name := range h.own {
		if name == Confidential {
			titles = append(titles, lowerLetters(asShown([]byte(title))))
		}
	}
	return titles
}

// isPlain says whether a text looks the same to everybody: it has only Latin letters
// and the usual dashes and quotation marks.
func isPlain(text []byte) bool {
	for i, b := range text {
		switch {
		case b == '&' || b == '\v' || b == '\f' || b == 0xC2 || b > 0xC8 && b != 0xE2:
			return false
		case b == 0xE2 && (i+2 >= len(text) || text[i+1] != 0x80 || text[i+2] < 0x90 || text[i+2] > 0xA6):
			return false
		}
	}
	return true
}

// asShown is a line as people see it: without what is invisible, and with Latin
// letters for those that look like them. What ends a line for some programs does.
func asShown(line []byte) []byte {
	return []byte(strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf && r != '\v' && r != '\f':
			return r
		case unicode.In(r, unicode.Cf, unicode.Mn):
			return -1
		case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp):
			return '\n'
		}
		if latin, ok := lookalikes[unicode.ToLower(r)]; ok {
			return latin
		}
		return r
	}, norm.NFKC.String(html.UnescapeString(string(line)))))
}

// lookalikes are small letters of other scripts that look like those of "confidential" and "private".
var lookalikes = map[rune]rune{
	'с': 'c', 'о': 'o', 'п': 'n', 'і': 'i', 'ԁ': 'd', 'е': 'e', 'т': 't', 'а': 'a', 'ӏ': 'l', 'р': 'p', 'ѵ': 'v', 'н': 'n',
	'ο': 'o', 'ν': 'v', 'ι': 'i', 'ε': 'e', 'τ': 't', 'α': 'a', 'ρ': 'p', 'η': 'n', 'ϲ': 'c', 'ᴄ': 'c', 'ı': 'i', 'օ': 'o', 'ո': 'n', 'ɑ': 'a', 'ɩ': 'i',
}

// inEnglish has "confidential" for the first of a logbook's own words for it, and a
// misspelt one where they are.
func inEnglish(line []byte, own []string) []byte {
	places := wordPlaces(line)
	for i, first := range places {
		joined := ""
		for _, word := range places[i:] {
			joined += lowerLetters(line[word.Start:word.End])
			english := confidentialWord
			if !slices.Contains(own, joined) {
				english = "confidental"
				if !slices.ContainsFunc(own, func(title string) bool { return isNear(joined, title) }) {
					continue
				}
			}
			if written := line[first.Start:word.End]; bytes.Equal(bytes.ToUpper(written), written) {
				english = strings.ToUpper(english)
			}
			return slices.Concat(line[:first.Start], []byte(english), line[word.End:])
		}
	}
	return line
}

// isNear allows for two slips of the pen in a longer word, and for an ending.
func isNear(word, title string) bool {
	if len(title) <= 5 || len(word) < len(title)-2 || len(word) > len(title)+6 {
		return false
	}
	return strings.HasPrefix(word, title) || len(word) <= len(title)+2 && nearest.Distance(word, title, 3) <= 2
}

// wordPlaces are the first words of a line; a heading has no more.
func wordPlaces(line []byte) (places []Span) {
	at := 0
	for word := range bytes.FieldsFuncSeq(line, isOrnament) {
		at += bytes.Index(line[at:], word)
		places = append(places, Span{at, at + len(word)})
		if at += len(word); len(places) == 8 {
			break
		}
	}
	return places
}

// lowerLetters are the letters and digits of a text in one case.
func lowerLetters(text []byte) string {
	return strings.Map(func(r rune) rune {
		if isOrnament(r) {
			return -1
		}
		return fold(r)
	}, string(text))
}
