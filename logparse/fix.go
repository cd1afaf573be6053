package logparse

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/nearest"
	"github.com/coachlog/coachlog/internal/pattern"
)

// Fixed is the file after some fixes. It is an error where something is found in it that
// wasn't there before.
func (d *Document) Fixed(fixes ...Edit) (*Document, error) {
	if len(d.conflicts) > 0 {
		return nil, errors.New("the file has a merge conflict")
	}
	result, err := d.Apply(fixes...)
	if err != nil {
		return nil, err
	}
	if x := newFinding(d, result, Off); x != nil {
		return nil, fmt.Errorf("after that, %s", x.Message)
	}
	return result, nil
}

// dropFixes takes away the fixes on lines that are confidential, and of files of which
// nobody can say what they should be.
func (d *Document) dropFixes() {
	unsure := len(d.conflicts) > 0 || slices.ContainsFunc(d.Diagnostics, func(x Diagnostic) bool { return x.Code == HeldBack || x.Code == FileCopy })
	for i, x := range d.Diagnostics {
		for _, e := range x.Fix {
			if unsure || len(d.Replace(e.Span, e.Text)) == 0 {
				d.Diagnostics[i].Fix = nil
			}
		}
	}
}

func rewrite(span Span, text string) []Edit { return []Edit{{Span: span, Text: text}} }

func insert(at int, text string) []Edit { return rewrite(Span{at, at}, text) }

// fixUnclosed closes front matter where a blank line shows its end.
func fixUnclosed(s *Source, end int) []Edit {
	if end == 0 || end == len(s.plain) || s.plain[end-1] != '\n' || !s.isBlank(s.lineAt(end)) {
		return nil
	}
	if below := bytes.TrimLeft(s.plain[end:], " \t\n"); keyLine().Match(below) {
		return nil // more of it may follow
	}
	return insert(end, "---"+s.eol())
}

var keyLine = pattern.Of(`^[\w-]+\s*:(\s|$)`)

// fixHeading writes plain blanks around the marks of a heading that names a section.
func (d *Document) fixHeading(start int, line []byte, title string, set sectionSet) []Edit {
	if d.headings.section(title, set) == OwnSection {
		return nil
	}
	text := bytes.TrimLeftFunc(line, isAnyBlank)
	level := len(text) - len(bytes.TrimLeft(text, "#"))
	at := start + bytes.Index(line, []byte(title))
	return rewrite(Span{start, at}, strings.Repeat("#", level)+" ")
}

// fixTitle writes a section's heading that is one letter off.
func (d *Document) fixTitle(section *Section, near SectionName, set sectionSet) []Edit {
	at := bytes.Index(d.plain[section.Heading.Start:section.Heading.End], []byte(section.Title))
	if at < 0 || OnlyName(NormalTitle(section.Title), set.titles) == "" {
		return nil
	}
	at += section.Heading.Start
	return rewrite(Span{at, at + len(section.Title)}, near.Title())
}

// OnlyName is the candidate that a word can mean only: the same but for capitals and hyphens, or,
// of a long word, one letter away where no other one is near; "" where there is none.
func OnlyName(word string, candidates []string) (name string) {
	for _, c := range candidates {
		if sameLetters(c, word) {
			return c
		}
	}
	for _, c := range candidates {
		switch d := nearest.Distance(strings.ToLower(word), strings.ToLower(c), 3); {
		case d == 1 && name == "" && len(word) > 5 && kept(c, unicode.IsDigit) == kept(word, unicode.IsDigit):
			name = c
		case d <= 2:
			return ""
		}
	}
	return name
}

// sameLetters says whether two names are the same but for capitals, blanks and hyphens.
func sameLetters(a, b string) bool {
	is := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return strings.EqualFold(kept(a, is), kept(b, is))
}

func kept(text string, is func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if !is(r) {
			return -1
		}
		return r
	}, text)
}

// ownWord are keys with which people say what they agree to, and who may read what: each has
// to be written by who means it.
var ownWord = []string{"agreed", "share", "signing_keys", "sealing_keys", "confidential", "pulses_to", "aliases"}

// fixKey writes the key that is one letter off, or whose value only it can have.
func fixKey(e yamlEntry, near string, known []string) []Edit {
	if slices.Contains(ownWord, near) {
		return nil
	}
	if OnlyName(e.key, known) == near || e.value.kind == yamlScalar && isLikely(near, e.value.text) {
		return rewrite(e.keySpan, near)
	}
	return nil
}

// fixChoice writes the value that another one can mean only.
func fixChoice(v Value[string], names []string) []Edit {
	if name := OnlyName(v.V, names); name != "" && !strings.HasPrefix(v.V, "bi") { // biweekly isn't weekly
		return rewrite(v.Span, name)
	}
	return nil
}

// fixDecimals writes a point before the decimals.
func fixDecimals(text string, span Span) []Edit {
	whole, fraction, ok := strings.Cut(text, ",")
	if !ok || len(fraction) == 3 || len(text) != span.End-span.Start || !isNumber(strings.TrimLeft(whole, "+-")) || !isNumber(fraction) {
		return nil
	}
	return rewrite(span, whole+"."+fraction)
}

// fixBehindHint writes the value that is behind a hint before its #.
func fixBehindHint(s *Source, e *yamlEntry, rest Span) []Edit {
	if e.value.kind != yamlEmpty || e.value.span.End > e.value.span.Start {
		return nil
	}
	colon := e.keySpan.End + bytes.IndexByte(s.plain[e.keySpan.End:], ':') + 1
	hint := bytes.TrimRight(s.plain[:rest.Start], hintGap)
	if s.lineAt(colon) != s.lineAt(rest.Start) || len(hint) < colon {
		return nil
	}
	return append(insert(colon, " "+string(s.plain[rest.Start:rest.End])), rewrite(Span{len(hint), rest.End}, "")...)
}
