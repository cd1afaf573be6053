package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var horizons = &Rule{
	ID: "horizons", Title: "There are goals for the short and the mid term",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{1, 20, 51, 74},
	Why:  "With short-term goals alone, coaching is a repair shop; with long-term goals alone, a wish list. Together they say why this week's action matters. A kick-off sets the goals of its period.",
	Bad:  "## Short-term goals\n\n- [ ] Calmer calls ^calm\n\n(nothing under Mid-term goals)",
	Good: "## Mid-term goals\n\n- [ ] Move to tier 2 ^tier2 due:2026-12-31",
	find: func(f *finder) {
		var missing []string
		for _, h := range []plan.Horizon{plan.ShortTerm, plan.MidTerm} {
			if len(running(f.person, h)) == 0 {
				missing = append(missing, string(h))
			}
		}
		if len(missing) > 0 { // the long term is the rule long-term-touched
			f.at(f.section(logparse.MidTerm, logparse.ShortTerm), "%s has no %s goal right now, so nothing says where the weeks lead", f.person.Name, strings.Join(missing, " and no ")).
				todo("ask about it next time; one goal for each of short, mid and long term is enough")
		}
	},
}
