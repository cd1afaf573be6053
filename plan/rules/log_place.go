package rules

import (
	"path"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var logPlace = &Rule{
	ID: "log-place", Title: "A log is in its coachee's folder, under its own date",
	Tier: Always, Severity: logparse.Error, looksAt: anyLogs | misplacedLogs, Requirements: []int{1, 69},
	Why:  "The folder and the front matter both say whose log it is. If they disagree, one person's agreements would count as another's.",
	Bad:  "people/rep2/2026-07-06.md with `coachee: rep1`",
	Good: "people/rep1/2026-07-06.md with `coachee: rep1`",
	find: func(f *finder) {
		dir, file := path.Split(f.log.Path())
		folder := path.Base(dir)
		if path.Base(path.Dir(path.Clean(dir))) != "people" {
			return // read on its own, outside a logbook
		}
		if f.log.Coachee.Span.End > 0 && f.Resolve(folder) != f.Resolve(f.log.Coachee.V) {
			f.at(f.log.Coachee.Span, "the log says coachee %s but is in the folder of %s", f.log.Coachee.V, folder).todo("move the file, or correct the name")
		}
		day := f.log.Date.String()
		if !f.log.Adopted.Set && !strings.HasPrefix(file, day) { // adopted notes keep the names that they had
			f.at(f.orTitle(f.log.Session.Date.Span), "the log says %s but its file is named %s", day, file).todo("rename the file to %s.md, or correct the date", day)
		}
	},
}
