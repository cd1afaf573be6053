package rules

import (
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
	Tier: Method, Severity: logparse.Info, looksAt: coachees, Requirements: []int{61, 80},
	Why:  "A goal that moves week by week is never checked, and an action that isn't done five times in a row won't be done the sixth time. Mostly the plan is the thing to change.",
	Bad:  "- [ ] Calmer calls ^calm due:2026-08-03     # due:2026-07-13 at first, then a week later each week",
	Good: "- [ ] Take a breath before each angry call ^breath due:2026-08-17",
	find: func(f *finder) {
		if f.last == nil {
			return
		}
		f.turnTo(f.last)
		for _, g := range f.person.Goals {
			moves, first := 0, logparse.Date{}
			for _, m := range g.Moves {
				if !m.From.IsZero() && !m.To.IsZero() {
					if moves++; moves == 1 {
						first = m.From
					}
				}
			}
			if g.Running() && moves >= oftenMoved {
				f.at(f.goalSpan(g), "the date of %q moved %d times, from %s to %s", g.Text, moves, on(first), on(g.Due)).
					todo("was the plan realistic? make the goal smaller, or move it to Mid-term goals")
			}
			for _, first := range g.Agreements {
				if g.Running() && missedInARow(first) {
					f.at(f.goalSpan(g), "%s wasn't done the last %d times", nameOf(first), oftenMissed).
						todo("is this the right action? agree another one, and drop it with [-]")
				}
			}
		}
	},
}

// missedInARow says whether the last results of an action that is repeated, of which this is
// the first turn, all are not done.
func missedInARow(first *plan.Agreement) bool {
	missed := 0
	for _, turn := range first.Goal.Agreements {
		if turn.Every == "" || turn.Turns()[0] != first {
			continue
		}
		switch turn.Result {
		case plan.NotDone:
			missed++
		case plan.Done, plan.Partly, plan.Dropped:
			missed = 0
		}
	}
	return missed >= oftenMissed
}
