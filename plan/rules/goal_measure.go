package rules

import (
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

var goalMeasure = &Rule{
	ID: "goal-measure", Title: "A goal is tied to a metric or a milestone",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{5, 72}, Judgement: true,
	Why:  "A goal with a metric is checked by its figure, a milestone by what the two people saw. A goal that mentions a metric and a number but has no target is checked by its tick alone.",
	Bad:  "- [ ] Bring aht to 390 s ^aht due:2026-07-31",
	Good: "- [ ] Bring aht to 390 s ^aht metric:aht<=390 due:2026-07-31",
	find: func(f *finder) {
		for _, goal := range plannedGoals(f.log) {
			if goal.Target.Set || !strings.ContainsFunc(goal.Text, unicode.IsDigit) {
				continue
			}
			if metric, ok := namedMetric(f, goal.Text); ok {
				f.at(goal.TextSpan, "the goal %q mentions %s and a number but has no target", goal.Text, metric).
					todo("write metric:%s<=NUMBER (or >=, or =) after it", metric)
			}
		}
	},
}

// namedMetric is a metric of the catalogue whose key or name stands in text.
func namedMetric(f *finder, text string) (string, bool) {
	words := plainWords(text)
	for _, m := range f.Settings.Metrics {
		for _, name := range []string{m.Key, m.Name.V} {
			if name != "" && strings.Contains(words, plainWords(name)) {
				return m.Key, true
			}
		}
	}
	return "", false
}

// plainWords is a text's words in small letters, with a blank around each.
func plainWords(text string) string {
	return " " + strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}), " ")) + " "
}
