package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var planParts = &Rule{
	ID: "plan-parts", Title: "The plan says how you follow up, what the coachee thinks, which skills, and what coaching is for",
	Tier: Method, Severity: logparse.Info, looksAt: grownPlans, Requirements: []int{2, 16, 17, 18, 44},
	Why:  "Each part answers a question that comes up when things get hard: how did we want to work, whose view is this, what is it for? The coachee's own view makes the plan theirs. Checked from the fifth week of coaching on.",
	Bad:  "## Skills for the current role\n\n(nothing yet)",
	Good: "## Skills for the current role\n\n- [/] Close a call with a summary skill:closing",
	find: func(f *finder) {
		var missing []string
		for _, part := range []struct {
			name  logparse.SectionName
			there bool
		}{
			{logparse.HowWeWork, f.plan.Written(logparse.HowWeWork)},
			{logparse.Strengths, ownView(f)},
			{logparse.CurrentSkills, f.plan.Written(logparse.CurrentSkills)},
			{logparse.NextSkills, f.plan.Written(logparse.NextSkills)},
			{logparse.Outcomes, f.plan.Written(logparse.Outcomes)},
		} {
			if !part.there {
				missing = append(missing, "`## "+part.name.Title()+"`")
			}
		}
		if len(missing) > 0 {
			f.at(f.title(), "there is nothing yet under %s", strings.Join(missing, ", ")).
				todo("fill it in together, a few lines each; coachlog templates show plan explains each part")
		}
	},
}

// ownView says whether the coachee's own view of strengths or areas is on record,
// in the plan or in a preparation (method 16).
func ownView(f *finder) bool {
	return f.plan.Written(logparse.Strengths) || f.plan.Written(logparse.Areas) || len(f.person.Preparations) > 0
}
