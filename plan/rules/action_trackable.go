package rules

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

var actionTrackable = &Rule{
	ID: "action-trackable", Title: "An action is concrete enough to be asked about",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{71, 73}, Judgement: true,
	Why:  "Next time, both should be able to say whether the action was done. Words like *try* or *improve*, or one word alone, leave that open, even if both know what is meant.",
	Bad:  "- [ ] Try to be more empathetic ^empathy",
	Good: "- [ ] Say back the caller's problem before asking for the account number ^empathy",
	find: func(f *finder) {
		for _, action := range plannedActions(f.log) {
			if action.State == logparse.Dropped {
				continue
			}
			if action.Target.Set {
				f.at(action.Target.Span, "%q is measured by %s, which nobody controls alone", action.Text, action.Target.V.Metric).
					todo("make it the goal, and write down as the action what its owner does to get there")
			}
			if why := vague(action.NormalText); why != "" {
				f.at(action.TextSpan, "%q %s", action.Text, why).
					todo("write down what you would see somebody do, or keep it with: <!-- coachlog: ignore action-trackable: REASON -->")
			}
		}
	},
}

// vagueStarts open sentences that say a wish and not a deed, in English.
var vagueStarts = []string{
	"try ", "be more ", "be better", "become ", "improve ", "work on ", "think about ", "get better", "do better", "focus on ",
	"have a better ", "keep trying", "keep it up", "continue to improve",
}

// vague says why a text may not be trackable, or "".
func vague(text string) string {
	for _, start := range vagueStarts {
		if strings.HasPrefix(text+" ", start) {
			return fmt.Sprintf("starts with %q, which is hard to answer with yes or no", strings.TrimSpace(start))
		}
	}
	words := strings.Fields(text)
	switch {
	case !strings.ContainsFunc(text, isLetterOrDigit):
		return "says nothing yet"
	case words[0] == "be" && len(words) <= 3:
		return "says how to be, which is hard to answer with yes or no"
	case len(words) == 1 && len([]rune(text)) < 12 && !strings.ContainsFunc(text, withoutBlanks):
		return "is a single word; the other person may read it differently"
	}
	return ""
}

// withoutBlanks finds letters of scripts that put no blanks between words.
func withoutBlanks(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
