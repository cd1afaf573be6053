package rules

import "github.com/coachlog/coachlog/logparse"

var untrackedItem = &Rule{
	ID: "untracked-item", Title: "A goal has a checkbox",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{73},
	Why:  "A plain item under a goals heading is just text: neither it nor anything nested in it is followed up.",
	Bad:  "## Short-term goals\n\n- Bring handle time to 390 s or less",
	Good: "## Short-term goals\n\n- [ ] Bring handle time to 390 s or less",
	find: func(f *finder) {
		for _, s := range f.log.Sections {
			if s.Name != logparse.ShortTerm && s.Name != logparse.MidTerm {
				continue
			}
			for _, it := range s.Items {
				if !it.IsTask() && it.Text != "" {
					f.at(it.TextSpan, "%q has no checkbox, so it isn't followed up", it.Text).todo("if it is a goal, write `- [ ]` before it")
				}
			}
		}
	},
}
