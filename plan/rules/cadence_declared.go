package rules

import "github.com/coachlog/coachlog/logparse"

var cadenceDeclared = &Rule{
	ID: "cadence-declared", Title: "It is written down how often two people meet and who coaches",
	Tier: Method, Severity: logparse.Warning, looksAt: plans, Requirements: []int{34, 76}, NeedsLogbook: true,
	Why:  "Coaching that waits for a free hour doesn't happen. Agree on weekly, every two weeks or monthly, and on a coach.",
	Bad:  "cadence:\ncoach:",
	Good: "cadence: weekly\ncoach: josh",
	find: func(f *finder) {
		if f.CoachOf(f.person) == "" {
			f.at(f.title(), "nothing says who coaches %s, so nobody books a session", f.person.Name).todo("write `coach: ID` in the plan")
		}
		if f.CadenceOf(f.person) == "" && !f.Settings.Unreadable() {
			f.at(f.title(), "nothing says how often %s is coached, so no session is ever due", f.person.Name).
				todo("write `cadence: weekly`, fortnightly or monthly, in the plan or for all in coachlog.yaml")
		}
	},
}
