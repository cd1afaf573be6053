package rules

import (
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

var consequences = &Rule{
	ID: "consequences", Title: "Consequences hang on what was promised, never on a figure",
	Tier: Method, Severity: logparse.Warning, looksAt: plans, Requirements: []int{6, 81, 87}, Judgement: true,
	Why:  "People can keep a promise; a figure depends on much else. A consequence for a missed figure makes the coachee pay for a weak plan.",
	Bad:  "- If AHT is not under 400 by August: written warning",
	Good: "- If two promised practice hours in a row are not held, we tell Maria together",
	find: func(f *finder) {
		for _, passage := range f.plan.Passages(f.person.PlanDoc.Source, logparse.Rewards) {
			for _, sentence := range sentenceEnd().Split(passage.Text, -1) {
				if !f.hangsOnFigure(sentence) {
					continue
				}
				span := f.plan.Section(logparse.Rewards).Heading
				if passage.Item != nil {
					span = passage.Item.TextSpan
				}
				f.at(span, "%q hangs a consequence on a figure", sentence).todo("hang it on an action that both promised, or take it out")
			}
		}
	},
}

// hangsOnFigure says whether a sentence threatens, or makes a condition, by a figure.
func (f *finder) hangsOnFigure(sentence string) bool {
	metric, figure := f.metricIn(sentence) != "", aboutFigure().MatchString(sentence)
	switch {
	case hangsNot().MatchString(sentence):
		return false
	case threat().MatchString(sentence):
		return metric || figure || aboutGoal().MatchString(sentence)
	}
	return missed().MatchString(sentence) && (figure || metric && strings.ContainsFunc(sentence, unicode.IsDigit))
}

var (
	sentenceEnd = pattern.Of(`[.!?]\s+`)
	aboutFigure = pattern.Of(`(?i)\b(targets?|kpis?|quotas?|figures?|scores?|numbers|metrics?)\b`)
	aboutGoal   = pattern.Of(`(?i)\bgoals?\b`)
	threat      = pattern.Of(`(?i)\b(warning|warned|written up|pip|improvement plan|dismiss\w*|terminat\w+|fired|disciplin\w+|demot\w+|suspen\w+|probation|los(e|es|ing)|no (bonus|raise|overtime|home office|promotion)|cut|withh\w+)\b`)
	missed      = pattern.Of(`(?i)^(if|when|whoever|who|unless)\b.*\b(miss(ed|es|ing)?|fails?|not|isn't|aren't|doesn't|don't)\b`)
	hangsNot    = pattern.Of(`(?i)\b(nothing|never|nobody|no consequences?)\b`)
)
