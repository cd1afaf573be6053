package rules

import "github.com/coachlog/coachlog/logparse"

var untrackedItem = &Rule{
	ID: "untracked-item", Title: "A goal has a checkbox",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{73},
	Why:  "A plain item under a goals heading is text: neither it nor what is nested in it is followed.",
	Bad:  "## Short-term goals\n\n- Bring handle time to 390 s or less",
	Good: "## Short-term goals\n\n- [ ] Bring handle time to 390 s or less",
	find: func(f *finder) {
		for _, s := range f.log.Sections {
			if s.Name != logparse.ShortTerm && s.Name != logparse.MidTerm {
				continue
			}
			for _, it := range s.Items {
				if !it.IsTask() && it.Text != "" {
					f.at(it.TextSpan, "%q has no checkbox and is not followed", it.Text).todo("write `- [ ]` before it, if it is a goal")
				}
			}
		}
	},
}
