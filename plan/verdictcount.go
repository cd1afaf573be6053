package plan

// A VerdictCount counts the verdicts on short-term goals: commitment and plan
// apart (method 80, 81).
type VerdictCount struct {
	Worked        int `json:"plan_worked"`
	FellShort     int `json:"plan_fell_short"`
	AnotherWay    int `json:"reached_another_way"`
	FollowThrough int `json:"follow_through_first"`
	Support       int `json:"support_missing"` // of these, how often support was missing
}

// VerdictsIn counts the verdicts that sessions of a period gave on the person's
// goals: on plans that one coach agreed or, of "", on all.
func (f *Facts) VerdictsIn(period Period, coach string) (c VerdictCount) {
	for _, v := range f.VerdictsOf(period, coach) {
		c.Count(v.Outcome, v.Support)
	}
	return c
}

// VerdictsOf are those that sessions of a period gave on plans that one coach agreed
// or, of "", on all.
func (f *Facts) VerdictsOf(period Period, coach string) []VerdictFact {
	var all []VerdictFact
	for _, g := range f.Goals {
		for _, v := range g.Verdicts {
			if period.Contains(f.Sessions[v.Session].Date) && (coach == "" || v.Coach == coach) {
				all = append(all, v)
			}
		}
	}
	return all
}

// Count adds one verdict.
func (c *VerdictCount) Count(o Outcome, support bool) {
	if support {
		c.Support++
	}
	switch o {
	case Worked:
		c.Worked++
	case FellShort:
		c.FellShort++
	case AnotherWay:
		c.AnotherWay++
	case FollowThrough:
		c.FollowThrough++
	}
}

// Add adds another person's.
func (c *VerdictCount) Add(o VerdictCount) {
	c.Worked += o.Worked
	c.FellShort += o.FellShort
	c.AnotherWay += o.AnotherWay
	c.FollowThrough += o.FollowThrough
	c.Support += o.Support
}

// PlanSuccess is plans that worked over those that worked or fell short.
func (c VerdictCount) PlanSuccess() Rate { return Rate{c.Worked, c.Worked + c.FellShort} }

// Reached is goals reached, whichever way, over all that were judged.
func (c VerdictCount) Reached() Rate {
	return Rate{c.Worked + c.AnotherWay, c.Worked + c.FellShort + c.AnotherWay + c.FollowThrough}
}
