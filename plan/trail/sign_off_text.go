package trail

import "github.com/coachlog/coachlog/plan"

var signOffText = &Check{
	ID:    "sign-off-text",
	Title: "A sign-off names a text that wasn't there, or changes files",
	Why:   "A word counts for the text that stood in the file when it was given.",
	commit: func(a *Audit, c *plan.Commit) error {
		s, ok := plan.ReadSignOff(c)
		if !ok {
			return nil
		}
		files, err := a.FilesAt(c.ID, s.Path)
		if err != nil {
			return err
		}
		switch {
		case files[s.Path] != s.Text:
			a.note(c, s.Path, "the sign-off of "+s.Person+" names the text "+plan.Short(s.Text)+", and the file held another one then",
				s.Person+" runs coachlog agree "+s.Path+", if its text is what was agreed")
		case len(c.Files) > 0:
			a.note(c, s.Path, "the sign-off of "+s.Person+" changes files in the same commit, so it isn't plain what was agreed to",
				s.Person+" runs coachlog agree "+s.Path+", if its text is what was agreed")
		}
		return nil
	},
}
