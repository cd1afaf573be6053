package plan

// A VerdictCount counts the verdicts on short-term goals: commitment and plan
// apart (method 80, 81).
type VerdictCount struct {
	Worked        int `json:"plan_worked"`
	WasWrong      int `json:"plan_was_wrong"`
	AnotherWay    int `json:"reached_another_way"`
	FollowThrough int `json:"follow_through_first"`
	NoVerdict     int `json:"no_verdict"` // an account or a value was missing
}

// VerdictsIn counts the verdicts that sessions of a period gave on the person's
// goals: on plans that one coach agreed or, of "", on all.
func (f *Facts) VerdictsIn(period Period, coach string) (c VerdictCount) {
	for _, v := range f.VerdictsOf(period, coach) {
		c.Count(v.Outcome)
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
func (c *VerdictCount) Count(o Outcome) {
	switch o {
	case Worked:
		c.Worked++
	case WasWrong:
		c.WasWrong++
	case AnotherWay:
		c.AnotherWay++
	case FollowThrough:
		c.FollowThrough++
	case NoVerdict:
		c.NoVerdict++
	}
}

// Add adds another person's.
func (c *VerdictCount) Add(o VerdictCount) {
	c.Worked += o.Worked
	c.WasWrong += o.WasWrong
	c.AnotherWay += o.AnotherWay
	c.FollowThrough += o.FollowThrough
	c.NoVerdict += o.NoVerdict
}

// PlanSuccess is plans that worked over those that worked or were wrong.
func (c VerdictCount) PlanSuccess() Rate { return Rate{c.Worked, c.Worked + c.WasWrong} }

// Reached is goals reached, whichever way, over all that were judged.
func (c VerdictCount) Reached() Rate {
	return Rate{c.Worked + c.AnotherWay, c.Worked + c.WasWrong + c.AnotherWay + c.FollowThrough}
}
