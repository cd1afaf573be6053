package plan

import (
	"encoding/json"
	"fmt"
)

// FewestForPercent is how many results a percentage takes to stand beside them.
const FewestForPercent = 20

// A Rate is a share with its counts: Part of Whole.
type Rate struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`

	Waiting int `json:"-"` // of plans that worked: goals that aren't checked yet
	Came    int `json:"-"` // and all whose date has come
}

// mostWaiting is how many goals in a hundred may wait, of those whose date has come, for a
// percentage of the plans that worked.
const mostWaiting = 20

// Percent is the rate from 0 to 100, rounded half up; ok is false where there
// is nothing to divide by.
func (r Rate) Percent() (percent int, ok bool) {
	if r.Whole == 0 {
		return 0, false
	}
	return (200*r.Part + r.Whole) / (2 * r.Whole), true
}

// ShownPercent is the percent where it can stand beside the counts: of few results, or
// where too much is missing, it would say more than there is.
func (r Rate) ShownPercent() *int {
	if percent, ok := r.Percent(); ok && r.Whole >= FewestForPercent && 100*r.Waiting <= mostWaiting*r.Came {
		return &percent
	}
	return nil
}

// String is "7 of 9", "34 of 40 (85%)" or "none due".
func (r Rate) String() string {
	percent := r.ShownPercent()
	switch {
	case r.Whole == 0:
		return "none due"
	case percent == nil:
		return fmt.Sprintf("%d of %d", r.Part, r.Whole)
	}
	return fmt.Sprintf("%d of %d (%d%%)", r.Part, r.Whole, *percent)
}

// MarshalJSON adds the percent, where it is shown.
func (r Rate) MarshalJSON() ([]byte, error) {
	type counts Rate
	out := struct {
		counts
		Percent *int `json:"percent,omitempty"`
	}{counts(r), r.ShownPercent()}
	return json.Marshal(out)
}

// Commitment counts what came of one owner's actions in a period.
type Commitment struct {
	Done      int `json:"done"`
	Partly    int `json:"partly"`
	NotDone   int `json:"not_done"`
	Blocked   int `json:"blocked"`    // in no rate, as the rest
	Dropped   int `json:"dropped"`    // by agreement
	NotTalked int `json:"not_talked"` // that came due in a session that didn't talk about them
	Carried   int `json:"carried"`    // times that something was moved on once it was due
}

// Rate is done over done, partly and not done.
func (c Commitment) Rate() Rate { return Rate{Part: c.Done, Whole: c.Done + c.Partly + c.NotDone} }

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
		if counts(a.Owner()) {
			f.addAction(&c, a, period)
		}
	}
	return c
}

// addAction counts what became of one action.
func (f *Facts) addAction(c *Commitment, a AgreementFact, period Period) {
	for _, session := range a.Carried {
		if period.Contains(f.Sessions[session].Date) {
			c.Carried++
		}
	}
	if f.AccountIn(a, period) {
		c.Count(a.Result)
	}
	if a.Due != None && a.Asked != a.Due && a.Account != a.Due && period.Contains(f.Sessions[a.Due].Date) {
		c.NotTalked++
	}
}

// Count adds what became of one action.
func (c *Commitment) Count(r Result) {
	switch r {
	case Done:
		c.Done++
	case Partly:
		c.Partly++
	case NotDone:
		c.NotDone++
	case Blocked:
		c.Blocked++
	case Dropped:
		c.Dropped++
	}
}

// Add adds another's counts.
func (c *Commitment) Add(o Commitment) {
	c.Done += o.Done
	c.Partly += o.Partly
	c.NotDone += o.NotDone
	c.Blocked += o.Blocked
	c.Dropped += o.Dropped
	c.NotTalked += o.NotTalked
	c.Carried += o.Carried
}

// FollowUpOf is the actions that were talked about when they first came due, over those
// that came due, in sessions dated in the period that one coach led or, of "", in all.
func (f *Facts) FollowUpOf(coach string, period Period) (r Rate) {
	for _, a := range f.Agreements {
		if a.Due == None || !period.Contains(f.Sessions[a.Due].Date) || coach != "" && f.Sessions[a.Due].Coach != coach {
			continue
		}
		r.Whole++
		if a.Asked == a.Due {
			r.Part++
		}
	}
	return r
}

// Add adds another rate's counts.
func (r *Rate) Add(o Rate) {
	r.Part += o.Part
	r.Whole += o.Whole
	r.Waiting += o.Waiting
	r.Came += o.Came
}
