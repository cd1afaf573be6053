package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// missing is what is left out of an output, with the reasons: the files, and parts of
// files, that could not be read, and what isn't counted.
type missing struct {
	unread, uncounted, notes []string

	unreadPlan string // the first plan that is no text, and what to do
}

// missing looks in the people's files, and in others besides.
func (b *book) missing(others ...*logparse.Document) missing {
	m := missing{uncounted: b.leftOut(), notes: notesWithoutFront(b.Docs), unreadPlan: b.unreadPlan()}
	for _, p := range b.contents.Unreadable {
		m.unread = append(m.unread, p.Error())
	}
	for _, doc := range slices.Concat(others, b.Docs) {
		if doc == nil || isNoteWithoutFront(doc) {
			continue
		}
		all := doc.Broken() || doc.Kind == logparse.SettingsFile || doc.Kind == logparse.MetricsFile
		at := slices.IndexFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool {
			return d.Severity == logparse.Error && (all || d.Code == logparse.HeldBack) && d.Code != logparse.FileCopy
		})
		if at >= 0 {
			d := doc.Diagnostics[at]
			m.unread = append(m.unread, doc.Where(d.Span.Start)+": "+d.String())
		}
	}
	return m
}

func (m *missing) add(o missing) {
	m.unread = append(m.unread, o.unread...)
	m.uncounted = append(m.uncounted, o.uncounted...)
	m.notes = append(m.notes, o.notes...)
	m.unreadPlan = cmp.Or(m.unreadPlan, o.unreadPlan)
}

// allMissing is what is left out of all that was read.
func (b *book) allMissing() missing { return b.missing(b.otherDocs()...) }

// missing is what is left out of everybody's files but the people's.
func (w *workspace) missing() missing {
	b := &book{Logbook: &plan.Logbook{Roster: w.roster}, contents: w.shared}
	return b.missing(w.others()...)
}

// unreadable is what could not be read, older notes together first.
func (m missing) unreadable() []string {
	if len(m.notes) == 0 {
		return m.unread
	}
	message, command := sayNotes(m.notes)
	return append([]string{message + ": " + command}, m.unread...)
}

// uncounted are the files, and parts of files, that could not be read, with the
// reason: what they hold is missing from every figure.
func (b *book) uncounted() []string { return b.allMissing().unreadable() }

// unreadPlan is the first plan that is no text here, and what to do; "" where all are.
func (b *book) unreadPlan() string {
	for _, doc := range b.Docs {
		if d := notText(doc); d != nil && path.Base(doc.Path) == "plan.md" {
			return doc.Path + ": " + d.String()
		}
	}
	return ""
}

// leftOut are the files and values that were read and don't count: which of two is
// right isn't clear, or whose they are.
func (b *book) leftOut() []string {
	var reasons []string
	for _, doc := range b.Docs {
		for _, d := range doc.Diagnostics {
			if d.Code == logparse.FileCopy {
				reasons = append(reasons, doc.Path+": "+d.Message)
			}
		}
	}
	for _, log := range b.Misplaced {
		reasons = append(reasons, fmt.Sprintf("%s: a log of %s in somebody else's folder", log.Path(), log.Person.ID))
	}
	for _, log := range b.Twins {
		reasons = append(reasons, fmt.Sprintf("%s: there is another log of %s", log.Path(), log.Date))
	}
	for _, p := range b.People {
		for _, d := range p.Disputed {
			if first := d.Observations[0]; !d.Counts {
				reasons = append(reasons, fmt.Sprintf("%s of %s on %s: %s", first.Metric, p.ID, first.Date, b.values(d)))
			}
		}
	}
	return reasons
}

// values are the values of a dispute, each with its places.
func (b *book) values(d plan.Dispute) string {
	return d.Words(func(path string) *logparse.Document {
		for _, doc := range slices.Concat(b.otherDocs(), b.Docs) {
			if doc.Path == path {
				return doc
			}
		}
		return nil
	})
}

// sayUncounted tells, after a command's output, what is missing from it. Where
// something could not be read the command has failed, though everything else was
// shown.
func (a *app) sayUncounted(b *book) error {
	return a.sayMissing(b.allMissing())
}

// end is how a command ends whose output was written, or wasn't.
func (a *app) end(m missing, err error) error {
	if err != nil {
		return err
	}
	return a.sayMissing(m)
}

func (a *app) sayMissing(m missing) error {
	if len(m.uncounted) > 0 {
		a.tell(a.ErrStyle.Yellow, "not counted (coachlog lint says what to do):%s", asList(m.uncounted))
	}
	unread := m.unreadable()
	if len(unread) == 0 {
		return nil
	}
	a.tell(a.ErrStyle.Red, "some files could not be read, so the above is incomplete:%s\ncoachlog lint shows where", asList(unread))
	return errSaid
}

func asList(reasons []string) string {
	var out strings.Builder
	for _, reason := range reasons {
		out.WriteString("\n  " + terminal.Escape(reason))
	}
	return out.String()
}

// saySignOffs tells why sign-offs could not be read. The error, for the end of a
// command, is that git can't undo a filter here.
func (a *app) saySignOffs(signs *history.SignOffs) error {
	if signs.Err() == nil {
		return nil
	}
	a.tell(a.ErrStyle.Yellow, "sign-offs could not be read from git, so they are left out: %s", terminal.Escape(signs.Err().Error()))
	var refusal *gitrepo.Refusal
	if errors.As(signs.Err(), &refusal) && refusal.Filtered {
		return errSaid
	}
	return nil
}
