package rules

import "github.com/coachlog/coachlog/logparse"

var followThroughFirst = &Rule{
	ID: "follow-through-first", Title: "The previous actions come first",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{52},
	Why:  "If follow-through comes first, it happens; at the end of the hour it gets dropped. It is also what the new plan builds on.",
	Bad:  "## Short-term goals\n\n## Follow-through",
	Good: "## Follow-through\n\n## Short-term goals",
	find: func(f *finder) {
		if len(resultsDue(f.log)) == 0 {
			return
		}
		for _, s := range f.log.Sections {
			switch s.Name {
			case logparse.FollowUp:
				return
			case logparse.OwnSection, logparse.Figures, logparse.Agenda:
			default:
				if later := f.log.Section(logparse.FollowUp); later != nil {
					f.at(later.Heading, "Follow-through comes after %s", s.Name.Title()).todo("move it to the front")
					return
				}
			}
		}
		f.at(f.title(), "actions were due, but the log has no Follow-through").todo("write `## Follow-through` before the other sections")
	},
}
