package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var preparationAhead = &Rule{
	ID: "preparation-ahead", Title: "A preparation comes at least a day before the session",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{63},
	Why:  "What the coachee writes shapes the session only where the coach has read it and slept on it. So it is the coach's to ask early.",
	Bad:  "session: 2026-07-13\nreceived: 2026-07-13",
	Good: "session: 2026-07-13\nreceived: 2026-07-11",
	preparation: func(f *finder, prep *plan.Preparation) {
		received := prep.Received
		switch {
		case prep.Session.IsZero():
		case !received.Set:
			f.at(prep.Doc, preparationTitle(prep), "the preparation doesn't say when it came", "write `received: YYYY-MM-DD` into its front matter")
		case !received.V.Before(prep.Session):
			when := "on the day of the session"
			if prep.Session.Before(received.V) {
				when = "after the session of " + prep.Session.String()
			}
			f.at(prep.Doc, received.Span, fmt.Sprintf("the answers came on %s, %s", received.V, when),
				fmt.Sprintf("ask a few days earlier next time: coachlog prep %s --message text", prep.Person.ID))
		}
	},
}
