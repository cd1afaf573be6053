// Package canonical says how coachlog writes a file that people wrote in one of the ways that
// it reads: coachlog fmt. It changes how a thing is written and never what it means, and
// leaves to its authors whatever the format doesn't describe.
package canonical

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// Edits are what turns a file into its canonical form; none of one that is in it, or that
// can't be rewritten safely (see Document.WhyUnsafe).
func Edits(doc *logparse.Document) []logparse.Edit {
	if doc.Kind == logparse.OtherFile || doc.Kind == logparse.MetricsFile || doc.WhyUnsafe() != nil {
		return nil
	}
	f := &form{Document: doc}
	f.front()
	f.items()
	f.tables()
	f.end()
	slices.SortStableFunc(f.edits, func(a, b logparse.Edit) int { return a.Span.Start - b.Span.Start })
	return f.edits
}

// Text is a file's text in its canonical form.
func Text(doc *logparse.Document) ([]byte, error) {
	edits := Edits(doc)
	if len(edits) == 0 {
		return doc.Text, nil
	}
	done, err := doc.Apply(edits...)
	if err != nil {
		return nil, err
	}
	return done.Text, nil
}

// A form collects the edits of one file.
type form struct {
	*logparse.Document
	edits []logparse.Edit
}

func (f *form) write(span logparse.Span, text string) {
	f.edits = append(f.edits, f.Replace(span, text)...)
}

// isDoubtful says whether the parser has something to say of a place: how it was meant, a
// person has to tell.
func (f *form) isDoubtful(span logparse.Span) bool {
	return slices.ContainsFunc(f.Diagnostics, func(d logparse.Diagnostic) bool {
		return d.Span.Start < span.End && span.Start < max(d.Span.End, d.Span.Start+1)
	})
}

// end gives the last line its line end.
func (f *form) end() {
	if n := len(f.Text); n > 0 && f.Text[n-1] != '\n' && f.Text[n-1] != '\r' {
		f.write(logparse.Span{Start: n, End: n}, f.LineEnd())
	}
}
