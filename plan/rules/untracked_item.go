package rules

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var untrackedItem = &Rule{
	ID: "untracked-item", Title: "A goal has a checkbox",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{73},
	Why:  "A plain item under a goals heading is text: neither it nor what is nested in it is followed.",
	Bad:  "## Short-term goals\n\n- Bring handle time to 390 s or less",
	Good: "## Short-term goals\n\n- [ ] Bring handle time to 390 s or less",
	log: func(f *finder, log *plan.Log) {
		for _, s := range log.Sections {
			if s.Name != logparse.ShortTerm && s.Name != logparse.MidTerm {
				continue
			}
			for _, it := range s.Items {
				if !it.IsTask() && it.Text != "" {
					f.at(log.Doc, it.TextSpan, fmt.Sprintf("%q has no checkbox and is not followed", it.Text), "write `- [ ]` before it, if it is a goal")
				}
			}
		}
	},
}
