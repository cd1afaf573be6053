package trail

import "github.com/coachlog/coachlog/plan"

var signOffText = &Check{
	ID:    "sign-off-text",
	Title: "A sign-off names a text that wasn't there",
	Why:   "A sign-off counts for the text that was in the file at that time.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, s := range plan.ReadSignOffs(c) {
			if !s.Alone() || s.How == plan.ByMail || a.Signs(s) {
				continue
			}
			a.settles(s.Person, s.Path)
			a.note(c, s.Path, "the sign-off of "+s.Person+" names the text "+plan.Short(s.Text)+", but the file had another one then",
				s.Person+" runs coachlog agree "+s.Path+", if its text is what was agreed")
		}
	},
}
