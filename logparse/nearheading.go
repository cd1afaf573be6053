package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
)

// findNearHeadings reports lines that are no heading for want of a blank, or because
// of an odd one: what is below would belong to another section.
func (d *Document) findNearHeadings(body int, set sectionSet) {
	for start, line := range d.textLines(Span{body, len(d.plain)}) {
		if line[0] != '#' && line[0] < utf8.RuneSelf {
			continue
		}
		text := bytes.TrimLeftFunc(line, isAnyBlank)
		behind := bytes.TrimLeft(text, "#")
		level := len(text) - len(behind)
		if level == 0 || level > 6 {
			continue
		}
		odd := nameOddBlank(string(line[:len(line)-len(text)]))
		if odd == "" && len(behind) > 0 && !isMarkerEnd(behind, 0) {
			_, size := utf8.DecodeRune(behind)
			odd = nameOddBlank(string(behind[:size]))
		} else if odd == "" {
			continue
		}
		title := strings.TrimFunc(string(behind), isAnyBlank) // and #notes is a tag
		if name := d.headings.section(title, set); odd == "" && level == 1 || name == OwnSection || name == Confidential {
			continue
		}
		why := "a blank is missing"
		if odd != "" {
			why = "there is " + odd
		}
		d.report(Diagnostic{Code: "unknown-section", Span: Span{start, start + len(bytes.TrimRight(line, " \t\n"))},
			Message: fmt.Sprintf("this isn't a heading: %s after %s", why, strings.Repeat("#", level)),
			Remedy:  fmt.Sprintf("write `%s %s`, with a plain blank", strings.Repeat("#", level), title),
			Fix:     d.fixHeading(start, line, title, set)})
	}
}

// followed are the sections in which a line that is lost is a promise that is lost.
var followed = []SectionName{FollowUp, ShortTerm, MidTerm, LongTerm}

// findLostHeadings reports lines that name a section of promises, and open none: in bold,
// in a list, a quote or HTML, or below a comment or code that is never closed.
func (d *Document) findLostHeadings(body int, sections []*Section) {
	read := body
	for start, line := range d.textLines(Span{body, len(d.plain)}) {
		if read < start {
			d.findUnclosed(Span{read, start})
		}
		read = start + len(line)
		for len(sections) > 0 && sections[0].Heading.Start < start {
			sections = sections[1:]
		}
		if len(sections) > 0 && sections[0].Heading.Start < read {
			continue // it opens one
		}
		text := bytes.TrimLeft(line, " \t>")
		if bytes.IndexByte(line, '#') < 0 && !likeHeading(text) {
			continue
		}
		bare := bytes.TrimLeft(text, "-*+ \t")
		hashes := bytes.TrimLeft(bare, "#")
		if len(hashes) == 0 || len(hashes) < len(bare) && !isMarkerEnd(hashes, 0) {
			continue // findNearHeadings has those glued to their mark
		}
		if len(hashes) == len(bare) && !(likeHeading(text) && boxBelow().Match(d.plain[read:])) {
			continue
		}
		if name := d.lostSection(bare); name != OwnSection {
			d.reportLost(Span{start, start + len(line)}, name, "it isn't a heading of its own")
		}
	}
	d.findUnclosed(Span{read, len(d.plain)})
}

// likeHeading says whether a line is bold, or starts with a letter and ends with a colon.
func likeHeading(line []byte) bool {
	if bytes.HasPrefix(line, []byte("**")) || bytes.HasPrefix(line, []byte("__")) {
		return true
	}
	line = bytes.TrimRight(line, " \t\n\f\r")
	if len(line) == 0 || line[len(line)-1] != ':' {
		return false
	}
	first, _ := utf8.DecodeRune(line)
	return unicode.IsLetter(first)
}

var boxBelow = pattern.Of(`^\s*(?:[-*+]|\d+[.)])[ \t]+\\?\[`)

// findUnclosed reports a heading in code or a comment that goes on to the end, or over the
// start of another comment.
func (d *Document) findUnclosed(part Span) {
	text := d.plain[part.Start:part.End]
	if part.End < len(d.plain) && bytes.Count(text, commentStart) < 2 {
		return
	}
	for at := part.Start; at < part.End; {
		start := at
		at += lineLength(d.plain[at:])
		if name := d.lostSection(d.plain[start:at]); d.plain[start] == '#' && name != OwnSection {
			d.reportLost(Span{start, at}, name, "the comment or code above it is never closed")
			return
		}
	}
}

func (d *Document) lostSection(line []byte) SectionName {
	if len(line) > 60 {
		return OwnSection
	}
	name := d.headings.section(strings.TrimSpace(strings.TrimLeft(string(line), "#")), sessionSections())
	if !slices.Contains(followed, name) {
		return OwnSection
	}
	return name
}

func (d *Document) reportLost(span Span, name SectionName, why string) {
	span.End = span.Start + len(bytes.TrimRight(d.plain[span.Start:span.End], " \t\n"))
	d.report(Diagnostic{Code: "unknown-section", Span: span,
		Message: fmt.Sprintf("what is below this isn't read as %s: %s", name.Title(), why),
		Remedy:  fmt.Sprintf("write `## %s` on a line of its own, outside of lists, quotes, code and comments", name.Title())})
}
