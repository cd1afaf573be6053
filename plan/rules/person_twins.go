package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var personTwins = &Rule{
	ID: "person-twins", Title: "One person has one id and one plan",
	Tier: Always, Severity: logparse.Error, looksAt: logbook, Requirements: []int{15},
	Why:  "Two ids that differ only in case, or two plans for one id, split a person's record; on some file systems the two folders are even the same.",
	Bad:  "people/Rep1/plan.md and people/rep1/plan.md",
	Good: "people/rep1/plan.md, with `aliases: [Rep1]`",
	find: func(f *finder) {
		for _, p := range f.Judged() {
			other := f.Twin(p.ID)
			if doc := anyDoc(p); doc != nil && other != "" {
				f.in(doc, logparse.Span{}, "the ids %s and %s differ only in case", other, p.ID).
					todo("keep one, and write the other under `aliases:` in people/%s/plan.md", other)
			}
		}
		for _, doc := range f.Docs {
			if doc.Plan == nil || doc.Broken() || !doc.Plan.Person.Set {
				continue
			}
			if p := f.Person(doc.Plan.Person.V); p != nil && p.PlanDoc != nil && p.PlanDoc != doc {
				f.in(doc, doc.Plan.Person.Span, "%s already has a plan, in %s", p.ID, p.PlanDoc.Path).todo("keep one of the two")
			}
		}
	},
}

func anyDoc(p *plan.Person) *logparse.Document {
	switch {
	case p.PlanDoc != nil:
		return p.PlanDoc
	case len(p.Logs) > 0:
		return p.Logs[0].Doc
	}
	return nil
}
