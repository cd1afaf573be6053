package logparse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// findNearHeadings reports lines that are no heading for want of a blank, or because
// of an odd one: what stands below would belong to another section.
func (d *Document) findNearHeadings(body int, set sectionSet) {
	f := nearBoxFinder{}
	for number := d.lineAt(body); number < len(d.lines); number++ {
		span := d.lineSpan(number)
		line := d.plain[span.Start:span.End]
		if len(line) == 0 || line[0] != '#' && line[0] < utf8.RuneSelf && line[0] != '`' && line[0] != '~' && line[0] != '<' && !f.comment && f.fence == 0 {
			continue
		}
		if f.skip(line) || span.Start < body {
			continue
		}
		text := bytes.TrimLeftFunc(line, isAnyBlank)
		level := len(text) - len(bytes.TrimLeft(text, "#"))
		title := strings.TrimFunc(string(text[level:]), isAnyBlank)
		if level == 0 || level > 6 || title == "" {
			continue
		}
		odd := nameOddBlank(string(line[:bytes.Index(line, []byte(title))]))
		glued := bytes.HasPrefix(text[level:], []byte(title)) && level > 1 // #notes is a tag
		name := d.headings.section(title, set)
		if odd == "" && !glued || name == OwnSection || name == Confidential {
			continue
		}
		why := "a blank is missing"
		if odd != "" {
			why = "there is " + odd
		}
		d.report(Diagnostic{Code: "unknown-section", Span: Span{span.Start, span.Start + len(bytes.TrimRight(line, " \t\n"))},
			Message: fmt.Sprintf("this is no heading, since %s behind %s", why, strings.Repeat("#", level)),
			Remedy:  fmt.Sprintf("write `%s %s`, with a plain blank", strings.Repeat("#", level), title)})
	}
}
