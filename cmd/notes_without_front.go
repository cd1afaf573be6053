package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

const withoutFrontCode = "front-matter-missing"

// isNoteWithoutFront says whether a file in a person's folder is an older note, as
// people have them before they adopt them: it has no front matter at all.
func isNoteWithoutFront(doc *logparse.Document) bool {
	return doc.Kind == logparse.SessionLog && strings.HasPrefix(doc.Path, "people/") &&
		slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == withoutFrontCode })
}

// notesWithoutFront are the notes that wait to be adopted, and the command for it.
// Years of them are one thing to do, so they are named once.
func notesWithoutFront(docs []*logparse.Document) (notes []*logparse.Document, command string) {
	for _, doc := range docs {
		if isNoteWithoutFront(doc) {
			notes = append(notes, doc)
		}
	}
	if len(notes) == 1 {
		return notes, "coachlog adopt " + report.ShellWord(notes[0].Path)
	}
	return notes, "coachlog adopt people"
}

func withoutFront(n int) string {
	if n == 1 {
		return "1 file is a note without front matter"
	}
	return fmt.Sprintf("%d files are notes without front matter", n)
}

// notesTogether makes one finding of all notes without front matter.
func notesTogether(findings []rules.Finding) []rules.Finding {
	var docs []*logparse.Document
	for _, f := range findings {
		if f.Rule == withoutFrontCode && isNoteWithoutFront(f.Doc) {
			docs = append(docs, f.Doc)
		}
	}
	notes, command := notesWithoutFront(docs)
	if len(notes) == 0 {
		return findings
	}
	at := slices.IndexFunc(findings, func(f rules.Finding) bool { return f.Doc == notes[0] && f.Rule == withoutFrontCode })
	findings[at].Message, findings[at].Remedy = withoutFront(len(notes)), command
	return slices.DeleteFunc(findings, func(f rules.Finding) bool {
		return f.Rule == withoutFrontCode && f.Doc != notes[0] && slices.Contains(notes, f.Doc)
	})
}
