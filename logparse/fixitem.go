package logparse

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// fixInTwo writes a token as one word, where its mark shows that it was meant as one.
func fixInTwo(first, second string, at, next Span) []Edit {
	name := strings.TrimRight(first, ":=：")
	if name == first {
		return nil // "due 2026-07-31" can be prose
	}
	return rewrite(Span{at.Start, next.End}, strings.ToLower(name)+":"+second)
}

// fixOtherDue writes due: in place of due= and the like.
func fixOtherDue(word string, span Span) []Edit {
	if len(word) < 4 || !strings.EqualFold(word[:3], "due") {
		return nil
	}
	return rewrite(span, "due:"+strings.TrimLeft(word[3:], ":=："))
}

// fixCapitals writes a token's name in small letters.
func fixCapitals(word string, span Span) []Edit {
	name, value, ok := strings.Cut(word, ":")
	if !ok || strings.ToLower(name) == name {
		return nil
	}
	return rewrite(span, strings.ToLower(name)+":"+value)
}

// fixGlued writes a blank before a token that is glued to a word.
func fixGlued(word, token string, span Span) []Edit {
	if !strings.HasSuffix(word, token) {
		return nil
	}
	return insert(span.End-len(token), " ")
}

// fixParted writes a blank between two tokens.
func fixParted(word string, span Span) []Edit {
	if len(word) < 2 || len(word) != span.End-span.Start {
		return nil
	}
	if at := gluedToken(word); at > 0 {
		return insert(span.Start+at, " ")
	}
	return nil
}

// sureMarks are signs in a box that can mean one state only.
var sureMarks = map[string]string{"": " ", "✓": "x", "✔": "x", "✅": "x", "done": "x", "todo": " ", "open": " ", "partly": "/", "not done": "n", "dropped": "-", "blocked": "!"}

// fixMark writes the mark that a sign in a box means.
func fixMark(sign string, span Span) []Edit {
	if mark, ok := sureMarks[strings.TrimFunc(sign, isAnyBlank)]; ok {
		return rewrite(span, mark)
	}
	return nil
}

// fixTaskWord writes a box for a word of other tools.
func fixTaskWord(word string, at int) []Edit {
	switch word {
	case "TODO":
		return rewrite(Span{at, at + len(word)}, "[ ]")
	case "DONE":
		return rewrite(Span{at, at + len(word)}, "[x]")
	}
	return nil
}

// A nearBox is a line that has nearly a box: what is before its bullet, the bullet, the rest.
type nearBox struct{ before, bullet, rest string }

// A sureBox is a box that people write, with the one that it means.
var sureBoxes = []struct{ sign, box string }{{"☐", "[ ]"}, {"⬜", "[ ]"}, {"◻", "[ ]"}, {"▢", "[ ]"}, {"□", "[ ]"}, {"🔲", "[ ]"}, {"☑", "[x]"}, {"✅", "[x]"}, {"( )", "[ ]"}, {"(x)", "[x]"}, {"(X)", "[x]"}}

// fixBox writes a bullet and a box; it knows nothing to write where the line is indented in
// another way than with blanks, or where the box can mean several things.
func (f *nearBoxFinder) fixBox(b nearBox, start int) []Edit {
	bare := strings.TrimFunc(b.bullet, isAnyBlank)
	if strings.Trim(b.before, " \t") != "" || bare == "" && b.before != "" {
		return nil
	}
	box, length := "", 0
	if mark, end := boxAt([]byte(b.rest)); end > 0 && stateOf(firstRune(b.rest[mark.Start:])) != Unknown {
		box, length = b.rest[:end], end
	} else if box, length = sureBox(b.rest); box == "" {
		return nil
	}
	if r := firstRune(bare); !isBullet(bare) && (bare == "" || utf8.RuneLen(r) == len(bare)) {
		bare = string(f.bulletAbove(start))
	}
	if !isBullet(bare) {
		return nil
	}
	text := strings.TrimLeftFunc(b.rest[length:], isAnyBlank)
	end := len(b.before) + len(b.bullet) + len(b.rest) - len(text)
	if text == "" || strings.IndexByte(":[(", text[0]) >= 0 {
		return nil
	}
	return rewrite(Span{start + len(b.before), start + end}, bare+" "+box+" ")
}

// bulletAbove is the bullet of the list that a line goes on with.
func (f *nearBoxFinder) bulletAbove(at int) byte {
	for line := f.lineAt(at) - 1; line >= 0; line-- {
		span := f.lineSpan(line)
		text := bytes.TrimLeft(f.plain[span.Start:span.End], " ")
		switch {
		case len(text) > 1 && strings.IndexByte("-*+", text[0]) >= 0 && text[1] == ' ':
			return text[0]
		case len(text) > 0 && text[0] == '#':
			return '-'
		}
	}
	return '-'
}

// sureBox is the box that a line's start can mean only, and how long that is.
func sureBox(rest string) (box string, length int) {
	for _, sure := range sureBoxes {
		if strings.HasPrefix(rest, sure.sign) {
			length = len(sure.sign) + len(rest[len(sure.sign):]) - len(strings.TrimPrefix(rest[len(sure.sign):], "\ufe0f"))
			return sure.box, length
		}
	}
	if rest[0] != '[' {
		return "", 0
	}
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		return "", 0
	}
	sign := strings.TrimFunc(rest[1:end], isAnyBlank)
	mark, ok := sureMarks[strings.ToLower(sign)]
	if state := stateOf(firstRune(sign)); !ok && utf8.RuneCountInString(sign) == 1 && state != Unknown {
		mark, ok = string(rune(state)), true
	}
	if !ok {
		return "", 0
	}
	return "[" + mark + "]", end + 1
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}
