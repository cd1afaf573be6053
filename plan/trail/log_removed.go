package trail

import (
	"path"
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
}

// removed notes a deleted file, unless its text is back.
func (a *Audit) removed(c *plan.Commit, f plan.FileVersion) error {
	if personOf(f.Path) == "" || !strings.HasSuffix(f.Path, ".md") || a.Head[f.Path] == f.Before {
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
	message := "the " + what + " was deleted on " + lastDay(c).String()
	if a.Head[f.Path] != "" {
		message += ", and came back with another text"
	}
	a.note(c, f.Path, message, "to bring the text back: git checkout "+plan.Short(c.ID)+"^ -- "+path.Base(f.Path)+", in its folder")
	return nil
}
