package trail

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

var signOffByOther = &Check{
	ID:    "sign-off-by-other",
	Title: "A sign-off is by another hand than that of whom it names",
	Why:   "Nobody can give another's word. Such a sign-off counts for nothing.",
	commit: func(a *Audit, c *plan.Commit) error {
		s, ok := plan.ReadSignOff(c)
		if !ok {
			return nil
		}
		p := a.Book.Person(s.Person)
		remedy := s.Person + " runs coachlog agree " + s.Path + ", if that is what was agreed"
		switch {
		case p == nil:
			a.note(c, s.Path, "the sign-off is of "+s.Person+", whom the logbook doesn't know", "give the person a plan, or leave it: it counts for nothing")
		case !slices.Contains(a.Book.ByAuthor(c.Author), p):
			a.note(c, s.Path, "the sign-off is of "+s.Person+", and its author is "+address(c.Author)+", which is no address of theirs", remedy)
		case !slices.Contains(a.Book.ByAuthor(c.Committer), p):
			a.note(c, s.Path, "the sign-off is of "+s.Person+", and it was committed by "+address(c.Committer)+", which is no address of theirs", remedy+"; a rebase by somebody else does that too")
		default:
			if doc := a.docs[s.Path]; doc != nil && !slices.Contains(a.Book.Sides(doc), p.ID) {
				a.note(c, s.Path, "the sign-off is of "+s.Person+", who is no side of it", "leave it: it counts for nothing")
			}
		}
		return nil
	},
}

func address(a plan.Author) string { return a.Name + " <" + a.Was + ">" }
