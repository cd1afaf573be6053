package rules

import (
	"slices"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A line that so many sessions have alike was copied, and not talked about.
const copiedOften = 3

var longTermTouched = &Rule{
	ID: "long-term-touched", Title: "Long-term goals are touched in every session",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{84, 85},
	Why:  "A minute on what the person wants from their career, whatever it is, keeps the rest in proportion. Nothing under this heading is ever counted.",
	Bad:  "## Long-term goals\n\n(empty, or as in the three sessions before)",
	Good: "## Long-term goals\n\n- [ ] Finish the networking degree ^degree\n  - The exam is in May; asked about the learning days.",
	find: func(f *finder) {
		name := f.name(f.log.Person.ID)
		if f.log.Points(logparse.LongTerm) == 0 {
			f.at(f.section(logparse.LongTerm), "the session doesn't mention long-term goals, which say what the rest is for").
				todo("under `## Long-term goals`, write one in %s's words, or that there is none yet", name)
			return
		}
		n, since, now := 0, f.log, longTerm(f.log)
		for _, log := range slices.Backward(f.log.Person.Sessions()) {
			if f.log.Before(log) {
				continue
			}
			if longTerm(log) != now {
				break
			}
			n, since = n+1, log
		}
		if n >= copiedOften {
			f.at(f.section(logparse.LongTerm), "the long-term goals are as they were on %s, word for word", on(since.Date)).
				todo("ask %s about them, and note the answer below", name)
		}
	},
}

// carriedDay is the day that a carried remark begins with.
var carriedDay = pattern.Of(`\(\d{1,2} \pL+( \d{4})?\) `)

// longTerm is what a log has under Long-term goals, as it is when it is copied.
func longTerm(log *plan.Log) (text string) {
	for _, section := range log.Sections {
		if section.Name == logparse.LongTerm {
			text += carriedDay().ReplaceAllString(log.Doc.Body(section), "")
		}
	}
	return text
}
