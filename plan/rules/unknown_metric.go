package rules

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unknownMetric = &Rule{
	ID: "unknown-metric", Title: "Only metrics that both know",
	Tier: Method, Severity: logparse.Warning, Requirements: []int{88}, NeedsLogbook: true,
	Why:  "A metric is fair only where both know how it is computed. The logbook's catalogue says so, in coachlog.yaml.",
	Bad:  "metrics: {ath: 398}",
	Good: "metrics: {aht: 398}",
	record: func(f *finder, log *plan.Log) {
		check := func(key string, span logparse.Span) {
			if _, ok := f.Metric(key); ok {
				return
			}
			f.at(log.Doc, span, fmt.Sprintf("the metric %q is not in this logbook's catalogue", key),
				"the metrics are "+catalogue(f)+"; add it under `metrics:` in coachlog.yaml if both know it")
		}
		for _, m := range log.Metrics {
			check(m.Metric, m.Span)
		}
		for _, it := range tokenItems(log) {
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
