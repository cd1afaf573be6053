package rules

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/logparse"
)

// A Fix is what takes a finding away, where a person can't reasonably want anything else. Its
// edits are all in the finding's file.
type Fix struct {
	Title string // what it does, as an editor offers it
	Edits []logparse.Edit
}

// mostFixes bounds how often the text of one file is tried out: somebody may have written it
// to take long.
const mostFixes = 20

// cured gives the finding the parser's fix, if that does take it away and brings nothing new.
func (f *Finding) cured(doc *logparse.Document, edits []logparse.Edit) {
	if done, err := doc.Fixed(edits...); err == nil && len(done.Diagnostics) < len(doc.Diagnostics) {
		f.setFix(edits)
	}
}

// setFix says of a fix what the remedy says of it.
func (f *Finding) setFix(edits []logparse.Edit) {
	title, _, _ := strings.Cut(f.Remedy, "; ")
	first, size := utf8.DecodeRuneInString(title)
	f.Fix = &Fix{strings.ToUpper(string(first)) + title[size:], edits}
}

// renamed gives a finding about a name the fix that writes another one, where that is an id.
func (f *finder) renamed(found *Finding, span logparse.Span, name, other string) {
	at := bytes.Index(f.doc.Text[span.Start:span.End], []byte(name))
	if !logparse.IsID(other) || at < 0 {
		return
	}
	start := span.Start + at
	edits := f.doc.Replace(logparse.Span{Start: start, End: start + len(name)}, other)
	if _, err := f.doc.Fixed(edits...); len(edits) > 0 && err == nil {
		found.Fix = &Fix{fmt.Sprintf("Write %s in place of %s", other, name), edits}
	}
}
