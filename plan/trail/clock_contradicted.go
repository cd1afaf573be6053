package trail

import (
	"time"

	"github.com/coachlog/coachlog/plan"
)

var clockContradicted = &Check{
	ID:    "clock-contradicted",
	Title: "A commit is dated before the one that it stands on",
	Why:   "No commit can be older than the one it was made on. A wrong clock does that, and so does a date set by hand.",
	commit: func(a *Audit, c *plan.Commit) {
		const slack = 24 * time.Hour
		const remedy = "don't go by its dates; set the clock of that computer"
		for _, id := range c.Parents {
			// Not only the one before: many small steps lead back as well. Behind a clock that
			// was ahead, only the first commit is named.
			parent, latest := a.byID[id], a.latest(id)
			if parent == nil || !c.Recorded.Add(slack).Before(latest.Recorded) || parent != latest && parent.Recorded.Add(slack).Before(latest.Recorded) {
				continue
			}
			a.note(c, "", "the commit says that it was made on "+c.RecordedDay().String()+", and stands on one that was made on "+latest.RecordedDay().String(), remedy)
			return
		}
		if c.Recorded.Add(slack).Before(c.Written) {
			a.note(c, "", "the commit says that it was written on "+c.Day().String()+", after it was made, on "+c.RecordedDay().String(), remedy)
		}
	},
}
