package trail

import "github.com/coachlog/coachlog/plan"

var notMigration = &Check{
	ID:    "not-a-migration",
	Title: "A commit says that it moved the logbook to a newer format, and changes something else",
	Why:   "What coachlog migrate changes, and nothing but that, is no change of what was agreed. Anything beside it would go unseen.",
	commit: func(a *Audit, c *plan.Commit) {
		if fault := a.Migrations.Fault(c); fault != "" {
			a.note(c, "", "the commit says that it moved the logbook to a newer format, but "+fault, "look at what it changes: git show "+plan.Short(c.ID))
			return
		}
		paths, err := a.Migrations.Changed(c)
		a.fail(err)
		for _, path := range paths {
			a.note(c, path, "the commit says that it moved the logbook to a newer format, but changes something else in this file",
				"restore what it changed; git show "+plan.Short(c.ID)+" -- "+path+" shows it")
		}
	},
}
