package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// What moves this often, or isn't done so many times in a row, may be the wrong thing.
const (
	oftenMoved  = 3
	oftenMissed = 5
)

var keepsSlipping = &Rule{
	ID: "keeps-slipping", Title: "What keeps slipping gets another look",
	Tier: Method, Severity: logparse.Info, looksAt: latest, Requirements: []int{61, 80},
	Why:  "A goal that moves week by week is never checked, and an action that isn't done five times in a row won't be done the sixth time. Mostly the plan is the thing to change.",
	Bad:  "- [ ] Calmer calls ^calm due:2026-08-03     # due:2026-07-13 at first, then a week later each week",
	Good: "- [ ] Take a breath before each angry call ^breath due:2026-08-17",
	find: func(f *finder) {
		for _, g := range running(f.person, plan.ShortTerm, plan.MidTerm) {
			var days []logparse.Date // that it was given, before they came or on the day
			for _, s := range g.Stated {
				if due := s.Goal.Due; due.Set && !slices.Contains(days, due.V) {
					days = append(days, due.V)
				}
			}
			if len(days) > oftenMoved {
				f.at(f.goalSpan(g), "the date of %q moved %d times, from %s to %s", g.Text, len(days)-1, on(days[0]), on(g.Due)).
					todo("was the plan realistic? make the goal smaller, or move it to Mid-term goals")
			}
			missed := make(map[*plan.Agreement]int) // in a row, by the first turn
			for _, turn := range g.Agreements {
				switch first := turn.Turns()[0]; turn.Result {
				case plan.NotDone:
					missed[first]++
				case plan.Done, plan.Partly, plan.Dropped:
					missed[first] = 0
				}
			}
			for _, first := range g.Agreements {
				if missed[first] >= oftenMissed {
					f.at(f.goalSpan(g), "%s wasn't done the last %d times", nameOf(first), missed[first]).
						todo("is this the right action? agree another one, and drop it with [-]")
				}
			}
		}
	},
}
