package plan

// A Rate is a share with its counts: Part of Whole.
type Rate struct{ Part, Whole int }

// Percent is the rate from 0 to 100, rounded half up; ok is false where there
// is nothing to divide by.
func (r Rate) Percent() (percent int, ok bool) {
	if r.Whole == 0 {
		return 0, false
	}
	return (200*r.Part + r.Whole) / (2 * r.Whole), true
}

// Commitment counts the accounts given of one owner's actions in a period.
type Commitment struct {
	Kept      int `json:"kept"`
	Partly    int `json:"partly"`
	NotKept   int `json:"not_kept"`
	Dropped   int `json:"dropped"`    // by agreement, in no rate
	NoAccount int `json:"no_account"` // the coach's, in no rate of the owner
	Carried   int `json:"-"`          // accounts moved on, in no rate
}

// Rate is kept / (kept + partly + not kept).
func (c Commitment) Rate() Rate { return Rate{c.Kept, c.Kept + c.Partly + c.NotKept} }

// CommitmentOf counts an owner's actions among all people's sessions dated in
// the period (method 7, 83).
func (b *Logbook) CommitmentOf(owner string, period Period) Commitment {
	var c Commitment
	for _, p := range b.People {
		c.Add(p.CommitmentOf(owner, period))
	}
	return c
}

// CommitmentOf counts an owner's actions in this person's sessions only.
func (p *Person) CommitmentOf(owner string, period Period) Commitment {
	var c Commitment
	for _, a := range p.Agreements {
		if a.Owner != owner {
			continue
		}
		for _, log := range a.carriedIn {
			if period.Contains(log.Date) {
				c.Carried++
			}
		}
		if a.Account == nil || !period.Contains(a.Account.Date) {
			continue
		}
		c.Count(a)
	}
	return c
}

// OthersCommitment counts what everybody but the person promised in their sessions:
// the coach, and whoever else helps (method 83).
func (p *Person) OthersCommitment(period Period) Commitment {
	var c Commitment
	for _, a := range p.Agreements {
		if a.Owner != p.ID && a.Account != nil && period.Contains(a.Account.Date) {
			c.Count(a)
		}
	}
	return c
}

// Count adds the account of one agreement.
func (c *Commitment) Count(a *Agreement) {
	switch a.Result {
	case Kept:
		c.Kept++
	case Partly:
		c.Partly++
	case NotKept:
		c.NotKept++
	case Dropped:
		c.Dropped++
	case NoAccount:
		c.NoAccount++
	}
}

// Add adds another's counts.
func (c *Commitment) Add(o Commitment) {
	c.Kept += o.Kept
	c.Partly += o.Partly
	c.NotKept += o.NotKept
	c.Carried += o.Carried
	c.Dropped += o.Dropped
	c.NoAccount += o.NoAccount
}

// FollowUpOf is a coach's accounts given over accounts due, in sessions dated in
// the period that this coach led. Dropped actions are out of it.
func (b *Logbook) FollowUpOf(coach string, period Period) Rate {
	var r Rate
	for _, p := range b.People {
		r.Add(p.FollowUpOf(coach, period))
	}
	return r
}

// FollowUpOf counts this person's sessions only: those that one coach led or, of
// "", all.
func (p *Person) FollowUpOf(coach string, period Period) Rate {
	var r Rate
	for _, a := range p.Agreements {
		if a.Account == nil || coach != "" && a.Account.Coach != coach || a.Result == Dropped || !period.Contains(a.Account.Date) {
			continue
		}
		r.Whole++
		if a.Given() {
			r.Part++
		}
	}
	return r
}

// PlanSuccessOf is a coach's plans that worked over those that worked or were
// wrong, by the date of the session that judged them. The coach is the one who
// agreed the plan, who need not be the one who judged it (method 81).
func (b *Logbook) PlanSuccessOf(coach string, period Period) Rate {
	var r Rate
	for _, p := range b.People {
		r.Add(p.PlanSuccessOf(coach, period))
	}
	return r
}

// PlanSuccessOf counts this person's goals only.
func (p *Person) PlanSuccessOf(coach string, period Period) Rate {
	return p.VerdictsIn(period, coach).PlanSuccess()
}

// Add adds another rate's counts.
func (r *Rate) Add(o Rate) {
	r.Part += o.Part
	r.Whole += o.Whole
}
