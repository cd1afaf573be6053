package trail

import "github.com/coachlog/coachlog/plan"

var notMigration = &Check{
	ID:    "not-a-migration",
	Title: "A commit that says it moved the logbook to a newer format changes something else too",
	Why:   "coachlog migrate changes how results are marked, and nothing that was agreed. Any other change in its commit would be easy to miss.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, fault := range a.Migrations.Faults(c) {
			a.note(c, fault.Path, "the commit says that it moved the logbook to a newer format, but "+fault.Reason,
				"restore what else it changed; git show "+plan.Short(c.ID)+" shows it")
		}
	},
}
