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
	Why:   "What was agreed in it counts no longer, for either side. git still has the text.",
	commit: func(a *Audit, c *plan.Commit) error {
		gone := func(path string) bool {
			for _, from := range a.renamed {
				if from.Path == path {
					return true
				}
			}
			return false
		}
		for _, f := range slices.Concat(c.Files, a.lost) {
			if f.After == "" && f.Before != "" && !gone(f.Path) {
				if err := a.removed(c, f); err != nil {
					return err
				}
			}
			if a.state.gone[f.Path].text == f.After {
				delete(a.state.gone, f.Path)
			}
		}
		for _, e := range a.edits {
			if held(e.after) {
				continue
			}
			now, err := a.Read(e.path, a.Head[e.path])
			if err != nil {
				return err
			}
			if !held(now) {
				a.note(c, e.path, "the session was held, and since "+lastDay(c).String()+" the log doesn't say so any more",
					"if it was held, write `status: held` again")
			}
		}
		return nil
	},
	end: func(a *Audit) error {
		for name, g := range a.state.gone {
			message := "the " + g.what + " was deleted on " + lastDay(g.commit).String()
			if a.Head[name] != "" {
				message += ", and came back with another text"
			}
			a.note(g.commit, name, message, "its text is in git still: git show "+plan.Short(g.text))
		}
		return nil
	},
}

// A goneLog is a file that a commit deleted.
type goneLog struct {
	text   string // its id
	what   string
	commit *plan.Commit
}

// removed notes a deleted file.
func (a *Audit) removed(c *plan.Commit, f plan.FileVersion) error {
	if personOf(f.Path) == "" || !strings.HasSuffix(f.Path, ".md") {
		return nil
	}
	doc, err := a.Read(f.Path, f.Before)
	if err != nil {
		return err
	}
	what := doc.Kind.String() + "'s log"
	switch doc.Kind {
	case logparse.OtherFile, logparse.PreparationFile:
		return nil
	case logparse.SessionLog:
		if doc.Session.Status.V == logparse.Planned {
			return nil // it promised nothing yet
		}
		if doc.Session.Status.V != "" {
			what = string(doc.Session.Status.V) + " session's log"
		}
	default:
		what = doc.Kind.String()
	}
	a.state.gone[f.Path] = goneLog{f.Before, what, c}
	return nil
}
