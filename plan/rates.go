package plan

import (
	"encoding/json"
	"fmt"
)

// A Rate is a share with its counts: Part of Whole.
type Rate struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`
}

// Percent is the rate from 0 to 100, rounded half up; ok is false where there
// is nothing to divide by.
func (r Rate) Percent() (percent int, ok bool) {
	if r.Whole == 0 {
		return 0, false
	}
	return (200*r.Part + r.Whole) / (2 * r.Whole), true
}

// String is "7 of 9 (78%)", or "none due".
func (r Rate) String() string {
	percent, ok := r.Percent()
	if !ok {
		return "none due"
	}
	return fmt.Sprintf("%d of %d (%d%%)", r.Part, r.Whole, percent)
}

// MarshalJSON adds the percent, where there is one.
func (r Rate) MarshalJSON() ([]byte, error) {
	type counts Rate
	out := struct {
		counts
		Percent *int `json:"percent,omitempty"`
	}{counts: counts(r)}
	if percent, ok := r.Percent(); ok {
		out.Percent = &percent
	}
	return json.Marshal(out)
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

// CommitmentOf counts what became of an owner's actions in sessions dated in the
// period (method 7, 83).
func (f *Facts) CommitmentOf(owner string, period Period) Commitment {
	return f.commitment(period, func(o string) bool { return o == owner })
}

// OthersCommitment counts what everybody but the person promised in their sessions:
// the coach, and whoever else helps (method 83).
func (f *Facts) OthersCommitment(period Period) Commitment {
	return f.commitment(period, func(owner string) bool { return owner != f.ID })
}

func (f *Facts) commitment(period Period, counts func(owner string) bool) (c Commitment) {
	for _, a := range f.Agreements {
		if !counts(a.Owner()) {
			continue
		}
		for _, session := range a.Carried {
			if period.Contains(f.Sessions[session].Date) {
				c.Carried++
			}
		}
		if f.AccountIn(a, period) {
			c.Count(a.Result)
		}
	}
	return c
}

// Count adds what became of one action.
func (c *Commitment) Count(r Result) {
	switch r {
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

// FollowUpOf is accounts given over accounts due, in sessions dated in the period
// that one coach led or, of "", in all. Dropped actions are out of it.
func (f *Facts) FollowUpOf(coach string, period Period) (r Rate) {
	for _, a := range f.Agreements {
		if !f.AccountIn(a, period) || coach != "" && f.Sessions[a.Account].Coach != coach || a.Result == Dropped {
			continue
		}
		r.Whole++
		if a.Given() {
			r.Part++
		}
	}
	return r
}

// Add adds another rate's counts.
func (r *Rate) Add(o Rate) {
	r.Part += o.Part
	r.Whole += o.Whole
}
