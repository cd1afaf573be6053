package plan

// A VerdictCount counts the verdicts on short-term goals: commitment and plan
// apart (method 80, 81).
type VerdictCount struct {
	Worked        int `json:"plan_worked"`
	FellShort     int `json:"plan_fell_short"`
	AnotherWay    int `json:"reached_another_way"`
	FollowThrough int `json:"follow_through_first"`
	Support       int `json:"support_missing"` // of these, how often support was missing
	Goals         int `json:"goals"`           // that were judged, once or more
	Waiting       int `json:"waiting"`         // goals whose date came, and that wait for what is missing

	answered int // plans that fell short and got new actions
}

// VerdictsIn counts the verdicts that sessions of a period gave on the person's
// goals: on plans that one coach agreed or, of "", on all.
func (f *Facts) VerdictsIn(period Period, coach string) VerdictCount {
	return f.VerdictsThat(period, func(of string, _ *VerdictFact) bool { return coach == "" || of == coach })
}

// VerdictsThat counts those that count, by whose plan it was; of a goal that waits for one
// there is no verdict.
func (f *Facts) VerdictsThat(period Period, counts func(coach string, v *VerdictFact) bool) (c VerdictCount) {
	in := func(session int) bool { return session != None && period.Contains(f.Sessions[session].Date) }
	for _, g := range f.Goals {
		before := c.Checks()
		for i := range g.Verdicts {
			if v := &g.Verdicts[i]; in(v.Session) && counts(v.Coach, v) {
				c.count(*v)
			}
		}
		if c.Checks() > before {
			c.Goals++
		}
		for _, w := range g.Waits {
			if w.Until == None && in(w.From) && counts(w.Of, nil) {
				c.Waiting++
			}
		}
	}
	return c
}

// count adds one verdict.
func (c *VerdictCount) count(v VerdictFact) {
	if v.Support {
		c.Support++
	}
	switch v.Outcome {
	case Worked:
		c.Worked++
	case FellShort:
		c.FellShort++
		if v.Answer != None {
			c.answered++
		}
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
	c.answered += o.answered
	c.Goals += o.Goals
	c.Waiting += o.Waiting
}

// Checks is how many verdicts there are.
func (c VerdictCount) Checks() int { return c.Worked + c.FellShort + c.AnotherWay + c.FollowThrough }

// Changed is plans that got new actions over those that fell short.
func (c VerdictCount) Changed() Rate { return Rate{Part: c.answered, Whole: c.FellShort} }

// PlanSuccess is plans that worked over those that worked or fell short.
func (c VerdictCount) PlanSuccess() Rate {
	return Rate{Part: c.Worked, Whole: c.Worked + c.FellShort, Waiting: c.Waiting, Came: c.Goals + c.Waiting}
}

// Reached is goals reached, whichever way, over all that were judged.
func (c VerdictCount) Reached() Rate {
	return Rate{Part: c.Worked + c.AnotherWay, Whole: c.Checks()}
}
