package trail

import (
	"time"

	"github.com/coachlog/coachlog/plan"
)

var clockContradicted = &Check{
	ID:    "clock-contradicted",
	Title: "A commit is dated before its parent",
	Why:   "No commit can be older than its parent. A wrong clock does that, or a date set by hand.",
	commit: func(a *Audit, c *plan.Commit) {
		const slack = 24 * time.Hour
		const remedy = "don't rely on its dates; set the clock of that computer"
		for _, id := range c.Parents {
			// Not only the one before: many small steps lead back as well. Behind a clock that
			// was ahead, only the first commit is named.
			parent, latest := a.commit(id), a.latest(id)
			if parent == nil || !c.Recorded.Add(slack).Before(latest.Recorded) || parent != latest && parent.Recorded.Add(slack).Before(latest.Recorded) {
				continue
			}
			a.note(c, "", "the commit says that it was made on "+c.RecordedDay().String()+", but its parent was made on "+latest.RecordedDay().String(), remedy)
			return
		}
		if c.Recorded.Add(slack).Before(c.Written) {
			a.note(c, "", "the commit says that it was written on "+c.Day().String()+", after it was made, on "+c.RecordedDay().String(), remedy)
		}
	},
}
