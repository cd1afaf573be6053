package rules

import (
	"fmt"
	"path"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var logPlace = &Rule{
	ID: "log-place", Title: "A log lies in its coachee's folder, under its own date",
	Tier: Always, Severity: logparse.Error, Requirements: []int{1, 69},
	Why:       "The folder and the front matter both say whose log it is. Where they disagree, one person's agreements would be counted as another's.",
	Bad:       "people/rep2/2026-07-06.md with `coachee: rep1`",
	Good:      "people/rep1/2026-07-06.md with `coachee: rep1`",
	record:    inPlace,
	misplaced: inPlace,
}

func inPlace(f *finder, log *plan.Log) {
	dir, file := path.Split(log.Path())
	folder := path.Base(dir)
	if path.Base(path.Dir(path.Clean(dir))) != "people" {
		return // read on its own, outside a logbook
	}
	if log.Coachee.Span.End > 0 && f.Resolve(folder) != f.Resolve(log.Coachee.V) {
		f.at(log.Doc, log.Coachee.Span, fmt.Sprintf("the log says coachee %s and lies in the folder of %s", log.Coachee.V, folder),
			"move the file, or correct the name")
	}
	stem := log.Date.String()
	if log.Adopted.Set {
		return // notes keep the names that they had
	}
	if len(file) < len(stem) || file[:len(stem)] != stem {
		span := log.Session.Date.Span
		if span == (logparse.Span{}) {
			span = title(log)
		}
		f.at(log.Doc, span, fmt.Sprintf("the log says %s and its file is named %s", stem, file),
			fmt.Sprintf("rename the file to %s.md, or correct the date", stem))
	}
}
