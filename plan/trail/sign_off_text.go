package trail

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

var signOffText = &Check{
	ID:    "sign-off-text",
	Title: "A sign-off names a text that wasn't there, or changes files",
	Why:   "A sign-off counts for the text that was in the file at that time.",
	commit: func(a *Audit, c *plan.Commit) {
		s, ok := plan.ReadSignOff(c)
		if !ok {
			return
		}
		there, alone := a.signsPlainly(s)
		if there && alone {
			return
		}
		what := "changes files in the same commit, so it isn't clear what was agreed to"
		if !there {
			what = "names the text " + plan.Short(s.Text) + ", but the file had another one then"
		}
		a.settles(s.Person, s.Path)
		a.note(c, s.Path, "the sign-off of "+s.Person+" "+what, s.Person+" runs coachlog agree "+s.Path+", if its text is what was agreed")
	},
}

// signsPlainly says whether the text that a sign-off names was there, and whether its
// commit changes no file.
func (a *Audit) signsPlainly(s plan.SignOff) (there, alone bool) {
	files, err := a.FilesAt(s.Commit.ID, s.Path)
	a.fail(err)
	alone = len(s.Commit.Files) == 0 || slices.Contains(a.Ends, s.Commit.ID) // before which nothing is known
	return files[s.Path] == s.Text, alone
}
