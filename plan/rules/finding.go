package rules

import (
	"cmp"
	"fmt"
	"slices"
	"unique"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Finding is one place where a rule, or the parser, has something to say, with
// the line that it is about: the document itself isn't kept.
type Finding struct {
	Rule     string            `json:"rule"` // a rule's id or a diagnostic's code
	Severity logparse.Severity `json:"severity"`
	File     string            `json:"file"`
	Line     int               `json:"line"`
	Column   int               `json:"column"`
	EndLine  int               `json:"end_line"`
	EndCol   int               `json:"end_column"` // behind the last character
	Message  string            `json:"message"`
	Remedy   string            `json:"remedy,omitempty"`

	Fingerprint string `json:"fingerprint,omitempty"`
	MustShow    bool   `json:"-"` // no baseline hides it: the file doesn't count because of it, or tells what it shouldn't

	Span logparse.Span `json:"-"` // of the marked text, in the file
	Text string        `json:"-"` // of the line; "" where it may not be shown
	Fix  *Fix          `json:"-"` // nil where a person has to say what is right

	unlessYoung bool // it falls where the logbook has no log that is some weeks old
}

func newFinding(rule string, severity logparse.Severity, doc *logparse.Document, span logparse.Span, message string) Finding {
	at, end := doc.Position(span.Start), doc.Position(lastMarked(doc, span))
	text, _ := doc.Line(at.Line)
	return Finding{Rule: rule, Severity: severity, File: doc.Path, Line: at.Line, Column: at.Column, EndLine: end.Line, EndCol: end.Column,
		Message: shortQuotes(message), Span: span, Text: unique.Make(text).Value()} // once, for many on one long line
}

// lastMarked is the end of the marked text, without the line ends behind it.
func lastMarked(doc *logparse.Document, span logparse.Span) int {
	end := min(max(span.Start, span.End), len(doc.Text))
	for end > span.Start && (doc.Text[end-1] == '\n' || doc.Text[end-1] == '\r') {
		end--
	}
	return end
}

var quoted = pattern.Of(`"(?:[^"\\]|\\.)*"`)

// shortQuotes shortens what a message quotes from a file: an item may be a page on one line.
func shortQuotes(message string) string {
	const most = 120
	if len(message) <= most {
		return message
	}
	return quoted().ReplaceAllStringFunc(message, func(quote string) string {
		if runes := []rune(quote); len(runes) > most {
			return string(runes[:most]) + `…"`
		}
		return quote
	})
}

// todo says what to do about it.
func (f *Finding) todo(format string, args ...any) *Finding {
	f.Remedy = shortQuotes(fmt.Sprintf(format, args...))
	return f
}

// Settle puts the findings of one person or of many in order, by file and place. Those that a
// young logbook needn't hear of wait for the logs of all who were linted.
func (l *Linter) Settle(findings []Finding) []Finding {
	young := l.Young()
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.unlessYoung && young })
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(logparse.ComparePaths(x.File, y.File), cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Rule, y.Rule))
	})
	return findings
}

// First is the day of the first log so far, for another Linter's NoteFirst.
func (l *Linter) First() logparse.Date { return l.first }

// NoteFirst takes note of a log's day.
func (l *Linter) NoteFirst(day logparse.Date) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !day.IsZero() && (l.first.IsZero() || day.Before(l.first)) {
		l.first = day
	}
}

// Young says that none of the logs so far is some weeks old.
func (l *Linter) Young() bool { return l.isYoung(l.first) }

func (l *Linter) isYoung(first logparse.Date) bool {
	return first.IsZero() || first.DaysUntil(l.Today) < growingDays
}

// Grown says whether one of some people's logs is some weeks old, and was before some files
// changed: one out of place may have been left out beside another.
func (l *Linter) Grown(b *plan.Logbook, changed func(path string) bool) bool {
	return slices.ContainsFunc(b.Judged(), func(p *plan.Person) bool {
		return slices.ContainsFunc(p.Logs, func(log *plan.Log) bool { return !l.isYoung(log.Date) && log.InPlace() && !changed(log.Path()) })
	})
}
