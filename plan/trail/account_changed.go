package trail

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var accountChanged = &Check{
	ID:    "account-changed",
	Title: "Follow-through was edited after the next session",
	Why:   "The next session was built on these results. Changing them afterwards changes both people's figures, and nobody is told.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, e := range a.edits {
			now := account(e.after)
			if !held(e.after) || account(e.before) == now || e.taken(func(other *logparse.Document) bool { return account(other) == now }) || a.Migrations.Covers(c, e.path) {
				continue
			}
			if next := a.nextHeld(c, e.path); !next.IsZero() {
				a.note(c, e.path, "the results in Follow-through were changed on "+lastDay(c).String()+", after the session of "+next.String()+" had been held",
					"restore the results as they were; write anything new into the next session's log")
			}
		}
	},
}

// account is the text of Follow-through.
func account(doc *logparse.Document) string {
	text := ""
	if doc.Session == nil {
		return text
	}
	for _, section := range doc.Session.Sections {
		if section.Name == logparse.FollowUp {
			text += doc.Body(section)
		}
	}
	return text
}
