package rules

import "github.com/coachlog/coachlog/logparse"

var followThroughFirst = &Rule{
	ID: "follow-through-first", Title: "The previous actions come first",
	Tier: Method, Severity: logparse.Warning, looksAt: heldLogs, Requirements: []int{52},
	Why:  "When the account comes first, it happens; at the end of the hour it is what gets dropped. It also gives the new plan something to stand on.",
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
			case logparse.OwnSection, logparse.Agenda:
			default:
				if later := f.log.Section(logparse.FollowUp); later != nil {
					f.at(later.Heading, "Follow-through stands behind %s", s.Name.Title()).todo("move it to the front, after the agenda")
					return
				}
			}
		}
		f.at(f.title(), "the log has no Follow-through, and actions were due").todo("write `## Follow-through` before the other sections")
	},
}
