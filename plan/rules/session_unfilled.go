package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var sessionUnfilled = &Rule{
	ID: "session-unfilled", Title: "A log says what became of its session",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{13},
	Why:  "A planned log promises nothing yet. Left as it is after its day, what the two said of the last actions, and what they agreed anew, counts nowhere.",
	Bad:  "date: 2026-07-06\nstatus: planned",
	Good: "date: 2026-07-06\nstatus: held",
	record: func(f *finder, log *plan.Log) {
		if log.Status.V == logparse.Planned && log.Date.Before(f.today) {
			f.at(log.Doc, log.Status.Span, fmt.Sprintf("the day of this session, %s, has passed, and its log still says planned", log.Date),
				"write `status: held` and fill it in together, or write missed or cancelled; for another day, change the date and the file's name")
		}
	},
}
