package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var heldInFuture = &Rule{
	ID: "held-in-future", Title: "A session is held on a day that has come",
	Tier: Always, Severity: logparse.Error, Requirements: []int{79},
	Why:  "A log held tomorrow takes accounts today. Mostly the year or the month is a slip of the pen.",
	Bad:  "date: 2062-07-06\nstatus: held",
	Good: "date: 2026-07-06\nstatus: held",
	log: func(f *finder, log *plan.Log) {
		if f.today.Before(log.Date) {
			f.at(log.Doc, log.Status.Span, fmt.Sprintf("the session is marked as held on %s, which is still to come", log.Date),
				"write `status: planned`, or correct the date")
		}
	},
}
