package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var personTwins = &Rule{
	ID: "person-twins", Title: "One person has one id and one plan",
	Tier: Always, Severity: logparse.Error, Requirements: []int{15},
	Why:  "Two ids that differ in case, or two plans for one id, split a person's record; on some file systems the two folders are even the same.",
	Bad:  "people/Rep1/plan.md and people/rep1/plan.md",
	Good: "people/rep1/plan.md, with `aliases: [Rep1]`",
	logbook: func(f *finder, b *plan.Logbook) {
		for _, p := range b.Judged() {
			other := b.Twin(p.ID)
			if doc := anyDoc(p); doc != nil && other != "" {
				f.at(doc, logparse.Span{}, fmt.Sprintf("the ids %s and %s differ in case only", other, p.ID),
					fmt.Sprintf("keep one, and write the other under `aliases:` in people/%s/plan.md", other))
			}
		}
		for _, doc := range b.Docs {
			if doc.Plan == nil || doc.Broken() || !doc.Plan.Person.Set {
				continue
			}
			if p := b.Person(doc.Plan.Person.V); p != nil && p.PlanDoc != nil && p.PlanDoc != doc {
				f.at(doc, doc.Plan.Person.Span, fmt.Sprintf("%s has a plan already, in %s", p.ID, p.PlanDoc.Path), "keep one of the two")
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
