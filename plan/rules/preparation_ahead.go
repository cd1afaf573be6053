package rules

import "github.com/coachlog/coachlog/logparse"

var preparationAhead = &Rule{
	ID: "preparation-ahead", Title: "A preparation comes at least a day before the session",
	Tier: Method, Severity: logparse.Warning, looksAt: preparations, Requirements: []int{63},
	Why:  "What the coachee writes can only shape the session if the coach has read it and slept on it. So the coach should ask early.",
	Bad:  "session: 2026-07-13\nreceived: 2026-07-13",
	Good: "session: 2026-07-13\nreceived: 2026-07-11",
	find: func(f *finder) {
		received := f.prep.Received
		switch {
		case f.prep.Session.IsZero():
		case !received.Set:
			f.at(f.title(), "the preparation doesn't say when it arrived").todo("write `received: YYYY-MM-DD` into its front matter")
		case !received.V.Before(f.prep.Session):
			when := "on the day of the session"
			if f.prep.Session.Before(received.V) {
				when = "after the session of " + on(f.prep.Session)
			}
			f.at(received.Span, "the answers came on %s, %s", on(received.V), when).
				todo("ask a few days earlier next time: coachlog prep %s --message text", f.prep.Person.ID)
		}
	},
}
