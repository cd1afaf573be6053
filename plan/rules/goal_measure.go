package rules

import (
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

var goalMeasure = &Rule{
	ID: "goal-measure", Title: "A goal is tied to a metric or a milestone",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{5, 72, 73}, Judgement: true,
	Why:  "A goal with a metric is checked by its figure, a milestone by what the two people saw. If a goal is neither, nobody can say whether it was reached.",
	Bad:  "- [ ] Be more confident ^confident due:2026-07-31\n- [ ] Bring aht to 390 s ^aht due:2026-07-31",
	Good: "- [ ] Take a billing call alone, from greeting to note ^alone due:2026-07-31\n- [ ] Bring aht to 390 s ^aht metric:aht<=390 due:2026-07-31",
	find: func(f *finder) {
		for goal, g := range f.worked() {
			if g.Target.Set {
				continue
			}
			metric, text := f.metricIn(goal.Text), strings.ToLower(goal.Text)
			switch why := vague(goal.NormalText); {
			case metric != "" && (strings.ContainsFunc(text, unicode.IsDigit) || certain().MatchString(text)):
				f.at(goal.TextSpan, "%q is about %s and has no target", goal.Text, metric).todo("write metric:%s<=NUMBER (or >=, or =) after it", strings.ReplaceAll(metric, " ", "_"))
			case why != "":
				f.at(goal.TextSpan, "%q has no metric and names nothing that both would see", goal.Text).
					todo("which metric is it (metric:KEY<=NUMBER), or what would both see once it is reached?")
			}
		}
	},
}
