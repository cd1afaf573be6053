package trail

import (
	"time"

	"github.com/coachlog/coachlog/plan"
)

var clockContradicted = &Check{
	ID:    "clock-contradicted",
	Title: "A commit is dated before the one that it stands on",
	Why:   "No commit can be older than the one it was made on. A wrong clock does that, and so does a date set by hand.",
	commit: func(a *Audit, c *plan.Commit) error {
		const slack = 24 * time.Hour
		for _, id := range c.Parents {
			if parent := a.state.byID[id]; parent != nil && c.Recorded.Add(slack).Before(parent.Recorded) {
				a.note(c, "", "the commit says that it was made on "+c.RecordedDay().String()+", and stands on one that was made on "+parent.RecordedDay().String(),
					"don't go by its dates; set the clock of that computer")
				return nil
			}
		}
		if c.Recorded.Add(slack).Before(c.Written) {
			a.note(c, "", "the commit says that it was written on "+c.Day().String()+", after it was made, on "+c.RecordedDay().String(),
				"don't go by its dates; set the clock of that computer")
		}
		return nil
	},
}
