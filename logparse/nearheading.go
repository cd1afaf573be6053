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
			Remedy:  fmt.Sprintf("write `%s %s`, with a plain blank", strings.Repeat("#", level), title)})
	}
}
