package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var planParts = &Rule{
	ID: "plan-parts", Title: "The plan is filled in",
	Tier: Method, Severity: logparse.Info, looksAt: grownPlans, Requirements: []int{2, 3, 16, 17, 18, 44},
	Why:  "Each part answers a question that comes up when things get hard: how did we want to work, whose view is this, what is it for, when do we look at the figures? Checked from the fifth week of coaching on.",
	Bad:  "check_ins:\n\n## Skills for the current role\n\n(nothing yet)",
	Good: "check_ins: [2026-08-03, 2026-08-31]\n\n## Skills for the current role\n\n- [/] Close a call with a summary skill:closing",
	find: func(f *finder) {
		var missing []string
		for _, part := range []struct {
			what  string
			there bool
		}{
			{"`metrics:`", len(f.plan.Metrics) > 0},
			{"`check_ins:` (days to look at the results)", len(f.plan.CheckIns) > 0},
			{heading(logparse.HowWeWork), f.plan.Written(logparse.HowWeWork)},
			{heading(logparse.Strengths), f.plan.Written(logparse.Strengths) || f.plan.Written(logparse.Areas) || len(f.person.Preparations) > 0},
			{heading(logparse.CurrentSkills), f.plan.Written(logparse.CurrentSkills)},
			{heading(logparse.NextSkills), f.plan.Written(logparse.NextSkills)},
			{heading(logparse.Outcomes), f.plan.Written(logparse.Outcomes)},
		} {
			if !part.there {
				missing = append(missing, part.what)
			}
		}
		if len(missing) > 0 {
			f.at(f.title(), "the plan says nothing yet under %s", strings.Join(missing, ", ")).
				todo("fill it in together, a few words each; coachlog templates show plan explains each part")
		}
	},
}

func heading(name logparse.SectionName) string { return "`## " + name.Title() + "`" }
