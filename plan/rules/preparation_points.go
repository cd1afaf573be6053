package rules

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var preparationPoints = &Rule{
	ID: "preparation-points", Title: "A preparation names two to three strengths and two to three areas",
	Tier: Method, Severity: logparse.Info, Requirements: []int{62},
	Why:  "Two or three of each are enough to talk about in one session, and keep what goes well in view beside what is to come.",
	Bad:  "## Strengths\n\n- Calm\n\n## Areas to develop",
	Good: "## Strengths\n\n- Calm\n- Knows the billing system\n\n## Areas to develop\n\n- Notes during the call\n- Shorter searches",
	preparation: func(f *finder, prep *plan.Preparation) {
		for _, part := range []struct {
			name logparse.SectionName
			what string
		}{{logparse.Strengths, "strength"}, {logparse.Areas, "area"}} {
			points, counted := pointsOf(prep, part.name)
			if !counted || points == 2 || points == 3 {
				continue
			}
			at := preparationTitle(prep)
			if section := prep.Section(part.name); section != nil {
				at = section.Heading
			}
			message := fmt.Sprintf("the preparation names %s", plural(points, part.what, part.what+"s"))
			remedy := fmt.Sprintf("ask for two or three, a line each under `## %s`", part.name.Title())
			switch {
			case points == 0:
				message = fmt.Sprintf("the preparation names no %s yet", part.what)
			case points > 3:
				remedy = "choose two or three of them together; the others can wait"
			}
			f.at(prep.Doc, at, message, remedy)
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
		items := 0
		for _, it := range section.Items {
			if strings.TrimSpace(it.Text) != "" {
				items++
			}
		}
		if items == 0 && section.Written {
			return 0, false
		}
		points += items
	}
	return points, true
}

// preparationTitle is where findings about a whole preparation point: its first
// heading, else its first line.
func preparationTitle(prep *plan.Preparation) logparse.Span {
	for _, section := range prep.Sections {
		if section.Level > 0 {
			return section.Heading
		}
	}
	return logparse.Span{Start: prep.Doc.Front.Span.Start, End: prep.Doc.Front.Span.Start + 3}
}
