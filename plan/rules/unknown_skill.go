package rules

import (
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
)

var unknownSkill = &Rule{
	ID: "unknown-skill", Title: "A skill that is practised is in the plan",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{8, 17, 18}, NeedsLogbook: true,
	Why:  "If no plan names a skill, its practice is missing from the person's record. Mostly the name is a letter off.",
	Bad:  "  - [ ] Write the summary before hanging up ^write skill:closeing",
	Good: "  - [ ] Write the summary before hanging up ^write skill:closing",
	find: func(f *finder) {
		var names []string
		has := make(map[string]bool)
		for _, skill := range f.person.Skills() {
			if skill.Item != nil {
				names, has[skill.Name] = append(names, skill.Name), true
			}
		}
		for it := range tokenItems(f.log) {
			if len(names) > 0 && it.Skill.Set && !has[it.Skill.V] {
				found := f.at(it.Skill.Span, "%s's plan has no skill %q%s", f.person.Name, it.Skill.V, hint.DidYouMean(it.Skill.V, names)).
					todo("it has the skills %s; to add one, write `- [ ] ... skill:%s` in %s", strings.Join(some(names), ", "), it.Skill.V, f.person.PlanDoc.Path)
				f.renamed(found, it.Skill.Span, it.Skill.V, logparse.OnlyName(it.Skill.V, names))
			}
		}
	},
}
