package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var planMeasures = &Rule{
	ID: "plan-measures", Title: "The plan names its metrics and the days when both look at the results",
	Tier: Method, Severity: logparse.Info, looksAt: grownPlans, Requirements: []int{3},
	Why:  "A plan that nobody looks at again is a wish. Agree the days now, so that looking at the figures isn't a reaction to a bad week. Checked from the fifth week of coaching on.",
	Bad:  "metrics:\ncheck_ins:",
	Good: "metrics: [aht, fcr]\ncheck_ins: [2026-08-03, 2026-08-31, 2026-09-28]",
	find: func(f *finder) {
		var missing []string
		if len(f.plan.Metrics) == 0 {
			missing = append(missing, "metric")
		}
		if len(f.plan.CheckIns) == 0 {
			missing = append(missing, "day to look at the results")
		}
		if len(missing) > 0 {
			f.at(f.title(), "the plan names no %s", strings.Join(missing, " and no ")).
				todo("agree them, as in `metrics: [aht, fcr]` and `check_ins: [2026-08-03, 2026-08-31]`")
		}
		for _, m := range f.plan.Metrics {
			if _, ok := f.Metric(m.V); !ok && len(f.Settings.Metrics) > 0 {
				f.at(m.Span, "%q is not in the logbook's catalogue", m.V).todo("use one of the keys under `metrics:` in coachlog.yaml, or add it there")
			}
		}
	},
}
