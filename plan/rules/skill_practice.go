package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A skill that is being practised has an action among this many sessions.
const practiceSessions = 4

var skillPractice = &Rule{
	ID: "skill-practice", Title: "A skill stays open, with its practice, until it is mastered",
	Tier: Method, Severity: logparse.Info, Requirements: []int{8},
	Why:  "Skills come from practice, not from being on a list. One that is being practised has an action that practises it; one that is mastered was practised.",
	Bad:  "- [/] Close a call with a summary skill:closing     # and no action has skill:closing",
	Good: "  - [ ] Write the summary before hanging up ^write skill:closing     # in a session's log",
	person: func(f *finder, p *plan.Person) {
		held := p.CountedLogs()
		if p.Plan == nil || len(held) < practiceSessions {
			return
		}
		since := held[len(held)-practiceSessions].Date
		for _, skill := range p.Skills() {
			if skill.Item == nil {
				continue
			}
			recent := false
			for _, a := range skill.Practice {
				recent = recent || !a.Agreed.Date.Before(since) || a.Account == nil || !a.Account.Date.Before(since)
			}
			switch {
			case skill.Level == plan.Practising && !recent:
				f.at(p.PlanDoc, skill.Item.TextSpan, fmt.Sprintf("%q is being practised, and no action of the last %d sessions practises it", skill.Text, practiceSessions),
					"agree an action with skill:"+skill.Name+", or mark it [ ] not started or [x] mastered")
			case skill.Level == plan.Mastered && len(skill.Practice) == 0 && len(p.Plan.CurrentSkills)+len(p.Plan.NextSkills) > 0 && practisesAny(p):
				f.at(p.PlanDoc, skill.Item.TextSpan, fmt.Sprintf("%q is marked as mastered, and no session has an action that practised it", skill.Text),
					"name the skill on the action that did, as in skill:"+skill.Name+", or leave a word on how it was learnt")
			}
		}
	},
}

// practisesAny says whether any action names a skill: a logbook that never does
// has its own way to follow skills.
func practisesAny(p *plan.Person) bool {
	for _, a := range p.Agreements {
		if a.Skill != "" {
			return true
		}
	}
	return false
}
