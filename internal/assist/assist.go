// Package assist is what an editor is told of a log while somebody writes it: what may come
// next, what comes after an id, what became of a goal, what can be mended. It is given the
// text and the judged person, and does no input or output.
package assist

import (
	"bytes"
	"iter"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A View is an open text in its place among the person's other files. Nothing that is
// confidential in those is in it.
type View struct {
	Doc    *logparse.Document
	Book   *plan.Logbook // the person and their files; of nobody where the text is nobody's
	Person *plan.Person  // nil of nobody
	Today  logparse.Date
}

// A Place is a part of one of the logbook's files.
type Place struct {
	Path string
	Doc  *logparse.Document // nil of a file that was not read
	Span logparse.Span
}

// itemsOf are all items of a file, nested ones too, with their sections.
func itemsOf(doc *logparse.Document) iter.Seq2[*logparse.Item, *logparse.Section] {
	return func(yield func(*logparse.Item, *logparse.Section) bool) {
		for _, section := range doc.Sections() {
			for it := range logparse.AllItems(section.Items) {
				if !yield(it, section) {
					return
				}
			}
		}
	}
}

// itemAt is the innermost item at a place, with its section; nil where there is none.
func itemAt(doc *logparse.Document, offset int) (found *logparse.Item, in *logparse.Section) {
	for it, section := range itemsOf(doc) {
		if holds(it.Span, offset) {
			found, in = it, section
		}
	}
	return found, in
}

// mentioned is the person or the metric that is written at a place, and where it is; none where
// neither is.
func (v *View) mentioned(offset int) (person, metric string, span logparse.Span) {
	if s := v.Doc.Session; s != nil {
		for _, m := range s.Metrics {
			if holds(m.Span, offset) {
				return "", m.Metric, m.Span
			}
		}
	}
	it, _ := itemAt(v.Doc, offset)
	switch {
	case it == nil:
		return "", "", span
	case isHere(it.Target, offset):
		return "", it.Target.V.Metric, it.Target.Span
	case isHere(it.Owner, offset):
		return it.Owner.V, "", it.Owner.Span
	case isHere(it.By, offset):
		return it.By.V, "", it.By.Span
	}
	for _, named := range it.NamedInText(v.Doc.Source) {
		if isHere(named, offset) {
			return named.V, "", named.Span
		}
	}
	return "", "", span
}

// holds says whether a place is in a span or right behind it.
func holds(span logparse.Span, offset int) bool { return span.Start <= offset && offset <= span.End }

// isHere says whether a value is written at a place.
func isHere[T any](v logparse.Value[T], offset int) bool { return v.Set && holds(v.Span, offset) }

// lineBefore is the text of a line up to a place, and where the line starts.
func lineBefore(doc *logparse.Document, offset int) (text string, start int) {
	start = bytes.LastIndexAny(doc.Text[:offset], "\r\n") + 1
	return string(doc.Text[start:offset]), start
}

// indentOf is the white space that a line starts with.
func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// goalOf is the goal that a line speaks of; nil where it speaks of none.
func (v *View) goalOf(it *logparse.Item) *plan.Goal {
	if v.Person == nil {
		return nil
	}
	for _, g := range v.Person.Goals {
		for _, m := range g.Said {
			if m.Item == it {
				return g
			}
		}
		for _, s := range g.Stated {
			if s.Goal.Item == it {
				return g
			}
		}
	}
	return nil
}

// actionOf is the action that a line speaks of, in its last turn; nil where it speaks of none.
func (v *View) actionOf(it *logparse.Item) (action *plan.Agreement) {
	if v.Person == nil {
		return nil
	}
	for _, a := range v.Person.Agreements {
		for _, m := range a.Said {
			if m.Item == it {
				action = a
			}
		}
	}
	return action
}
