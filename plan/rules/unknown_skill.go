package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unknownSkill = &Rule{
	ID: "unknown-skill", Title: "A skill that is practised stands in the plan",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{8, 17, 18}, NeedsLogbook: true,
	Why:  "Practice of a skill that no plan names is lost to the person's record. Mostly the name differs by a letter.",
	Bad:  "  - [ ] Write the summary before hanging up ^write skill:closeing",
	Good: "  - [ ] Write the summary before hanging up ^write skill:closing",
	person: func(f *finder, p *plan.Person) {
		if p.Plan == nil || len(p.Plan.CurrentSkills)+len(p.Plan.NextSkills) == 0 {
			return
		}
		var names []string
		for _, skill := range p.Skills() {
			if skill.Item != nil {
				names = append(names, skill.Name)
			}
		}
		for _, log := range p.HeldLogs() {
			for _, it := range tokenItems(log) {
				if it.Skill.Set && !slices.Contains(names, it.Skill.V) {
					f.at(log.Doc, it.Skill.Span, fmt.Sprintf("the plan of %s has no skill %q", p.ID, it.Skill.V),
						fmt.Sprintf("the skills there are %s; to add one, write `- [ ] ... skill:%s` in %s", strings.Join(names, ", "), it.Skill.V, p.PlanDoc.Path))
				}
			}
		}
	},
}
