package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A skill that is being practised has an action among this many sessions.
const practiceSessions = 4

var skillPractice = &Rule{
	ID: "skill-practice", Title: "A skill stays open, with its practice, until it is mastered",
	Tier: Method, Severity: logparse.Info, looksAt: plans, Requirements: []int{8},
	Why:  "Skills come from practice, not from a list. While a skill is practised, there is an action for it; when it is mastered, there was one.",
	Bad:  "- [/] Close a call with a summary skill:closing     # and no action has skill:closing",
	Good: "  - [ ] Write the summary before hanging up ^write skill:closing     # in a session's log",
	find: func(f *finder) {
		held := f.person.Sessions()
		if len(held) < practiceSessions {
			return
		}
		// A logbook where no action names a skill has its own way to follow them.
		practisesAny := slices.ContainsFunc(f.person.Agreements, func(a *plan.Agreement) bool { return a.Skill != "" })
		since := held[len(held)-practiceSessions].Date
		for _, skill := range f.person.Skills() {
			if skill.Item == nil {
				continue
			}
			recent := false
			for _, a := range skill.Practice {
				recent = recent || !a.Agreed.Date.Before(since) || a.Account == nil || !a.Account.Date.Before(since)
			}
			switch {
			case skill.Level == plan.Practising && !recent:
				f.at(skill.Item.TextSpan, "%q is being practised, but no action in the last %d sessions is for it", skill.Text, practiceSessions).
					todo("agree an action with skill:%s, or mark it [ ] not started or [x] mastered", skill.Name)
			case skill.Level == plan.Mastered && len(skill.Practice) == 0 && practisesAny:
				f.at(skill.Item.TextSpan, "%q is marked as mastered, but no session has an action for it", skill.Text).
					todo("name the skill on the action that practised it, as in skill:%s, or note how it was learnt", skill.Name)
			}
		}
	},
}
