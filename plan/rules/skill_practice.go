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
	Why:  "Skills come from practice, not from being on a list. One that is being practised has an action that practises it; one that is mastered was practised.",
	Bad:  "- [/] Close a call with a summary skill:closing     # and no action has skill:closing",
	Good: "  - [ ] Write the summary before hanging up ^write skill:closing     # in a session's log",
	find: func(f *finder) {
		held := f.person.CountedLogs()
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
				f.at(skill.Item.TextSpan, "%q is being practised, and no action of the last %d sessions practises it", skill.Text, practiceSessions).
					todo("agree an action with skill:%s, or mark it [ ] not started or [x] mastered", skill.Name)
			case skill.Level == plan.Mastered && len(skill.Practice) == 0 && len(f.plan.CurrentSkills)+len(f.plan.NextSkills) > 0 && practisesAny:
				f.at(skill.Item.TextSpan, "%q is marked as mastered, and no session has an action that practised it", skill.Text).
					todo("name the skill on the action that did, as in skill:%s, or leave a word on how it was learnt", skill.Name)
			}
		}
	},
}
