package lsp

import (
	"slices"
	"time"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// lint is what lint finds in an open text; it is kept until anything changes.
func (d *document) lint(open []*document) []rules.Finding {
	now := foundFor{state: d.state, edits: d.edits}
	if id := d.OwnerOfFile(d.path); id != "" {
		now.judged = d.judge(id, open).book
	}
	if now != d.foundFor {
		d.found, d.foundFor = d.lintFile(d.path, open), now
	}
	return d.found
}

// lintFile finds in one file what "coachlog lint FILE" does. In the settings it finds what they
// say, and not what everybody's logs say of them.
func (w *workspace) lintFile(name string, open []*document) []rules.Finding {
	l := rules.NewLinter(w.shared.Settings, rules.Options{Today: w.today, Tier: rules.Method,
		Past: func(path string, _ logparse.Date) bool { return path == name }}, w.shared.Common()...)
	found := l.Settings(w.Roster)
	if id := w.OwnerOfFile(name); id != "" {
		if coach := w.Roster.CoachOf(w.Roster.Someone(id)); w.hasLogs(coach) {
			w.Roster.NoteLogs(coach)
		}
		j := w.judge(id, open)
		wait := w.wait
		if w.signs.late { // one wait is enough
			wait = 0
		}
		w.signIn(j, wait)
		w.noteFirst(l)
		found = append(append(found, l.People(j.book)...), l.Strays(w.Roster, j.strays)...)
	}
	found = slices.DeleteFunc(found, func(f rules.Finding) bool { return f.File != name })
	return l.Settle(found)
}

// signIn takes the sign-offs into a book, once.
func (w *workspace) signIn(j *judged, wait time.Duration) {
	if !j.signed {
		j.signed = w.sign(j.book, wait)
	}
}

// noteFirst takes note of a log that is some weeks old, since a young logbook needn't hear of
// all. It is looked for once: mostly the first person has one.
func (w *workspace) noteFirst(l *rules.Linter) {
	if !w.looked {
		of := rules.NewLinter(w.shared.Settings, l.Options)
		for _, id := range w.Everybody() {
			contents := w.dir.ReadFolders(w.shared.Settings, w.Folders[id])
			if of.Note(w.Judge([]string{id}, contents.Docs, nil)); !of.Young() {
				break
			}
		}
		w.first, w.looked = of.First(), true
	}
	l.NoteFirst(w.first)
}

// person is who a file is of, as they were judged; nil of nobody's.
func (j *judged) person() *plan.Person { return j.book.Person(j.id) }
