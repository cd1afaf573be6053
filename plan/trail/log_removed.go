package trail

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var logRemoved = &Check{
	ID:    "log-removed",
	Title: "A log, plan or assessment was deleted, or a held session is no longer held",
	Why:   "What was agreed in it no longer counts, for either side. git still has the text.",
	commit: func(a *Audit, c *plan.Commit) {
		moved := goneFrom(a.renamed)
		for _, f := range slices.Concat(c.Files, a.lost) {
			if f.After == "" && f.Before != "" && !moved[f.Path] {
				a.removed(c, f)
			}
			if a.gone[f.Path].text == f.After {
				delete(a.gone, f.Path)
			}
		}
	},
	end: func(a *Audit) {
		for name, g := range a.gone {
			message := "the " + g.what + " was deleted on " + lastDay(g.commit).String()
			if now := a.Head[name]; now != "" {
				if old, doc := a.text(name, g.text), a.text(name, now); old != nil && doc != nil && plan.SameText(old.Text, doc.Text) {
					continue
				}
				message += ", and came back with another text"
			}
			a.note(g.commit, name, message, "git still has its text: git show "+plan.Short(g.text))
			a.Findings[len(a.Findings)-1].add(g.moved, a.ownerOf(name))
		}
	},
}

// A goneLog is a file that a commit deleted.
type goneLog struct {
	text   string // its id
	what   string
	commit *plan.Commit
	moved  []figureMove
}

// removed notes a deleted file.
func (a *Audit) removed(c *plan.Commit, f plan.FileVersion) {
	if personOf(f.Path) == "" || !strings.HasSuffix(f.Path, ".md") || !a.recordedBy(c, f.Path) && len(a.signed[f.Path]) == 0 {
		return
	}
	doc := a.text(f.Path, f.Before)
	if doc == nil || doc.Kind == logparse.OtherFile || doc.Kind == logparse.PreparationFile {
		return
	}
	what := doc.Kind.String()
	if doc.Kind == logparse.SessionLog {
		status := doc.Session.Status.V
		if status == logparse.Planned {
			return // it promised nothing yet
		}
		if status != "" {
			what = string(status) + " session"
		}
		what += "'s log"
	}
	owner := a.ownerOf(f.Path)
	a.gone[f.Path] = goneLog{f.Before, what, c, a.consequences(c, []laterChange{{path: f.Path, people: []string{owner}}})[owner]}
}
