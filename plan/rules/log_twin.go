package rules

import (
	"path"

	"github.com/coachlog/coachlog/logparse"
)

var logTwin = &Rule{
	ID: "log-twin", Title: "Each session of a day has one log, named by its day and number",
	Tier: Always, Severity: logparse.Error, looksAt: logbook, Requirements: []int{69}, NeedsLogbook: true,
	Why:  "Two logs of one day are two sessions only if their names say so. Otherwise one is most likely a copy; it isn't counted, so that no result counts twice.",
	Bad:  "people/rep1/2026-07-06.md and people/rep1/monday.md with `date: 2026-07-06`",
	Good: "people/rep1/2026-07-06.md and people/rep1/2026-07-06-2.md",
	find: func(f *finder) {
		for _, log := range f.Twins {
			f.turnTo(log)
			f.at(f.title(), "%s has the same date as another log, %s, so it doesn't count", path.Base(log.Path()), log.Date).
				todo("if it is a copy, delete it; if it is a session of its own, name it %s.md, or %s-2.md if that exists", log.Date, log.Date)
		}
	},
}
