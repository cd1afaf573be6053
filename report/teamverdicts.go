package report

import "github.com/coachlog/coachlog/plan"

// verdicts counts what the verdicts say of the plans of some people, as far as everybody who
// answers for them lets the readers see it: told of how many people, and left out of how many.
func (g *group) verdicts(people []*plan.Facts, period plan.Period) (all plan.VerdictCount, told, untold int) {
	for _, f := range people {
		c, rest := g.readers.verdicts(f, period, "")
		if c.Reached().Whole > 0 { // one of the four
			all.Add(c)
			told++
		}
		if rest > 0 {
			untold++
		}
	}
	return all, told, untold
}

// givesAway says whether what is left out is about so few people that the goals reached,
// which are told of everybody, would tell of them.
func givesAway(untold int) bool { return untold > 0 && untold < plan.SmallGroup }

// addVerdicts counts the four verdicts.
func (g *group) addVerdicts(t *Team, sharing []*plan.Facts) {
	all, told, untold := g.verdicts(sharing, g.period)
	if told >= plan.SmallGroup && !givesAway(untold) {
		v := verdictCounts(all)
		t.Verdicts = &v
	}
}

// planSuccessOf are one person's plans that worked.
func (g *group) planSuccessOf(f *plan.Facts, period plan.Period) plan.Rate {
	c, _ := g.readers.verdicts(f, period, "")
	return c.PlanSuccess()
}

// planSuccess is the figure of the plans that worked.
func (g *group) planSuccess() Figure {
	f := define("plan_success", "", "", Quantity{}, Quantity{})
	sharing := g.sharing(f.Part)
	earlier := make([]*plan.Facts, len(sharing))
	for i, f := range sharing {
		earlier[i] = g.earlier(f)
	}
	now, before := g.over(sharing, g.planSuccessOf)
	_, _, now.untold = g.verdicts(sharing, g.period)
	_, _, before.untold = g.verdicts(earlier, g.before)
	hide := func(s sum) Quantity {
		if givesAway(s.untold) {
			return Quantity{Hidden: true}
		}
		return s.quantity(rateOf(s.rate))
	}
	f.Now, f.Before = hide(now), hide(before)
	if f.Now.Hidden && before.people == 0 {
		f.Before = f.Now // nothing is left to show
	}
	if !f.Now.Hidden && !f.Before.Hidden {
		f = f.moved(before.rate, now.rate)
	}
	return f
}
