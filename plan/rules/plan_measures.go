package rules

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var planMeasures = &Rule{
	ID: "plan-measures", Title: "The plan names its metrics and the days on which both look at the results",
	Tier: Method, Severity: logparse.Info, Requirements: []int{3},
	Why:  "A plan that nobody looks at again is a wish. The days are agreed now, so that looking at the figures is no reaction to a bad week. Looked for from the fifth week of coaching on.",
	Bad:  "metrics:\ncheck_ins:",
	Good: "metrics: [aht, fcr]\ncheck_ins: [2026-08-03, 2026-08-31, 2026-09-28]",
	person: func(f *finder, p *plan.Person) {
		if !grown(f, p) {
			return
		}
		var missing []string
		if len(p.Plan.Metrics) == 0 {
			missing = append(missing, "metric")
		}
		if len(p.Plan.CheckIns) == 0 {
			missing = append(missing, "day on which both look at the results")
		}
		if len(missing) > 0 {
			f.at(p.PlanDoc, planTitle(p), "the plan names no "+strings.Join(missing, " and no "), "agree them, as in `metrics: [aht, fcr]` and `check_ins: [2026-08-03, 2026-08-31]`")
		}
		for _, m := range p.Plan.Metrics {
			if _, ok := f.Metric(m.V); !ok && len(f.Settings.Metrics) > 0 {
				f.at(p.PlanDoc, m.Span, fmt.Sprintf("%q is not in the logbook's catalogue", m.V), "use one of the keys under `metrics:` in coachlog.yaml, or add it there")
			}
		}
	},
}
