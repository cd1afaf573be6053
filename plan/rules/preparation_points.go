package rules

import (
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var preparationPoints = &Rule{
	ID: "preparation-points", Title: "A preparation names two to three strengths and two to three areas",
	Tier: Method, Severity: logparse.Info, looksAt: preparations, Requirements: []int{62},
	Why:  "Two or three of each are enough for one session, and keep what goes well in view next to what comes next.",
	Bad:  "## Strengths\n\n- Calm\n\n## Areas to develop",
	Good: "## Strengths\n\n- Calm\n- Knows the billing system\n\n## Areas to develop\n\n- Notes during the call\n- Shorter searches",
	find: func(f *finder) {
		for _, part := range []struct {
			name logparse.SectionName
			what string
		}{{logparse.Strengths, "strength"}, {logparse.Areas, "area"}} {
			points, counted := pointsOf(f.prep, part.name)
			section := f.prep.Section(part.name)
			if section == nil || !counted || points == 2 || points == 3 {
				continue // a week's message asks for neither
			}
			said, remedy := sentence.Count(points, part.what), "ask for two or three, a line each under `## "+part.name.Title()+"`"
			if points == 0 {
				said = "no " + part.what + " yet"
			} else if points > 3 {
				remedy = "choose two or three of them together; the others can wait"
			}
			f.at(section.Heading, "the preparation names %s", said).todo("%s", remedy)
		}
	},
}

// pointsOf counts the items below a heading. Prose can't be counted: two
// sentences may well name three things.
func pointsOf(prep *plan.Preparation, name logparse.SectionName) (points int, counted bool) {
	for _, section := range prep.Sections {
		if section.Name != name {
			continue
		}
		items := len(section.ItemTexts())
		if items == 0 && section.Written {
			return 0, false
		}
		points += items
	}
	return points, true
}
