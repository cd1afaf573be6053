package rules

import "github.com/coachlog/coachlog/logparse"

var followThroughFirst = &Rule{
	ID: "follow-through-first", Title: "The previous actions come first",
	Tier: Method, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{52},
	Why:  "If follow-through comes first, it happens; at the end of the hour it gets dropped. It is also what the new plan builds on.",
	Bad:  "## Short-term goals\n\n## Follow-through",
	Good: "## Follow-through\n\n## Short-term goals",
	find: func(f *finder) {
		if f.log.Section(logparse.FollowUp) == nil { // where something was due, account-missing says so
			return
		}
		for _, s := range f.log.Sections {
			switch s.Name {
			case logparse.FollowUp:
				return
			case logparse.Successes, logparse.Feedback, logparse.GoingWell, logparse.ToDevelop, logparse.ShortTerm, logparse.MidTerm, logparse.LongTerm:
				f.at(f.section(logparse.FollowUp), "Follow-through comes after %s, where time runs out", s.Name.Title()).todo("move it to the front")
				return
			}
		}
	},
}
