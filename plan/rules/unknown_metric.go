package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

var unknownMetric = &Rule{
	ID: "unknown-metric", Title: "Metrics are ones that both know",
	Tier: Method, Severity: logparse.Warning, looksAt: anyLogs | plans, Requirements: []int{88}, NeedsLogbook: true,
	Why:  "A metric is only fair if both know how it is computed. The catalogue in coachlog.yaml says so.",
	Bad:  "metrics: {ath: 398}",
	Good: "metrics: {aht: 398}",
	find: func(f *finder) {
		check := func(key string, span logparse.Span) {
			if _, ok := f.Metric(key); !ok && (f.doc.Plan == nil || len(f.Settings.Metrics) > 0) {
				f.at(span, "the metric %q isn't in this logbook's catalogue", key).
					todo("the metrics are %s; add it under `metrics:` in coachlog.yaml if both know it", catalogue(f))
			}
		}
		if f.doc.Plan != nil {
			for _, m := range f.plan.Metrics {
				check(m.V, m.Span)
			}
			return
		}
		for _, m := range f.log.Metrics {
			check(m.Metric, m.Span)
		}
		for _, it := range tokenItems(f.log) {
			if it.Target.Set {
				check(it.Target.V.Metric, it.Target.Span)
			}
		}
	},
}

func catalogue(f *finder) string {
	if len(f.Settings.Metrics) == 0 {
		return "none yet"
	}
	var keys []string
	for _, m := range f.Settings.Metrics {
		keys = append(keys, m.Key)
	}
	return strings.Join(keys, ", ")
}
