package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// missing is what is left out of an output, with the reasons: the files, and parts of
// files, that could not be read, and what isn't counted.
type missing struct {
	unread, uncounted, notes []string
	logbooks                 []string // of several, that can't be opened
}

func (m *missing) add(o missing) {
	m.unread = append(m.unread, o.unread...)
	m.uncounted = append(m.uncounted, o.uncounted...)
	m.notes = append(m.notes, o.notes...)
	m.logbooks = append(m.logbooks, o.logbooks...)
}

// none says whether nothing is left out.
func (m missing) none() bool { return len(m.unread)+len(m.uncounted)+len(m.notes) == 0 }

// missing is what is left out of the files that people share.
func (w *workspace) missing() missing {
	return missing{unread: unread(w.shared.Unreadable, w.shared.Common()), uncounted: copies(w.shared.Common())}
}

// missing is what is left out of the people's own files.
func (b *book) missing() missing {
	return missing{unread: unread(b.contents.Unreadable, b.Docs), uncounted: b.leftOut(), notes: notesWithoutFront(b.Docs)}
}

// allMissing is what is left out of all that was read for a book.
func (b *book) allMissing() missing {
	m := b.workspace.missing()
	m.add(b.missing())
	return m
}

// unread are the files, and parts of files, that could not be read, with the reason:
// what they hold is missing from every figure.
func unread(unreadable []logbook.Problem, docs []*logparse.Document) (reasons []string) {
	for _, p := range unreadable {
		reasons = append(reasons, p.Error())
	}
	for _, doc := range docs {
		if isNoteWithoutFront(doc) {
			continue
		}
		all := doc.Broken() || doc.Kind == logparse.SettingsFile || doc.Kind == logparse.MetricsFile
		at := slices.IndexFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool {
			return d.Severity == logparse.Error && (all || d.Code == logparse.HeldBack) && d.Code != logparse.FileCopy
		})
		if at >= 0 {
			d := doc.Diagnostics[at]
			reasons = append(reasons, doc.Where(d.Span.Start)+": "+d.String())
		}
	}
	return reasons
}

// unreadable is what could not be read: logbooks first, then older notes together.
func (m missing) unreadable() []string {
	reasons := slices.Clone(m.logbooks)
	if len(m.notes) > 0 {
		message, command := sayNotes(m.notes)
		reasons = append(reasons, message+": "+command)
	}
	return append(reasons, m.unread...)
}

// copies are the files that look like copies of others.
func copies(docs []*logparse.Document) (reasons []string) {
	for _, doc := range docs {
		for _, d := range doc.Diagnostics {
			if d.Code == logparse.FileCopy {
				reasons = append(reasons, doc.Path+": "+d.Message)
			}
		}
	}
	return reasons
}

// leftOut are the files and values that were read and don't count: which of two is
// right isn't clear, or whose they are.
func (b *book) leftOut() []string {
	reasons := copies(slices.Concat(b.Docs, b.contents.Strays))
	for _, doc := range b.Docs {
		if doc.Session != nil && doc.Broken() && len(doc.Diagnostics) == 0 {
			reasons = append(reasons, doc.Path+": nothing says whose log it is, and nobody's id can be the folder's name")
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
	docs := make(map[string]*logparse.Document)
	for _, doc := range slices.Concat(b.shared.Common(), b.Docs) {
		docs[doc.Path] = doc
	}
	return d.Words(func(path string) *logparse.Document { return docs[path] })
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
	what, where := "some files", "\ncoachlog lint shows where"
	if len(unread) == len(m.logbooks) { // in which lint finds nothing
		what, where = "some logbooks", ""
	}
	a.tell(a.ErrStyle.Red, "%s could not be read, so the above is incomplete:%s%s", what, asList(unread), where)
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
	a.tell(a.ErrStyle.Yellow, "sign-offs could not be read from git, so they are left out: %s", signs.Err().Error())
	var refusal *gitrepo.Refusal
	if errors.As(signs.Err(), &refusal) && refusal.Filtered {
		return errSaid
	}
	return nil
}
