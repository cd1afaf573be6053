package cmd

import (
	"slices"
	"sync/atomic"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A linting gathers what lint finds.
type linting struct {
	*workspace
	*rules.Linter
	signs *history.SignOffs
	linted

	changed map[string]string // files, with --since
	grown   atomic.Bool       // a log that isn't among them is some weeks old
}

func (o *lintOptions) linting(w *workspace, past func(string, logparse.Date) bool) *linting {
	linter := rules.NewLinter(w.shared.Settings, rules.Options{Today: w.today, Tier: o.tier, Past: past}, w.shared.Common()...)
	return &linting{workspace: w, Linter: linter, signs: history.ReadSignOffs(w.dir), linted: linted{unreadable: slices.Clone(w.shared.Unreadable)}}
}

// people lints some people.
func (l *linting) people(a *app, ids []string) {
	coaches := make(map[string]bool)
	for _, id := range ids { // whom it may be asked of whether they are coached
		coach := l.Roster.CoachOf(l.Roster.Someone(id))
		if !coaches[coach] && l.hasLogs(coach) {
			l.Roster.NoteLogs(coach)
		}
		coaches[coach] = true
	}
	parts, bugs := each(a, ids, func(id string) linted {
		b := l.judge(id)
		l.signs.Add(b.Logbook)
		l.noteGrown(b)
		return linted{findings: append(l.People(b.Logbook), l.Strays(l.Roster, b.contents.Strays)...), unreadable: b.contents.Unreadable}
	})
	l.unreadable = append(l.unreadable, bugs...)
	for _, part := range parts {
		l.findings = append(l.findings, part.findings...)
		l.unreadable = append(l.unreadable, part.unreadable...)
	}
}

// end lints what is nobody's, as far as a file of it is wanted, and puts all in order.
func (l *linting) end(a *app, wanted func(name string) bool) *linted {
	found := slices.DeleteFunc(l.Settings(l.Roster), func(f rules.Finding) bool { return !wanted(f.File) })
	l.findings = l.Settle(append(found, l.findings...))
	l.unread = a.saySignOffs(l.signs)
	return &l.linted
}
