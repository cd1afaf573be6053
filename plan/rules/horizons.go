package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var horizons = &Rule{
	ID: "horizons", Title: "There are goals for the short, mid and long term",
	Tier: Method, Severity: logparse.Info, looksAt: coachees, Requirements: []int{74},
	Why:  "With short-term goals alone, coaching is a repair shop; with long-term goals alone, a wish list. Together they say why this week's action matters.",
	Bad:  "## Short-term goals\n\n- [ ] Calmer calls ^calm\n\n(nothing under Mid-term goals)",
	Good: "## Mid-term goals\n\n- [ ] Move to tier 2 ^tier2 due:2026-12-31",
	find: func(f *finder) {
		counted := f.person.CountedLogs()
		if len(counted) == 0 {
			return
		}
		last := counted[len(counted)-1]
		there := map[plan.Horizon]bool{}
		for _, g := range f.person.Goals {
			there[g.Horizon] = there[g.Horizon] || g.Running() || g.LastStated() != nil && g.LastStated().Log == last
		}
		var missing []string
		for _, h := range []plan.Horizon{plan.ShortTerm, plan.MidTerm} {
			if !there[h] {
				missing = append(missing, string(h))
			}
		}
		if len(missing) > 0 { // the long term is the rule long-term-touched
			f.turnTo(last)
			f.at(f.section(logparse.MidTerm, logparse.ShortTerm), "%s has no %s goal right now", f.person.ID, strings.Join(missing, " and no ")).
				todo("ask about it next time; one goal for each of short, mid and long term is enough")
		}
	},
}
