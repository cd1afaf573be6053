package cmd

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

const withoutFrontCode = "front-matter-missing"

// isLogPath says whether a file without front matter would be a log, by its place.
func isLogPath(name string) bool {
	return strings.HasPrefix(name, "people/") && logparse.IsLogName(path.Base(name))
}

// isNoteWithoutFront says whether a file in a person's folder is an older note, as
// people have them before they adopt them: it has no front matter at all.
func isNoteWithoutFront(doc *logparse.Document) bool {
	return isLogPath(doc.Path) && slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == withoutFrontCode })
}

// notesWithoutFront are the notes that wait to be adopted.
func notesWithoutFront(docs []*logparse.Document) (notes []string) {
	for _, doc := range docs {
		if isNoteWithoutFront(doc) {
			notes = append(notes, doc.Path)
		}
	}
	return notes
}

// sayNotes says how many notes wait, and the command for them: years of them are
// one thing to do, so they are named once.
func sayNotes(notes []string) (message, command string) {
	if len(notes) == 1 {
		return "1 file has no front matter", "coachlog adopt " + adopt.ShellWord(notes[0])
	}
	return fmt.Sprintf("%d files have no front matter", len(notes)), "coachlog adopt people"
}

// notesTogether makes one finding of all notes without front matter.
func notesTogether(findings []rules.Finding) []rules.Finding {
	var notes []string
	isNote := func(f rules.Finding) bool { return f.Rule == withoutFrontCode && isLogPath(f.File) }
	for _, f := range findings {
		if isNote(f) {
			notes = append(notes, f.File)
		}
	}
	if len(notes) == 0 {
		return findings
	}
	first := slices.IndexFunc(findings, isNote)
	findings[first].Message, findings[first].Remedy = sayNotes(notes)
	kept := findings[first]
	return slices.DeleteFunc(findings, func(f rules.Finding) bool { return isNote(f) && f.File != kept.File })
}
