package logparse

import (
	"bytes"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// An Ignore is a comment that silences rules, with the reason:
//
//	<!-- coachlog: ignore RULE[, RULE]: REASON -->
//
// It is meant for the item that it is in the text of, for another line that it stands on
// or, where it stands alone, for the next line with something else on it.
type Ignore struct {
	Rules  []string
	Reason string
	Line   int // the first line it is meant for; behind the last one of the file where there is none
	Last   int // the last one
	Span   Span
}

var (
	ignoreStart = pattern.Of(`(?:<!--|#)\s*coachlog:\s*ignore\s`)
	ignoreForm  = pattern.Of(`^(?:<!--|#)\s*coachlog:\s*ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*((?s).*?))?\s*(?:-->|$)`)
)

// maxIgnore bounds how long such a comment can be.
const maxIgnore = 2000

// findIgnores finds the comments for rules; items are those of the file's sections.
func (d *Document) findIgnores() (ignores []Ignore) {
	if !bytes.Contains(d.plain, []byte("coachlog:")) {
		return nil
	}
	alone := make(map[int]int) // the lines of comments that stand alone: where each starts, the index in ignores
	for n := range d.LineCount() {
		whole := d.lineSpan(n)
		line := d.plain[whole.Start:whole.End]
		at := ignoreStart().FindIndex(line)
		if at == nil {
			continue
		}
		span := Span{whole.Start + at[0], whole.End}
		near := d.plain[span.Start:min(len(d.plain), span.Start+maxIgnore)]
		if end := bytes.Index(near, commentEnd); line[at[0]] == '<' && end >= 0 { // it may be wrapped
			span.End = span.Start + end + len(commentEnd)
		}
		match := ignoreForm().FindSubmatch(bytes.TrimSpace(d.plain[span.Start:span.End]))
		if match == nil {
			continue
		}
		ignore := Ignore{Line: n + 1, Last: d.lineAt(span.End-1) + 1, Span: span, Reason: strings.Join(strings.Fields(string(match[2])), " ")}
		for rule := range bytes.SplitSeq(match[1], []byte{','}) {
			ignore.Rules = append(ignore.Rules, string(bytes.TrimSpace(rule)))
		}
		behind := d.plain[span.End:d.lineSpan(ignore.Last-1).End]
		if len(bytes.TrimSpace(line[:at[0]])) == 0 && len(bytes.TrimSpace(behind)) == 0 {
			alone[ignore.Line] = len(ignores)
		}
		ignores = append(ignores, ignore)
	}
	d.aim(ignores, alone)
	return ignores
}

// aim finds which lines comments are meant for.
func (d *Document) aim(ignores []Ignore, alone map[int]int) {
	texts := make(map[int]Span) // the lines of each item's text, by each of them
	for _, section := range d.sections {
		for it := range AllItems(section.Items) {
			if n := len(it.lines); n > 1 {
				text := Span{d.lineAt(it.Marker.Start) + 1, d.lineAt(max(it.lines[n-1].End-1, it.Marker.Start)) + 1}
				for line := text.Start; line <= text.End; line++ {
					texts[line] = text
				}
			}
		}
	}
	for i, ignore := range slices.Backward(ignores) {
		to := &ignores[i]
		if text, inItem := texts[ignore.Line]; inItem {
			to.Line, to.Last = text.Start, text.End
		} else if at, isAlone := alone[ignore.Line]; isAlone && at == i {
			next := ignore.Last                           // from 0, so the one behind
			for next < d.LineCount() && d.isBlank(next) { // formatters put blank lines behind comments
				next++
			}
			to.Line, to.Last = next+1, next+1
			if below, isIgnore := alone[next+1]; isIgnore {
				to.Line, to.Last = ignores[below].Line, ignores[below].Last
			} else if text, inItem := texts[next+1]; inItem {
				to.Line, to.Last = text.Start, text.End
			}
		}
	}
}
