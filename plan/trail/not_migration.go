package trail

import "github.com/coachlog/coachlog/plan"

var notMigration = &Check{
	ID:    "not-a-migration",
	Title: "A commit says that it moved the logbook to a newer format, and changes something else",
	Why:   "What coachlog migrate changes, and nothing but that, is no change of what was agreed. Anything beside it would go unseen.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, fault := range a.Migrations.Faults(c) {
			a.note(c, fault.Path, "the commit says that it moved the logbook to a newer format, but "+fault.Reason,
				"restore what it changed besides; git show "+plan.Short(c.ID)+" shows it")
		}
	},
}
