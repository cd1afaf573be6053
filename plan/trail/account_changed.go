package trail

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var accountChanged = &Check{
	ID:    "account-changed",
	Title: "Follow-through was edited after the next session had been held",
	Why:   "The account was given, and the next session was built on it. Changed afterwards, it changes both people's figures with nobody there to say so.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, e := range a.edits {
			now := account(e.after)
			if !held(e.after) || account(e.before) == now || e.taken(func(other *logparse.Document) bool { return account(other) == now }) {
				continue
			}
			if next := a.nextHeld(c, e.path); !next.IsZero() {
				a.note(c, e.path, "the account in Follow-through was changed on "+lastDay(c).String()+", after the session of "+next.String()+" had been held",
					"bring back the account as it was given; write what came to light later into the next session's log")
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
