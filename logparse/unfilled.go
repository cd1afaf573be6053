package logparse

import (
	"slices"
	"strings"
	"unicode"
)

// Longest text that can be a placeholder, in bytes.
const maxPlaceholder = 40

// Longest of the placeholders below, in bytes.
const longestPlaceholder = 20

// isPlainLetter says whether a byte is an ASCII letter but x, of which a placeholder can be made.
func isPlainLetter(c byte) bool {
	c |= 0x20
	return 'a' <= c && c <= 'z' && c != 'x'
}

// placeholders are the words that people leave where they mean to write later.
var placeholders = map[string]bool{
	"todo": true, "to do": true, "to-do": true, "fixme": true, "tbd": true, "tba": true, "tbc": true, "t.b.d": true, "t.b.a": true, "t.b.c": true,
	"to be defined": true, "to be determined": true, "to be decided": true, "to be discussed": true, "to be done": true,
	"to be agreed": true, "to be added": true, "to be announced": true, "to be confirmed": true, "to be filled in": true, "to be written": true,
	"fill in": true, "fill this in": true, "fill me in": true, "to fill in": true, "placeholder": true, "your text here": true, "text here": true, "write here": true, "lorem ipsum": true,
}

// isPlaceholder says whether a text only keeps a place: "[TODO]", "TBD", "xxx", or
// nothing but punctuation.
func isPlaceholder(text string) bool {
	if len(text) > maxPlaceholder || len(text) > longestPlaceholder && isPlainLetter(text[0]) && isPlainLetter(text[len(text)-1]) {
		return false // as nearly all texts
	}
	if strings.ContainsFunc(text, saysItself) {
		return false
	}
	word := strings.TrimFunc(text, func(r rune) bool { return !isWord(r) })
	word = strings.ToLower(strings.Join(strings.Fields(word), " "))
	return placeholders[word] || text != "" && len(word) != 1 && strings.Trim(word, "x") == ""
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// saysItself says whether a sign says something: a thumb or a tick does.
func saysItself(r rune) bool {
	return !isWord(r) && !unicode.IsPunct(r) && !unicode.IsSpace(r) && !strings.ContainsRune("<>|~`^=$", r)
}

// asksOnly says whether a text only asks for something to be written behind it, as
// templates do: "Focus, chosen by the coachee:", with nothing or a placeholder
// behind the colon.
func asksOnly(text string) bool {
	before, rest, asks := strings.Cut(strings.ReplaceAll(text, "：", ":"), ":")
	if !asks || before == "" {
		return false
	}
	if strings.Trim(rest, "*_ ") == "" {
		return true
	}
	// ":)" and ":-/" are faces, "http://" is an address.
	return strings.IndexByte(`)(-/\|]'^`, rest[0]) < 0 && isPlaceholder(strings.TrimSpace(rest))
}

// dropPlaceholder takes the text out of an item that only keeps a place: like an
// item without text, it is there to be written in. A goal or action keeps it, since
// somebody may have promised what it stands for.
func (it *Item) dropPlaceholder() {
	if isPlaceholder(it.Text) {
		it.Text = ""
	}
}

// filled says whether somebody wrote something in an item or below it: more than a
// placeholder, or the question of a template.
func (it *Item) filled() bool {
	if it.Text != "" && !isPlaceholder(it.Text) && (it.IsTask() || !asksOnly(it.Text)) {
		return true
	}
	return slices.ContainsFunc(it.Items, (*Item).filled)
}

// Unanswered are the questions of a template below the headings of a name, behind
// which nobody wrote yet.
func (in *Sectioned) Unanswered(name SectionName) []*Item {
	var questions []*Item
	for section := range in.named(name) {
		for _, it := range section.Items {
			if strings.HasSuffix(strings.TrimRight(it.Text, "*_"), ":") && !it.filled() {
				questions = append(questions, it)
			}
		}
	}
	return questions
}

// AnswerItem writes an answer behind the question of a template, several lines below it.
func (d *Document) AnswerItem(question *Item, lines []string) Edit {
	at := question.TextSpan.End
	text := " " + strings.Join(lines, "")
	if len(lines) > 1 {
		margin := d.eol() + strings.Repeat(" ", question.TextSpan.Start-d.lineStart(question.Span.Start))
		at = d.lineStart(at) + len(strings.TrimRight(string(d.plain[d.lineStart(at):d.lineSpan(d.lineAt(at)).End]), " \t\r\n"))
		text = margin + strings.Join(lines, margin)
	}
	sections := len(d.sections)
	done := func(result *Document, at int) bool {
		it := result.itemAt(func(it *Item) bool { return it.Span.Start < at && at <= it.Span.End && it.filled() })
		return it != nil && len(result.sections) >= sections // the answer hides no heading
	}
	return Edit{Span: Span{at, at}, Text: text, done: done, carried: true}
}

// saysSomething says whether a block of text is more than a placeholder or the
// question of a template.
func saysSomething(text []byte) bool {
	if len(text) > 8*maxPlaceholder {
		return true
	}
	words := strings.Join(strings.Fields(string(uncommented(text))), " ")
	return words == "" || !isPlaceholder(words) && !asksOnly(words) // a comment in code is no comment
}
