package lsp

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// lint finds in one file what "coachlog lint FILE" does. In the settings it finds what they
// say, and not what everybody's logs say of them.
func (w *workspace) lint(name string, open []*document) []rules.Finding {
	l := rules.NewLinter(w.shared.Settings, rules.Options{Today: w.today, Tier: rules.Method,
		Past: func(path string, _ logparse.Date) bool { return path == name }}, w.others()...)
	found := l.Settings(w.roster)
	if id := w.ownerOf(name); id != "" {
		if coach := w.roster.CoachOf(w.roster.Someone(id)); w.hasLogs(coach) {
			w.roster.NoteLogs(coach)
		}
		j := w.judge(id, open)
		w.signIn(j)
		found = append(append(found, l.People(j.book)...), l.Strays(w.roster, j.strays)...)
		w.noteFirst(l, id)
	}
	found = slices.DeleteFunc(found, func(f rules.Finding) bool { return f.File != name })
	return l.Settle(found)
}

// signIn takes the sign-offs into a book, once.
func (w *workspace) signIn(j *judged) {
	if !j.signed {
		w.sign(j.book)
		j.signed = true
	}
}

// noteFirst looks for a log that is some weeks old, since a young logbook needn't hear of all:
// mostly the person has one.
func (w *workspace) noteFirst(l *rules.Linter, but string) {
	if l.NoteFirst(w.first); l.Young() && w.first.IsZero() {
		for _, id := range w.everybody() {
			if id == but {
				continue
			}
			contents := w.dir.ReadFolders(w.shared.Settings, w.folders[id])
			if l.Note(w.roster.Judge([]string{id}, contents.Docs, nil)); !l.Young() {
				break
			}
		}
	}
	w.first = l.First()
}

// person is who a file is of, as they were judged; nil of nobody's.
func (j *judged) person() *plan.Person { return j.book.Person(j.id) }
